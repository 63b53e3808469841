"""A posted page: what of its files is taken in, and what goes again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tinhso.dossiers import definitions
from tinhso.dossiers.filing import DETACH, MOST_AT_ONCE, Posted, take_in
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.models import Channel, Draft
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.factories import AT, BUILDING, SYSTEM, VISITOR, answers
from tinhso.events.models import Event
from tinhso.files import keeping
from tinhso.files.models import Blob, StoredFile
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk

SLOTS = (f"{PAPER}0", f"{PAPER}1")


@pytest.fixture(autouse=True)
def files_root(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def draft(desk: Desk) -> Draft:
    return drafting.start(
        BUILDING, channel=Channel.NATIONAL, actor=VISITOR, at=AT, agency=desk.commune.pk
    )


def post(draft: Draft, **typed: Any) -> Posted:
    form = definitions.of_version(draft.procedure_id).form
    request = RequestFactory().post("/", typed)
    return take_in(request, draft, step=form.steps[-1], actor=VISITOR, at=AT)


def pdfs(count: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(count)]


def keys(draft: Draft, slot: str) -> list[str]:
    return [item["key"] for item in Draft.objects.get(pk=draft.pk).answers["attached"][slot]]


def test_a_full_slot_takes_nothing_in(draft: Draft) -> None:
    post(draft, **{SLOTS[0]: pdfs(10)})
    posted = post(draft, **{SLOTS[0]: pdfs(1)})
    assert "10" in posted.errors[SLOTS[0]][0]
    assert StoredFile.objects.count() == len(keys(draft, SLOTS[0])) == 10


def test_one_post_brings_so_many_files_and_no_more(draft: Draft) -> None:
    posted = post(draft, **{SLOTS[0]: pdfs(6), SLOTS[1]: pdfs(6)})
    assert len(posted.errors[SLOTS[1]]) == 2
    assert StoredFile.objects.count() == MOST_AT_ONCE


def test_pages_sent_side_by_side_both_count(draft: Draft) -> None:
    early = Draft.objects.get(pk=draft.pk)
    post(draft, **{SLOTS[0]: pdfs(1)})
    post(early, **{SLOTS[1]: pdfs(1)})
    assert len(keys(draft, SLOTS[0])) == len(keys(draft, SLOTS[1])) == 1


def test_what_is_taken_out_is_forgotten(draft: Draft) -> None:
    post(draft, **{SLOTS[0]: pdfs(2)})
    first, second = keys(draft, SLOTS[0])
    post(draft, **{DETACH: f"{SLOTS[0]} {first}"})
    assert str(StoredFile.objects.get().uuid) == second
    assert Event.objects.get(kind="files.discarded").payload["file"] == first


def test_files_of_a_draft_that_nobody_touched_go_with_it(draft: Draft) -> None:
    post(draft, **{SLOTS[0]: pdfs(1)})
    path = Blob.objects.get().path
    later = time.time() + 60
    assert keeping.sweep(older_than_seconds=1, now=later) == 0
    assert drafting.sweep(actor=SYSTEM, at=AT + 31 * drafting.KEPT / 30) == 1
    assert not StoredFile.objects.exists()
    assert keeping.sweep(older_than_seconds=1, now=later) == 1
    assert not path.exists()
    assert not Blob.objects.exists()


def test_handed_in_the_papers_stay_and_what_is_no_paper_goes(draft: Draft) -> None:
    given = answers(BUILDING, dossier=draft.uuid)
    drafting.keep(draft, given, at=AT)
    papers = StoredFile.objects.count()
    form = definitions.of_version(draft.procedure_id).form
    take_in(
        RequestFactory().post("/", {SLOTS[0]: pdfs(1)}),
        draft,
        step=form.steps[-1],
        actor=VISITOR,
        at=AT,
    )
    drafting.keep(draft, given, at=AT)
    dossier = drafting.hand_in(draft, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert dossier.papers.count() == StoredFile.objects.count() == papers
