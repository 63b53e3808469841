"""A batch can be undone: all of it goes, nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tinhso.dossiers.errors import BatchNotFound
from tinhso.dossiers.models import Dossier, ImportBatch
from tinhso.dossiers.services.importing import remove_history
from tinhso.dossiers.tests.factories import AT, SYSTEM, received
from tinhso.dossiers.tests.importing.logs import bring, left, many, xes
from tinhso.events.models import Event

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk


def test_undoing_takes_one_batch_and_leaves_everything_else(tmp_path: Path, desk: Desk) -> None:
    own = received(desk)
    bring(xes(tmp_path, many(5)), desk.commune)
    before = left()
    other = bring(xes(tmp_path, many(8), name="other.xes"), desk.land)
    gone = remove_history(other.uuid, actor=SYSTEM, at=AT)
    assert (gone.cases, gone.steps) == (8, 16)
    assert left() == {**before, "events": before["events"] + 2}
    assert Dossier.objects.filter(pk=own.pk).exists()
    told = Event.objects.latest("id")
    assert (told.kind, told.subject) == ("dossiers.history_removed", other.uuid)
    assert told.payload == {"cases": 8, "steps": 16}


def test_what_was_undone_can_be_brought_in_again(tmp_path: Path, desk: Desk) -> None:
    log = xes(tmp_path, many(5))
    remove_history(bring(log, desk.commune).uuid, actor=SYSTEM, at=AT)
    assert bring(log, desk.commune).cases == 5


def test_it_is_undone_only_once_and_only_by_who_may(tmp_path: Path, desk: Desk) -> None:
    batch = bring(xes(tmp_path, many(5)), desk.commune)
    before = left()
    for key, actor in ((uuid4(), SYSTEM), (batch.uuid, desk.head)):
        with pytest.raises(BatchNotFound):
            remove_history(key, actor=actor, at=AT)
    assert left() == before
    remove_history(batch.uuid, actor=SYSTEM, at=AT)
    with pytest.raises(BatchNotFound):
        remove_history(batch.uuid, actor=SYSTEM, at=AT)
    assert not ImportBatch.objects.exists()
