"""The worklist (danh sách việc): a damaged row is found, and mended in one go."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tinhso.dossiers.models import Step, WorkItem
from tinhso.dossiers.services import worklist
from tinhso.dossiers.tests.factories import AT, BUILDING, SYSTEM, received, submitted
from tinhso.dossiers.tests.playing import tables
from tinhso.dossiers.tests.stages import asked, until, waiting
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Work of every kind: at the desk, at several agencies, paused, asked for, waiting to be fetched."""
    submitted(desk)
    received(desk, BUILDING)
    waiting(desk, asked(desk))
    waiting(desk, submitted(desk), actor=desk.clerk)
    until(desk, "tra_ket_qua")
    return desk


@pytest.mark.usefixtures("busy")
def test_it_follows_from_the_open_steps() -> None:
    assert not worklist.check()
    assert set(worklist.derived()) == set(WorkItem.objects.values_list("pk", flat=True))
    assert WorkItem.objects.count() == Step.objects.filter(closed_at=None).count() == 7


@pytest.mark.usefixtures("busy")
def test_damaged_rows_are_named_and_mended() -> None:
    whole = tables()
    lost, late, strange = WorkItem.objects.order_by("since", "pk")[:3]
    closed = Step.objects.filter(closed_at__isnull=False).first()
    assert closed
    WorkItem.objects.filter(pk=lost.pk).delete()
    WorkItem.objects.filter(pk=late.pk).update(due_at=AT + timedelta(days=99))
    WorkItem.objects.filter(pk=strange.pk).update(is_paused=not strange.is_paused)
    lost.pk = closed.pk
    lost.save(force_insert=True)

    found = worklist.check()
    assert (len(found.missing), len(found.stray), len(found.wrong)) == (1, 1, 2)
    assert worklist.rebuild(actor=SYSTEM, at=AT) == found
    assert not worklist.check()
    assert tables() == whole
    event = Event.objects.get(kind="dossiers.worklist_rebuilt")
    assert event.payload == {"missing": 1, "stray": 1, "wrong": 2}


@pytest.mark.usefixtures("busy")
def test_what_is_whole_is_left_alone() -> None:
    whole, events = tables(), Event.objects.count()
    assert not worklist.rebuild(actor=SYSTEM, at=AT)
    assert (tables(), Event.objects.count()) == (whole, events)


@pytest.mark.usefixtures("busy")
def test_the_command_says_what_differs_and_puts_it_right() -> None:
    def said(what: str) -> str:
        out = StringIO()
        call_command("worklist", what, stdout=out)
        return out.getvalue().strip()

    assert said("check") == "Danh sách việc khớp."
    WorkItem.objects.filter(node="opinion").delete()
    with pytest.raises(CommandError, match="thiếu 1 dòng, thừa 0 dòng, sai 0 dòng"):
        said("check")
    assert said("rebuild") == "Đã sửa: thiếu 1 dòng, thừa 0 dòng, sai 0 dòng."
    assert said("rebuild") == "Danh sách việc khớp."
