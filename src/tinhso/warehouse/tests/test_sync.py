"""Facts follow the log; a crash, a lost file, a changed byte never make a wrong figure."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from tinhso.events.sequencing import place
from tinhso.events.tests.factories import AT, event
from tinhso.warehouse import checking, compacting, files, jobs, syncing
from tinhso.warehouse.declaring import FactTable, registry
from tinhso.warehouse.errors import CannotWrite, FactsUnavailable, FactTableUnknown, NotYetBuilt
from tinhso.warehouse.models import FactFile, Snapshot
from tinhso.warehouse.reading import Lake, table_of
from tinhso.warehouse.tests.conftest import GONE

pytestmark = pytest.mark.django_db


def _sum(pinned: dict[str, Snapshot] | None = None) -> tuple[int, int]:
    """Rows and the sum of the measure, as readers see them."""
    facts = Lake(pinned or {}).table("probe.probes")
    [row] = facts.aggregate(n=facts.count(), s=facts["count"].sum()).to_pyarrow().to_pylist()
    return row["n"], row["s"] or 0


def test_a_table_never_built_has_no_figure(probes: FactTable) -> None:
    with pytest.raises(NotYetBuilt):
        Lake().table(probes.code)


def test_an_undeclared_table_is_named_with_those_that_are(probes: FactTable) -> None:
    with pytest.raises(FactTableUnknown) as refused:
        table_of("probe.nothing")
    assert probes.code in str(refused.value)


def test_only_what_changed_is_read_again(probes: FactTable) -> None:
    first = event(1)
    event(2)
    place()
    assert syncing.sync(probes, at=AT).rows == 2
    event(5, subject=first.subject)
    place()
    done = syncing.sync(probes, at=AT)
    assert done.rows == 2, "both rows of the one subject"
    assert _sum() == (3, 8)
    assert syncing.sync(probes, at=AT).rows == 0


def test_an_event_without_place_is_not_counted_yet(probes: FactTable) -> None:
    syncing.sync(probes, at=AT)
    event(4)
    syncing.sync(probes, at=AT)
    assert _sum() == (0, 0)
    place()
    syncing.sync(probes, at=AT)
    assert _sum() == (1, 4)


def test_what_may_still_be_read_stays(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    reading = Lake()
    assert reading.snapshot(probes.code).number == 1
    for _ in range(3):
        event(1)
        place()
        syncing.sync(probes, at=AT)
        compacting.compact(probes, at=AT + timedelta(minutes=1))
    facts = reading.table(probes.code)
    assert facts.count().to_pyarrow().as_py() == 1
    assert _sum() == (4, 4)


def test_when_most_has_changed_everything_is_read_anew(
    probes: FactTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    monkeypatch.setattr(syncing, "BATCH", 2)
    for _ in range(5):
        event(1)
    place()
    done = syncing.sync(probes, at=AT)
    assert (done.rows, done.more) == (6, False)
    assert FactFile.objects.get(last=None).is_base


def test_what_is_gone_is_gone(probes: FactTable) -> None:
    kept, gone = event(1), event(2)
    place()
    syncing.sync(probes, at=AT)
    GONE.add(str(gone.subject))
    event(0, subject=gone.subject)
    place()
    syncing.sync(probes, at=AT)
    assert _sum() == (1, 1)
    assert kept.subject != gone.subject


@pytest.mark.slow
def test_compacting_changes_no_figure(probes: FactTable) -> None:
    subjects = [uuid4() for _ in range(5)]
    for turn in range(3):
        for subject in subjects:
            event(turn, subject=subject)
        place()
        syncing.sync(probes, at=AT)
    GONE.add(str(subjects[0]))
    event(0, subject=subjects[0])
    place()
    syncing.sync(probes, at=AT)
    before = _sum()
    done = compacting.compact(probes, at=AT)
    assert (done.joined, done.rows) == (4, 12)
    assert _sum() == before == (12, 12)
    assert checking.check(probes).is_right


def test_a_kept_snapshot_still_says_what_it_said(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    closed = syncing.newest(probes.code)
    assert closed is not None
    Snapshot.objects.filter(pk=closed.pk).update(kept=True)
    for _ in range(3):
        event(1)
        place()
        syncing.sync(probes, at=AT)
        compacting.compact(probes, at=AT)
    assert _sum() == (4, 4)
    assert _sum({probes.code: closed}) == (1, 1)


def test_files_that_nobody_needs_leave_the_disk(probes: FactTable) -> None:
    for _ in range(4):
        event(1)
        place()
        syncing.sync(probes, at=AT)
    for _ in range(3):
        compacting.compact(probes, at=AT + timedelta(hours=1))
        syncing.rebuild(probes, at=AT)
    compacting.compact(probes, at=AT + timedelta(hours=2))
    on_disk = {path.name for path in files.folder(probes.code).iterdir()}
    assert on_disk == set(FactFile.objects.values_list("name", flat=True))
    assert len(on_disk) <= 2


def test_a_file_left_by_a_crash_is_swept_and_never_read(
    probes: FactTable, monkeypatch: Any
) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    event(2)
    place()
    with monkeypatch.context() as patched:
        patched.setattr(syncing, "publish", _killed)
        with pytest.raises(KeyboardInterrupt):
            syncing.sync(probes, at=AT)
    assert _sum() == (1, 1)
    syncing.sync(probes, at=AT)
    assert _sum() == (2, 3)
    monkeypatch.setattr(files, "ORPHANED", -1.0)
    assert files.sweep(probes.code) == 1
    assert _sum() == (2, 3)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow: as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, former)


def _on_disk(table: FactTable) -> list[str]:
    return sorted(path.name for path in files.folder(table.code).iterdir())


def test_a_disk_that_takes_nothing_leaves_the_former_figures(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    event(2)
    place()
    before = _on_disk(probes)
    with full_disk(), pytest.raises(CannotWrite):
        syncing.sync(probes, at=AT)
    assert _on_disk(probes) == before
    assert _sum() == (1, 1)
    syncing.sync(probes, at=AT)
    assert _sum() == (2, 3)


def test_files_that_a_full_disk_cannot_join_stay_apart(probes: FactTable) -> None:
    for number in (1, 2):
        event(number)
        place()
        syncing.sync(probes, at=AT)
    before = _on_disk(probes)
    with full_disk(), pytest.raises(CannotWrite):
        compacting.compact(probes, at=AT)
    assert _on_disk(probes) == before
    assert _sum() == (2, 3)
    assert checking.check(probes).is_right


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_missing_file_makes_no_figure_and_the_next_sync_builds_anew(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    assert _sum() == (1, 1)
    files.path_of(FactFile.objects.get()).unlink()
    with pytest.raises(FactsUnavailable):
        Lake().table(probes.code)
    assert checking.check(probes).missing
    syncing.sync(probes, at=AT)
    assert _sum() == (1, 1)


def test_a_changed_byte_is_named_by_the_check(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    file = FactFile.objects.get()
    _flip(files.path_of(file))
    assert checking.check(probes).altered == [file.name]


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_compacting_gives_no_altered_file_a_good_hash(probes: FactTable) -> None:
    for _ in range(2):
        event(1)
        place()
        syncing.sync(probes, at=AT)
    file = FactFile.objects.filter(is_base=True).get()
    _flip(files.path_of(file))
    compacting.compact(probes, at=AT)
    assert _sum() == (2, 2)
    assert checking.check(probes).is_right


def test_the_worker_finds_an_altered_file_by_itself(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    _flip(files.path_of(FactFile.objects.get()))
    jobs.inspect()
    assert checking.check(probes).is_right


def test_a_changed_declaration_is_read_anew_and_never_guessed(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    changed = replace(probes, version=2)
    registry._entries[probes.code] = changed
    with pytest.raises(FactsUnavailable):
        Lake().table(probes.code)
    syncing.sync(changed, at=AT)
    assert _sum() == (1, 1)


def test_the_check_names_the_column_that_differs(probes: FactTable) -> None:
    first = event(1)
    place()
    syncing.sync(probes, at=AT)
    GONE.add(str(first.subject))
    found = checking.check(probes)
    assert not found.is_right
    assert {difference.column for difference in found.differences} >= {"", "count"}


def test_a_clock_set_back_hides_nothing(probes: FactTable) -> None:
    event(1)
    place()
    syncing.sync(probes, at=AT)
    event(2)
    place()
    syncing.sync(probes, at=AT.replace(year=2000))
    assert _sum() == (2, 3)


def test_the_command_syncs_checks_and_compacts(probes: FactTable) -> None:
    event(3)
    place()
    for act in ("sync", "check", "compact", "rebuild"):
        out = StringIO()
        call_command("warehouse", act, probes.code, stdout=out)
        assert probes.code in out.getvalue()
    GONE.update(str(e.subject) for e in [event(0)])
    with pytest.raises(CommandError):
        call_command("warehouse", "check", "probe.nothing", stdout=StringIO())
