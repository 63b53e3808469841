"""The name of the log lies in the database: who holds it can leave the anchor file behind."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tinhso.events import health, sealing, sequencing
from tinhso.events.errors import AnchorsOfAnotherLog
from tinhso.events.models import Event, Seal
from tinhso.events.tests.factories import event
from tinhso.events.tests.test_verify import as_owner, recompute_seals, work
from tinhso.events.verifying import verify
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.health import State

pytestmark = pytest.mark.django_db

SILENCED = {
    "the seals are gone": "DELETE FROM events_seal",
    "the log has another name": "UPDATE events_seal SET root = sha256('x') WHERE number = 0",
    "everything is gone": "DELETE FROM events_seal; DELETE FROM events_position;"
    " DELETE FROM events_unplaced; DELETE FROM events_event",
}


@pytest.mark.parametrize("statement", SILENCED.values(), ids=SILENCED)
def test_a_log_that_left_its_anchor_file_behind_is_found(folder: Path, statement: str) -> None:
    made = work(3)
    (left,) = folder.iterdir()
    assert verify(folder).status == "ok"
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [made[1].pk])
        cursor.execute(statement)
    recompute_seals()
    with pytest.raises(CommandError, match=left.name):
        call_command("events", "verify", "--anchors", stdout=StringIO())
    assert left.name in told_of_a_stop()
    nothing_is_sealed_beside(left)
    with pytest.raises(CommandError, match=left.name):
        call_command("events", "verify", "--anchors", stdout=StringIO())


def told_of_a_stop() -> str:
    found = health.anchored()
    assert found.state is State.FAILED
    return str(found.sentence)


def nothing_is_sealed_beside(left: Path) -> None:
    event()
    while sequencing.run():
        pass
    before = list(Seal.objects.values_list("number", "root"))
    content = left.read_bytes()
    with pytest.raises(AnchorsOfAnotherLog, match=left.name):
        sealing.run()
    assert list(Seal.objects.values_list("number", "root")) == before
    assert list(left.parent.iterdir()) == [left]
    assert left.read_bytes() == content


def test_a_new_log_draws_no_name_in_the_folder_of_another(folder: Path) -> None:
    folder.mkdir()
    other = folder / f"{'ab' * 16}.jsonl"
    other.touch()
    nothing_is_sealed_beside(other)
    assert not Seal.objects.exists()
    assert other.name in told_of_a_stop()
    other.unlink()
    work(1)
    assert verify(folder).status == "ok"


def test_a_restored_log_does_not_go_on_beside_the_anchors_of_another(folder: Path) -> None:
    work(2)
    other = folder / f"{'ab' * 16}.jsonl"
    other.touch()
    before = Event.objects.count()
    with pytest.raises(AnchorsOfAnotherLog, match=other.name):
        sealing.resume(actor=SystemActor("restore"), at=timezone.now())
    assert Event.objects.count() == before


@pytest.mark.parametrize("recomputed", [False, True])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_event_altered_under_another_name_is_named(
    folder: Path, place: int, recomputed: bool
) -> None:
    made = work(3)
    altered = made[place]
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [altered.pk])
        cursor.execute(SILENCED["the log has another name"])
    if recomputed:
        recompute_seals()
    found = verify(folder)
    assert found.finding is not None
    assert found.status == ("altered" if place else "other_log")  # with nothing before it, whose?
    assert (found.finding.position, found.finding.event) == (place + 1, str(altered.uuid))
    assert found.checked == place
    with pytest.raises(CommandError, match=f"{place + 1}.*uuid {altered.uuid}"):
        call_command("events", "verify", "--anchors", stdout=StringIO())


def test_a_new_house_is_verified_before_its_first_seal_and_stays_without_a_name(
    folder: Path,
) -> None:
    event()
    assert verify(folder).finding is None
    assert health.anchored().state is State.OK
    assert not Seal.objects.exists()
