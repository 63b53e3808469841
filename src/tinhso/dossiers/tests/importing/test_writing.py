"""What an import leaves in the tables: all of a log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tinhso.dossiers import services
from tinhso.dossiers.errors import HistoryIsReadOnly
from tinhso.dossiers.importing import writing
from tinhso.dossiers.importing.mapping import LogMap
from tinhso.dossiers.models import Channel, Dossier, ImportBatch, State
from tinhso.dossiers.queries.history import dossiers
from tinhso.dossiers.tests.factories import AT, MARRIAGE
from tinhso.dossiers.tests.importing.logs import bring, event, left, many, trace, xes
from tinhso.dossiers.tests.importing.test_figures import LOGS, NAMES, hold, needs_logs, reference
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk

COUNTED = """
SELECT count(*), sum(steps), percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY days),
       count(*) FILTER (WHERE due_at IS NOT NULL AND finished_at IS NOT NULL),
       count(*) FILTER (WHERE finished_at <= due_at)
FROM (
    SELECT due_at, finished_at, count(*) AS steps,
           extract(epoch FROM max(step.at) - min(step.at))::float8 / 86400 AS days
    FROM dossiers_dossier AS dossier JOIN dossiers_importedstep AS step ON dossier_id = dossier.id
    GROUP BY dossier.id
) AS each
"""


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_log", *arguments, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@needs_logs
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_the_database_itself_counts_the_reference_figures(name: str) -> None:
    told = reference(name)
    found = run(str(LOGS / name), "--agency", "H99.41", "--procedure", MARRIAGE)
    hold(found, told)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        [(cases, steps, (median, p95), with_deadline, on_time)] = cursor.fetchall()
    assert (cases, steps) == (told["cases"], told["events"])
    assert median == pytest.approx(told["throughput_days"]["median"], abs=1e-4)
    assert p95 == pytest.approx(told["throughput_days"]["p95"], abs=1e-4)
    assert {"with_deadline": with_deadline, "on_time": on_time} == found["on_time"]
    assert ImportBatch.objects.get().uuid.hex == found["batch"].replace("-", "")
    if name == "receipt.xes.gz":
        assert (with_deadline, on_time) == (1329, 952)


def test_a_case_becomes_a_dossier_with_its_steps(tmp_path: Path, desk: Desk) -> None:
    who = (
        '<string key="org:resource" value="cán bộ\t7\\"/><string key="org:group" value="Một cửa"/>'
    )
    more = (
        '<string key="channel" value="Desk"/><date key="deadline" value="2022-03-05T17:00:00+07:00"/>'
        '<date key="enddate" value="2022-03-04T17:00:00+07:00"/><string key="ward" value="An Phú"/>'
    )
    log = xes(
        tmp_path, trace("HS 17/a", event("Nhận\n&amp; ghi", more=who), event("Trả"), more=more)
    )
    batch = bring(log, desk.commune, log_map=LogMap(attributes=("case:ward",)))
    dossier = Dossier.objects.get()
    assert (batch.cases, batch.steps, batch.agency_id) == (1, 2, desk.commune.pk)
    assert (dossier.foreign_code, str(dossier), dossier.number) == ("HS 17/a", "HS 17/a", None)
    assert (dossier.state, dossier.channel) == (State.HANDED_OVER, Channel.COUNTER)
    assert dossier.received_at == dossier.submitted_at == datetime(2022, 3, 1, 1, tzinfo=UTC)
    assert dossier.due_at == datetime(2022, 3, 5, 10, tzinfo=UTC)
    assert dossier.finished_at == datetime(2022, 3, 4, 10, tzinfo=UTC)
    assert {dossier.receiving_agency_id, dossier.competent_agency_id} == {desk.commune.pk}
    assert (dossier.imported.channel, dossier.imported.attributes) == (
        "Desk",
        {"case:ward": "An Phú"},
    )
    steps = dossier.imported_steps.order_by("ordinal").values_list(
        "ordinal", "activity", "resource", "department"
    )
    # XML reads a line end or a tab in an attribute as a blank.
    assert list(steps) == [(1, "Nhận & ghi", "cán bộ 7\\", "Một cửa"), (2, "Trả", "", "")]


def test_signs_that_mean_something_to_copy_come_through(tmp_path: Path, desk: Desk) -> None:
    odd = "\\N\t\\.\r\nz"
    table = f'case_id,activity,timestamp,resource\nA\\1,"{odd}",2022-03-01 08:00,"{odd}"\n'
    path = tmp_path / "log.csv"
    path.write_bytes(table.encode())
    bring(path, desk.commune)
    [step] = Dossier.objects.get(foreign_code="A\\1").imported_steps.all()
    assert step.activity.replace("\r\n", "\n") == odd.replace("\r\n", "\n")
    assert step.activity == step.resource


def test_one_event_tells_of_the_whole_batch(tmp_path: Path, desk: Desk) -> None:
    batch = bring(xes(tmp_path, many(7)), desk.commune)
    [told] = Event.objects.filter(subject=batch.uuid)
    assert (told.kind, told.subject, told.agency) == (
        "dossiers.history_imported",
        batch.uuid,
        desk.commune.pk,
    )
    assert told.payload == {"cases": 7, "steps": 14}


def test_blocks_make_no_difference(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BLOCK", 3)
    bring(xes(tmp_path, many(50)), desk.commune)
    assert left() == {
        "Dossier": 50,
        "DossierKey": 50,
        "DossierSearch": 50,
        "ImportBatch": 1,
        "ImportedStep": 100,
        "events": 1,
    }


@pytest.mark.parametrize(
    ("word", "day", "channel"),
    [
        ("Internet", "2022-03-01", Channel.PORTAL),
        ("Trực tuyến", "2025-07-02", Channel.NATIONAL),
        ("Bưu chính", "2022-03-01", Channel.POST),
        ("Fax", "2022-03-01", Channel.API),
        ("", "2022-03-01", Channel.API),
    ],
)
def test_the_channel_is_told_from_the_foreign_word(
    tmp_path: Path, desk: Desk, word: str, day: str, channel: Channel
) -> None:
    more = f'<string key="channel" value="{word}"/>'
    bring(xes(tmp_path, trace("A", event(time=f"{day}T08:00:00"), more=more)), desk.commune)
    assert Dossier.objects.get().channel == channel


def test_history_is_found_by_its_foreign_code_where_one_may_see_it(
    tmp_path: Path, desk: Desk
) -> None:
    bring(xes(tmp_path, many(40)), desk.commune)
    for typed in ("HS-0017", "hs-0017", "0017"):
        assert [str(found) for found in dossiers(desk.clerk, typed, at=AT)] == ["HS-0017"]
    assert dossiers(desk.clerk, "", at=AT).count() == 40
    assert dossiers(desk.outsider, "", at=AT).count() == 0


def test_history_refuses_acts(tmp_path: Path, desk: Desk) -> None:
    bring(xes(tmp_path, many(1)), desk.commune)
    dossier = Dossier.objects.get()
    with pytest.raises(HistoryIsReadOnly):
        services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    dossier.refresh_from_db()
    assert (dossier.version, dossier.state) == (1, State.IN_PROCESS)


def test_only_who_holds_the_right_brings_history_in(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(PermissionMissing):
        bring(xes(tmp_path, many(1)), desk.commune, actor=desk.clerk)
    assert left() == {}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "--agency"),
        (["--agency", "H99.41"], "--procedure"),
        (["--agency", "H00", "--procedure", MARRIAGE], "agencies"),
        (["--agency", "H99.41", "--procedure", "9.9"], "dossiers.procedure_not_found"),
        (["--undo", "00000000-0000-4000-8000-000000000000"], "--undo"),
    ],
)
def test_the_command_wants_to_know_where_to_lay_it(
    tmp_path: Path, arguments: list[str], code: str
) -> None:
    with pytest.raises(CommandError, match=code) as found:
        call_command("import_log", str(xes(tmp_path, many(1))), *arguments)
    assert "\n" not in str(found.value)
    assert left() == {}
