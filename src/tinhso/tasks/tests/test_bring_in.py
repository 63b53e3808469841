"""A notice is read, kept and matched; what is secret, known or empty is refused before anything is kept."""

from __future__ import annotations

import logging
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.files.services import read as read_file
from tinhso.kernel.errors import NotAllowed
from tinhso.tasks import services
from tinhso.tasks.errors import NoticeEmpty, NoticeKnown, NoticeSecret, NoticeUnknown
from tinhso.tasks.models import Notice, Review
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.factories import AT, NOTICE, SHORT, brought

if TYPE_CHECKING:
    from tinhso.tasks.drafts import Items
    from tinhso.tasks.tests.factories import Offices


def docx(text: str) -> bytes:
    """A Word file of these lines, as small as one can be."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>',
        )
    return made.getvalue()


def items(notice: Notice) -> Items:
    return items_of(notice.reviews.latest("number"))


def nothing_happened() -> bool:
    events = Event.objects.filter(kind__startswith="tasks.")
    kept = Notice.objects.exists() or Review.objects.exists() or StoredFile.objects.exists()
    return not kept and not events.exists()


def test_the_head_of_the_text_fills_what_was_left_empty(offices: Offices) -> None:
    notice = brought(offices, NOTICE)
    assert (notice.kind, notice.number) == ("notice", "212/TB-VP")
    assert notice.issued_on == date(2025, 8, 4)
    assert notice.issuer == "ỦY BAN NHÂN DÂN TỈNH, VĂN PHÒNG"
    assert notice.title.startswith("Kết luận của đồng chí Chủ tịch UBND tỉnh")
    assert (notice.text, notice.actor) == (NOTICE, offices.follower.key)


def test_each_draft_is_the_words_of_the_text_and_knows_its_agencies(offices: Offices) -> None:
    first, second = items(brought(offices))
    assert SHORT[first.start : first.end] == first.text
    assert (first.leads, first.deadline_on) == ((offices.science.pk,), date(2025, 9, 30))
    assert second.leads == (offices.home_affairs.pk,)
    assert second.coordinators == (offices.finance.pk,)
    event = Event.objects.get(kind="tasks.brought_in")
    assert event.payload == {"items": 2, "matched": 2, "has_file": False}


def test_all_communes_are_named_by_one_word(offices: Offices) -> None:
    communes = tuple(agency.pk for agency in offices.communes)
    led = [item for item in items(brought(offices, NOTICE)) if len(item.leads) > 1]
    assert [set(item.leads) for item in led] == [set(communes)] * 3


def test_a_word_file_is_kept_as_it_came_for_whoever_sees_the_notice(offices: Offices) -> None:
    sent = docx(SHORT)
    given = services.Brought(content=sent, filename="tb.docx")
    notice = services.bring_in(given, agency=offices.province.pk, actor=offices.follower, at=AT)
    assert notice.file is not None
    content = read_file(notice.file.uuid, actor=offices.chair, at=AT, purpose="test")
    assert content.path.read_bytes() == sent
    assert len(items(notice)) == 2
    assert not Notice.objects.visible_to(offices.head, at=AT).exists(), "not before it is issued"


@pytest.mark.parametrize("as_file", [False, True])
def test_a_secret_text_leaves_no_trace(
    offices: Offices, caplog: pytest.LogCaptureFixture, as_file: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "TỐI MẬT\n" + SHORT
    given = (
        services.Brought(content=docx(secret), filename="van-ban.docx")
        if as_file
        else services.Brought(text=secret, title="Nội dung kín")
    )
    with pytest.raises(NoticeSecret):
        services.bring_in(given, agency=offices.province.pk, actor=offices.follower, at=AT)
    assert nothing_happened()
    assert "đường truyền" not in caplog.text
    assert "kín" not in caplog.text


def test_nothing_is_no_notice(offices: Offices) -> None:
    for text in ("", " \n\t"):
        with pytest.raises(NoticeEmpty):
            brought(offices, text)
    assert nothing_happened()


def test_the_same_notice_comes_once_unless_it_was_discarded(offices: Offices) -> None:
    notice = brought(offices)
    with pytest.raises(NoticeKnown):
        brought(offices)
    assert Notice.objects.count() == 1
    services.discard(notice.uuid, reason="Nhầm bản", expected=0, actor=offices.follower, at=AT)
    assert brought(offices).pk != notice.pk


def test_only_who_prepares_for_the_agency_brings_in(offices: Offices) -> None:
    for actor in (offices.specialist, offices.outsider):
        with pytest.raises(NotAllowed):
            services.bring_in(
                services.Brought(text=SHORT), agency=offices.province.pk, actor=actor, at=AT
            )
    assert nothing_happened()
    notice = brought(offices)
    with pytest.raises(NoticeUnknown):
        Notice.objects.visible_to(offices.outsider, at=AT).get_or_refuse(notice.uuid)
