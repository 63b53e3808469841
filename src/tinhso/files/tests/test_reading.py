from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import cast
from uuid import uuid4

import pytest
from django.test import RequestFactory
from PIL import Image

from tinhso.events.models import Event
from tinhso.files import access, services
from tinhso.files.errors import FileContentLost, FileDamaged, FileUnknown, PreviewImpossible
from tinhso.files.pages import reading
from tinhso.files.services import Subject
from tinhso.files.tests import factories as made
from tinhso.files.tests.conftest import SECRET
from tinhso.files.tests.test_storing import AT, MINH, store
from tinhso.kernel.actors import Actor, AnonymousVisitor
from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db
HUNG = AnonymousVisitor()


def asked(actor: Actor = MINH) -> ActedRequest:
    request = cast("ActedRequest", RequestFactory().get("/"))
    request.actor, request.at = actor, AT
    return request


def reads() -> list[Event]:
    return list(Event.objects.filter(kind="files.read"))


def test_a_read_is_logged_once_with_its_purpose() -> None:
    stored = store()
    content = services.read(stored.uuid, actor=MINH, at=AT, purpose="appraisal")
    assert content.path.read_bytes() == made.PDF
    (event,) = reads()
    assert (event.subject, event.actor) == (stored.subject, MINH.key)
    assert event.payload == {
        "file": str(stored.uuid),
        "purpose": "appraisal",
        "subject_kind": "files-test",
    }


@pytest.mark.parametrize(
    ("subject", "actor"),
    [(SECRET, MINH), (Subject("files-test", uuid4()), MINH), (Subject("nobody", uuid4()), MINH)],
)
def test_what_the_owner_does_not_open_is_not_there(subject: Subject, actor: Actor) -> None:
    stored = services.store(
        BytesIO(made.PDF), filename="a.pdf", actor=MINH, at=AT, purpose="result", subject=subject
    )
    with pytest.raises(FileUnknown):
        services.read(stored.uuid, actor=actor, at=AT, purpose="download")
    assert reads() == []


def test_a_visitor_may_not_read() -> None:
    stored = store()
    with pytest.raises(FileUnknown):
        reading.download(asked(HUNG), stored.uuid)
    assert reads() == []


def test_a_file_that_does_not_exist_is_unknown() -> None:
    with pytest.raises(FileUnknown):
        services.read(uuid4(), actor=MINH, at=AT, purpose="download")


def test_a_lost_content_is_said_and_not_logged_as_read() -> None:
    stored = store()
    stored.blob.path.unlink()
    with pytest.raises(FileContentLost):
        services.read(stored.uuid, actor=MINH, at=AT, purpose="download")
    assert reads() == []


def test_a_download_cannot_run_in_the_browser() -> None:
    stored = store(filename="Đơn của Lan.pdf")
    response = reading.download(asked(), stored.uuid)
    assert b"".join(cast("list[bytes]", response.streaming_content)) == made.PDF
    response.close()
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C4%90")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


def test_a_preview_is_upright_small_and_without_metadata() -> None:
    stored = store(made.image("jpeg", width=3000, height=1000, gps=True), "ảnh.jpg")
    assert b"May anh cua Lan" in stored.blob.path.read_bytes()
    response = reading.show(asked(), stored.uuid)
    assert b"May anh cua Lan" not in response.content
    with Image.open(BytesIO(response.content)) as drawn:
        assert drawn.size == (400, 1200)
        assert not drawn.getexif()
    assert len(reads()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("damage", [b"\0", b"\x02", b"\xff", b"\xff\xff"])
def test_a_photo_whose_camera_s_note_is_damaged_is_taken_and_shown(damage: bytes) -> None:
    whole = made.image("jpeg", gps=True)
    note = whole.index(b"Exif\0\0") + len(b"Exif\0\0")
    shown = 0
    for place in range(note, note + 60):
        damaged = whole[:place] + damage + whole[place + len(damage) :]
        with suppress(FileDamaged):
            stored = store(damaged, "ảnh.jpg")
            with Image.open(BytesIO(reading.show(asked(), stored.uuid).content)) as drawn:
                assert not drawn.getexif()
            shown += 1
    assert shown > 50


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_other_images_have_previews_too(kind: str) -> None:
    stored = store(made.image(kind), f"a.{kind}")
    assert reading.show(asked(), stored.uuid)["Content-Type"] == "image/jpeg"


def test_only_images_have_a_preview() -> None:
    with pytest.raises(PreviewImpossible):
        reading.show(asked(), store().uuid)


def test_nobody_reads_where_no_owner_answers() -> None:
    assert not access.may_read(MINH, "unheard-of", uuid4(), AT)
