"""The attacks, exactly as the owner of the database would do them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tinhso.events import anchors, health, sealing, sequencing
from tinhso.events.errors import AnchorsDisagree, LogRolledBack
from tinhso.events.models import Event, Position, Seal, Unplaced
from tinhso.events.tests.factories import AT, CLERK, event
from tinhso.events.verifying import Verification, verify
from tinhso.kernel.health import State

pytestmark = pytest.mark.django_db


@contextmanager
def as_owner() -> Iterator[Any]:
    """A session that switched the triggers off and took the reference to the event away."""
    tables = ("events_event", "events_position", "events_seal")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' "
            "AND conrelid = 'events_position'::regclass"
        )
        for (reference,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE events_position DROP CONSTRAINT {reference}")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def recompute_seals() -> None:
    """All hashes of the database made anew from the altered events, by the same rules."""
    links = []
    previous = bytes(sealing.known_name() or b"")
    for seal in Seal.objects.filter(number__gt=0).order_by("number"):
        found = list(sealing.placed_events(seal.first, seal.last))
        leaves = b"".join(each.leaf() for each in found)
        last = seal.first + len(found) - 1
        head = f"{seal.number} {seal.first} {last}\n".encode()
        root = hashlib.sha256(head + previous + leaves).digest()
        links.append([last, previous, leaves, root, seal.number])
        previous = root
    with as_owner() as cursor:
        cursor.executemany(
            "UPDATE events_seal SET last=%s, previous=%s, leaves=%s, root=%s WHERE number=%s", links
        )


def work(count: int = 1) -> list[Event]:
    """Acts that are placed, sealed and anchored."""
    made = [event(n) for n in range(count)]
    while sequencing.run():
        pass
    while sealing.run():
        pass
    return made


def judged(folder: Path) -> tuple[str, int | None, str | None]:
    finding = verify(folder).finding
    return (finding.status, finding.position, finding.event) if finding else ("ok", None, None)


def test_an_honest_log_is_covered_to_the_last_anchor(folder: Path) -> None:
    work(3)
    work(2)
    event()
    sequencing.run()
    event()
    found = verify(folder)
    assert found.finding is None
    assert (found.checked, found.covered, found.uncovered) == (5, [(1, 5)], [(6, 6)])
    assert found.waiting == 1
    assert verify().finding is None


def test_whoever_waits_is_told_how_far_it_has_come(folder: Path) -> None:
    work(3)
    work(2)
    told: list[tuple[int, int]] = []
    verify(folder, lambda done, whole: told.append((done, whole)))
    assert told == [(3, 5), (5, 5)]


def test_an_altered_event_is_named(folder: Path) -> None:
    made = work(3)
    work(2)
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [made[1].pk])
    assert judged(folder) == ("altered", 2, str(made[1].uuid))
    assert verify().status == "altered"
    recompute_seals()
    assert verify().status == "ok"  # inside the database nothing shows any more
    assert judged(folder) == ("altered", 2, str(made[1].uuid))
    assert verify(folder).checked == 1


@pytest.mark.parametrize(
    "change",
    [
        "at = at - interval '1 microsecond'",
        "payload = '{\"count\": 9}'",
        "subject = gen_random_uuid()",
        "agency = 5",
        "kind = 'probe.other'",
        "uuid = gen_random_uuid()",
    ],
)
def test_every_column_counts(folder: Path, change: str) -> None:
    made = work(2)
    with as_owner() as cursor:
        statement = "UPDATE events_event SET @ WHERE id = %s".replace("@", change)
        cursor.execute(statement, [made[1].pk])
    recompute_seals()
    assert judged(folder)[:2] == ("altered", 2)


def test_a_removed_event_is_named(folder: Path) -> None:
    made = work(4)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM events_position WHERE event_id = %s", [made[1].pk])
        cursor.execute("DELETE FROM events_event WHERE id = %s", [made[1].pk])
    assert judged(folder) == ("missing", 2, None)


def test_a_removed_event_is_named_though_the_others_moved_up(folder: Path) -> None:
    made = work(5)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM events_position WHERE position = 2")
        cursor.execute("DELETE FROM events_event WHERE id = %s", [made[1].pk])
        for position in (3, 4, 5):
            cursor.execute(
                "UPDATE events_position SET position = %s WHERE position = %s",
                [position - 1, position],
            )
    recompute_seals()
    assert verify().status == "ok"
    assert judged(folder) == ("missing", 2, None)


def test_the_last_events_cannot_be_cut_off(folder: Path) -> None:
    made = work(4)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM events_position WHERE position > 2")
        cursor.execute("DELETE FROM events_event WHERE id = ANY(%s)", [[e.pk for e in made[2:]]])
    recompute_seals()
    assert verify().status == "ok"
    assert judged(folder) == ("missing", 3, None)


def test_an_event_put_in_between_is_named(folder: Path) -> None:
    work(4)
    with as_owner() as cursor:
        forged = insert_silently(cursor)
        for position in (4, 3, 2):
            cursor.execute(
                "UPDATE events_position SET position = %s WHERE position = %s",
                [position + 1, position],
            )
        cursor.execute("INSERT INTO events_position VALUES (2, %s)", [forged])
    recompute_seals()
    assert judged(folder) == ("added", 2, str(Event.objects.get(pk=forged).uuid))


def insert_silently(cursor: Any) -> int:
    cursor.execute(
        "INSERT INTO events_event (uuid, at, kind, subject, actor, payload) VALUES"
        " (gen_random_uuid(), now(), 'probe.probed', gen_random_uuid(), 'user:x', '{}')"
        " RETURNING id"
    )
    return int(cursor.fetchone()[0])


def test_an_event_outside_the_sequence_is_named(folder: Path) -> None:
    work(2)
    with as_owner() as cursor:
        forged = insert_silently(cursor)
    assert judged(folder) == ("added", None, str(Event.objects.get(pk=forged).uuid))
    with pytest.raises(CommandError, match="bị chèn vào nhật ký, không qua việc xếp vị trí"):
        call_command("events", "verify", "--anchors", str(folder), stdout=StringIO())
    with as_owner() as cursor:
        cursor.execute("INSERT INTO events_position VALUES (0, %s)", [forged])
    assert judged(folder)[:2] == ("added", 0)


def test_two_events_that_changed_places_are_named(folder: Path) -> None:
    made = work(3)
    with as_owner() as cursor:
        for position, wanted in ((1, 99), (2, 1), (99, 2)):
            cursor.execute(
                "UPDATE events_position SET position = %s WHERE position = %s", [wanted, position]
            )
    recompute_seals()
    assert judged(folder) == ("altered", 1, str(made[1].uuid))


def test_a_lost_anchor_file_is_not_made_up_again(folder: Path) -> None:
    work(3)
    next(folder.iterdir()).unlink()
    assert verify(folder).uncovered == [(1, 3)]
    work(2)
    found = verify(folder)
    assert (found.status, found.covered, found.uncovered) == ("not_covered", [(4, 5)], [(1, 3)])


def test_recomputed_hashes_stop_the_sealing(folder: Path) -> None:
    made = work(2)
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [made[0].pk])
    recompute_seals()
    event()
    sequencing.run()
    with pytest.raises(AnchorsDisagree):
        sealing.run()
    assert Seal.objects.latest("number").last == 2
    assert health.anchored().state is State.FAILED
    assert judged(folder)[0] == "altered"


def test_an_altered_anchor_line_breaks_the_chain(folder: Path) -> None:
    work(2)
    work(2)
    path = next(folder.iterdir())
    lines = path.read_text().splitlines()
    first = json.loads(lines[1])
    first["batch"]["last"] = 1
    path.write_text("\n".join([lines[0], json.dumps(first), *lines[2:]]) + "\n")
    assert judged(folder)[0] == "chain_broken"


def test_a_crash_before_the_anchor_is_made_good(folder: Path) -> None:
    work(1)
    event()
    sequencing.run()
    assert sealing.seal()  # committed, and then the power went
    assert verify(folder).uncovered == [(2, 2)]
    sealing.run()
    assert verify(folder).covered == [(1, 2)]


def test_a_torn_line_is_passed_over(folder: Path) -> None:
    work(2)
    path = next(folder.iterdir())
    with path.open("a") as stream:
        stream.write('{"batch":{"number":2,"fir')
    work(1)
    assert verify(folder).covered == [(1, 3)]
    assert verify(folder).finding is None


def test_a_full_batch_says_that_more_waits(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    for _ in range(5):
        event()
    sequencing.run()
    assert [sealing.run(), sealing.run(), sealing.run()] == [True, True, False]
    assert sealing.run() is False
    assert verify(folder).covered == [(1, 5)]


def rolled_back(folder: Path) -> None:
    """The database as it was after the second event, the anchors as they are."""
    work(2)
    kept = Seal.objects.latest("number").number
    work(3)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM events_position WHERE position > 2")
        cursor.execute(
            "DELETE FROM events_event WHERE id > (SELECT max(event_id) FROM events_position)"
        )
        cursor.execute("DELETE FROM events_seal WHERE number > %s", [kept])
    assert folder.exists()


def test_a_database_that_was_taken_back_is_noticed(folder: Path) -> None:
    rolled_back(folder)
    with pytest.raises(LogRolledBack):
        sealing.run()
    assert health.anchored().state is State.FAILED
    assert judged(folder) == ("missing", 3, None)


def test_a_restored_log_goes_on_and_says_what_was_lost(folder: Path) -> None:
    rolled_back(folder)
    event()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_unplaced SET xid = '9000000000000'")
    out = StringIO()
    call_command("events", "restamp", "--json", stdout=out)
    done = json.loads(out.getvalue())
    assert (done["last"], done["waiting"], done["lost"]) == (2, 1, 2)
    assert done["anchors"] == str(next(folder.iterdir()))
    assert done["lost_since"] <= done["lost_until"] != ""
    work(1)
    found = verify(folder)
    assert (found.status, found.covered, found.lost) == ("ok", [(1, 5)], 2)
    said = Event.objects.get(kind="events.restamped")
    assert said.payload == {"last": 2, "lost": 2}
    assert not Unplaced.objects.exists()


def test_the_terminal_says_against_what_and_from_when_events_were_lost(folder: Path) -> None:
    rolled_back(folder)
    out = StringIO()
    call_command("events", "restamp", stdout=out)
    said = out.getvalue()
    assert str(next(folder.iterdir())) in said
    assert re.search(r"3 sự kiện, niêm phong từ \d\d:\d\d:\d\d ngày \d\d/\d\d/\d{4} đến", said)


def test_a_restore_without_its_anchors_covers_what_comes_after(folder: Path) -> None:
    work(3)
    next(folder.iterdir()).unlink()
    assert sealing.resume(actor=CLERK, at=AT).lost is None
    work(1)
    found = verify(folder)
    assert (found.status, found.covered, found.uncovered) == ("ok", [(4, 5)], [(1, 3)])


def test_a_damaged_restore_is_noticed_by_the_hashes_of_the_database(folder: Path) -> None:
    made = work(3)
    next(folder.iterdir()).unlink()
    sealing.resume(actor=CLERK, at=AT)
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [made[1].pk])
    assert judged(folder) == ("altered", 2, str(made[1].uuid))


def test_a_restore_of_another_history_is_refused(folder: Path) -> None:
    rolled_back(folder)
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x'")
    recompute_seals()
    before = next(folder.iterdir()).read_bytes()
    with pytest.raises(AnchorsDisagree):
        sealing.resume(actor=CLERK, at=AT)
    assert next(folder.iterdir()).read_bytes() == before
    assert not Event.objects.filter(kind="events.restamped").exists()


def test_the_command_names_the_event_and_what_is_not_covered(folder: Path) -> None:
    made = work(2)
    event()
    sequencing.run()

    def told(*args: str) -> str:
        out = StringIO()
        call_command("events", "verify", *args, stdout=out)
        return out.getvalue()

    assert "Chưa được bảo vệ: 3–3." in told("--anchors")
    assert json.loads(told("--anchors", "--json"))["status"] == "ok"
    assert "thêm --anchors" in told()
    with as_owner() as cursor:
        cursor.execute("UPDATE events_event SET actor = 'user:x' WHERE id = %s", [made[1].pk])
    with pytest.raises(CommandError, match=f"vị trí 2 đã bị sửa \\(uuid {made[1].uuid}\\)"):
        told("--anchors", str(folder))
    with pytest.raises(SystemExit):
        told("--anchors", "--json")


def test_health_says_how_much_is_not_anchored() -> None:
    work(2)
    assert health.anchored().state is State.OK
    event()
    sequencing.run()
    assert health.anchored().value == 1
    assert Position.objects.count() == 3


def test_anchors_stand_outside_the_house(folder: Path) -> None:
    work(1)
    (path,) = folder.iterdir()
    assert path == anchors.path_of(folder, sealing.log_name())
    assert path.stat().st_mode & 0o777 == 0o600
    assert isinstance(verify(folder), Verification)
