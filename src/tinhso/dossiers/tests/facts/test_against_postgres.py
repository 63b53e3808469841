"""Every column by agency and month: as DuckDB counts it from files, as PostgreSQL says by SQL written by hand."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import ibis
import pytest
from django.db import connection

from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import ListedProcedure, OnlineDuty, Procedure
from tinhso.dossiers.services import transferring
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE, SYSTEM, WELL
from tinhso.dossiers.tests.facts import by_hand
from tinhso.dossiers.tests.facts.warehouse import synced, table
from tinhso.dossiers.tests.importing.logs import bring, many, xes
from tinhso.dossiers.tests.stages import concluded
from tinhso.dossiers.tests.test_both_ways import begin
from tinhso.dossiers.tests.test_charging import at_counter, pay
from tinhso.warehouse.declaring import ColumnType
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk
    from tinhso.warehouse.declaring import FactTable

pytestmark = pytest.mark.django_db
Cells = dict[tuple[Any, Any], tuple[Any, ...]]


<<<<<<< HEAD
=======
def the_day(instant: str) -> str:
    """Vietnam has had seven hours before UTC ever since the first of these instants."""
    return f"(({instant} AT TIME ZONE 'UTC') + interval '7 hours')::date"


def number(of: str, which: str = "true") -> str:
    return f"(SELECT count(*) FROM dossiers_{of} x WHERE x.dossier_id = d.id AND {which})"


def any_of(of: str, which: str = "true") -> str:
    return f"EXISTS (SELECT 1 FROM dossiers_{of} x WHERE x.dossier_id = d.id AND {which})"


def on_list(name: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM dossiers_listedprocedure l WHERE l.is_current AND l.code = p.code"
        f" AND l.list = '{name}' AND l.period @> {OFFICIAL})"
    )


def charged(column: str) -> str:
    return (
        f'(SELECT coalesce(sum(c."{column}"), 0) FROM payments_charge c WHERE c.subject = d.uuid'
        " AND NOT EXISTS (SELECT 1 FROM payments_chargewithdrawal w WHERE w.charge_id = c.id))"
    )


def paid(which: str = "true") -> str:
    return (
        "(SELECT coalesce(sum(m.amount), 0) FROM payments_payment m WHERE m.subject = d.uuid"
        f" AND {which} AND NOT EXISTS (SELECT 1 FROM payments_paymentcancellation w WHERE w.payment_id = m.id))"
    )


def minutes(since: str, until: str, which: str = "true") -> str:
    """Minute by minute: those of office hours."""
    return (
        f"(SELECT count(*) FROM generate_series(date_trunc('minute', {since}), date_trunc('minute', {until})"
        " - interval '1 minute', interval '1 minute') m,"
        " LATERAL (SELECT (m AT TIME ZONE 'UTC') + interval '7 hours' AS wall) w"
        " WHERE extract(isodow FROM wall) < 6 AND"
        " (wall::time >= '07:30' AND wall::time < '11:30' OR wall::time >= '13:00' AND wall::time < '17:00')"
        f" AND {which})"
    )


OFFICIAL = f"coalesce({the_day('d.received_at')}, {the_day('d.submitted_at')})"
BEGUN = "coalesce((SELECT max(x.at) FROM dossiers_reopening x WHERE x.dossier_id = d.id), d.received_at)"
PAUSES = "dossiers_suspension s LEFT JOIN dossiers_resumption r ON r.suspension_id = s.id WHERE s.dossier_id = d.id"
AWAKE = (
    f"NOT EXISTS (SELECT 1 FROM {PAUSES} AND m >= date_trunc('minute', s.at)"
    " AND m < date_trunc('minute', coalesce(r.at, d.finished_at)))"
)
SETTLED = "d.state IN ('decided', 'handed_over')"
ASKED_TWICE = (
    "EXISTS (SELECT 1 FROM dossiers_supplementrequest a"
    " JOIN dossiers_supplementrequest b ON b.dossier_id = a.dossier_id AND b.id <> a.id"
    " CROSS JOIN jsonb_array_elements_text(a.items) one(w) WHERE a.dossier_id = d.id AND b.items ? one.w)"
)
COMMUNE = (
    "coalesce((SELECT commune_id FROM parties_party q WHERE q.id = d.applicant_id),"
    " (SELECT g.id FROM agencies_agency g WHERE g.id = d.receiving_agency_id AND g.kind = 'commune'),"
    " (SELECT u.id FROM agencies_agencyperiod x JOIN agencies_agency u ON u.id = x.parent_id"
    " WHERE x.agency_id = d.receiving_agency_id AND u.kind = 'commune'))"
)
FIRST_TRANSFER = (
    "(SELECT x.from_agency_id FROM dossiers_transfer x WHERE x.dossier_id = d.id AND x.at > d.received_at"
    " ORDER BY x.at LIMIT 1)"
)

BY_HAND: Mapping[str, str] = {
    "uuid": "d.uuid::text",
    "number": "d.number",
    "submitted_on": the_day("d.submitted_at"),
    "received_on": the_day("d.received_at"),
    "due_on": the_day("d.due_at"),
    "finished_on": the_day("d.finished_at"),
    "handed_over_on": the_day(
        "(SELECT max(x.at) FROM dossiers_handover x WHERE x.dossier_id = d.id)"
    ),
    "receiving_agency": "d.receiving_agency_id",
    "returning_agency": "d.returning_agency_id",
    "helping_agency": "d.helping_agency_id",
    "present_agency": "d.competent_agency_id",
    "commune_agency": COMMUNE,
    "commune": f"(SELECT c.agency_code FROM agencies_agencyperiod c WHERE c.agency_id = {COMMUNE})",
    "procedure": "p.code",
    "field": "v.field",
    "level": "v.level",
    "channel": "d.channel",
    "is_online": "d.channel = 'national' OR d.channel = 'portal'",
    "is_by_post": "d.channel = 'post'",
    "is_returned_by_post": any_of("handover", "x.way = 'post'"),
    "state": "d.state",
    "is_received": "d.received_at IS NOT NULL AND NOT d.state = 'cancelled'",
    "is_settled": SETTLED,
    "is_on_time": f"CASE WHEN {SETTLED} AND d.due_at IS NOT NULL THEN NOT d.finished_at > d.due_at END",
    "is_imported": "d.batch_id IS NOT NULL",
    "is_cancelled": "d.state = 'cancelled'",
    "batch": "(SELECT b.uuid::text FROM dossiers_importbatch b WHERE b.id = d.batch_id)",
    "has_financial_duty": any_of("suspension", "x.kind = 'payment'"),
    "was_reopened": any_of("reopening"),
    "was_returned": any_of("step", "x.outcome = 'sent_back'"),
    "was_received_after_work": any_of("result", f"x.signed_on < {the_day('d.received_at')}"),
    "asked_same_paper_twice": ASKED_TWICE,
    "asked_held_papers": number("heldpaperasked"),
    "supplements": number("supplementrequest"),
    "extensions": number("extension"),
    "apologies": number("apology"),
    "papers": "(SELECT count(DISTINCT x.code) FROM dossiers_paper x WHERE x.dossier_id = d.id)",
    "papers_digitised": "(SELECT count(DISTINCT x.code) FROM dossiers_paper x JOIN dossiers_paperconfirmation c"
    " ON c.paper_id = x.id WHERE x.dossier_id = d.id)",
    "papers_reused": "(SELECT count(DISTINCT x.code) FROM dossiers_paper x JOIN dossiers_paperconfirmation c"
    " ON c.paper_id = x.id AND c.result_id IS NOT NULL WHERE x.dossier_id = d.id)",
    "results": number("result"),
    "results_digitised": number("result", "x.file_id IS NOT NULL"),
    "results_refusing": number("result", "x.refuses"),
    "fee_due": charged("amount"),
    "fee_full": charged("full"),
    "fee_paid": paid(),
    "fee_cashless": paid("m.method <> 'cash'"),
    "complaints": number("complaint"),
    "rating": "(SELECT x.score FROM dossiers_rating x WHERE x.dossier_id = d.id ORDER BY x.at DESC LIMIT 1)",
    "steps": f"{number('step')} + {number('importedstep')}",
    "agency": f"coalesce({FIRST_TRANSFER}, d.competent_agency_id)",
    "service_level": f"CASE WHEN {on_list('online_whole')} THEN 'whole' WHEN {on_list('online_part')} THEN 'part'"
    " ELSE 'none' END",
    "is_project_06": on_list("project_06"),
    "must_be_online": "EXISTS (SELECT 1 FROM dossiers_onlineduty o WHERE o.procedure_id = p.id"
    f" AND o.period @> {OFFICIAL})",
    "working_minutes": f"CASE WHEN {SETTLED} THEN {minutes(BEGUN, 'd.finished_at', AWAKE)} END",
    "appointed_minutes": f"CASE WHEN d.received_at IS NOT NULL AND d.due_at IS NOT NULL"
    f" THEN {minutes(BEGUN, 'd.due_at', AWAKE)} END",
    "paused_minutes": f"(SELECT coalesce(sum({minutes('s.at', 'coalesce(r.at, d.finished_at)')}), 0) FROM {PAUSES})",
    "finished_in_last_hours": f"CASE WHEN {SETTLED} AND d.due_at IS NOT NULL THEN d.finished_at <= d.due_at AND"
    f" ({minutes('d.finished_at', 'd.due_at')} <= 240"
    f" OR {minutes('d.finished_at', 'd.due_at')} * 10 <= {minutes(BEGUN, 'd.due_at', AWAKE)}) END",
}


>>>>>>> 9091d89 (dossiers: Know the commune above a one-stop desk, so that maps have figures.)
def furnish(desk: Desk, folder: Path) -> None:
    """Lists, dossiers to which much happened by chance (always the same), money, history, a reform."""
    since = day_of(AT) + timedelta(days=3)
    for name, code in (
        ("online_whole", BUILDING),
        ("online_part", MARRIAGE),
        ("project_06", MARRIAGE),
    ):
        ListedProcedure.objects.create(
            list=name, version="1", code=code, period=(since, None), document="QĐ"
        )
    duty = {"document": "QĐ", "reason": "Thử", "at": AT, "actor": "test"}
    OnlineDuty.objects.create(
        procedure=Procedure.objects.get(code=BUILDING), period=(since, None), **duty
    )
    pay(desk, at_counter(desk), 15_000)
    concluded(desk, at=AT + timedelta(days=20))
    bring(xes(folder, many(3)), desk.land)
    chance = Random(7)  # noqa: S311  (always the same chance)
    for codes in ([MARRIAGE, WELL, BUILDING], [MARRIAGE, BUILDING, MARRIAGE]):
        play = begin(desk, codes)
        play.open()
        play.go_on(
            [
                (chance.randrange(3), chance.randrange(50), chance.randrange(1000))
                for _ in range(45)
            ],
            after=lambda _dossier: None,
        )
    later = AT + timedelta(days=200)
    transferring.move(
        [WorkTransfer(desk.construction.pk, desk.land.pk)], on=day_of(later), actor=SYSTEM, at=later
    )


def test_each_column_by_agency_and_month(desk: Desk, tmp_path: Path) -> None:
    furnish(desk, tmp_path)
    synced("dossiers.dossier", "dossiers.step")
    same_cells(table("dossiers.dossier"), by_hand.DOSSIERS, by_hand.OF_DOSSIERS)
    same_cells(table("dossiers.step"), by_hand.STEPS, by_hand.OF_STEPS, is_imported=False)


def same_cells(
    declared: FactTable, told: Mapping[str, str], source: str, *, is_imported: bool | None = None
) -> None:
    """No cell of any column differs; of both kinds of record, or of one."""
    assert [column.name for column in declared.columns if column.name not in told] == []
    ours, theirs = from_files(declared, is_imported), from_postgres(declared, told, source)
    assert sorted(ours, key=str) == sorted(theirs, key=str)
    names = ["rows", *(column.name for column in declared.columns)]
    for cell, values in ours.items():
        different = {
            name: (value, other)
            for name, value, other in zip(names, values, theirs[cell], strict=True)
            if value != other
        }
        assert different == {}, cell
    assert len(ours) >= 5, "a world of one cell compares little"


def from_files(declared: FactTable, is_imported: bool | None) -> Cells:
    """By agency and month of the official day: rows; of each column its sum, or how many values and the least."""
    facts = Lake().table(declared.code)
    if is_imported is not None:
        facts = facts.filter(facts.is_imported == is_imported)
    asked: dict[str, ibis.Value] = {"rows": facts.count()}
    for column in declared.columns:
        value = facts[column.name]
        if column.type is ColumnType.BOOLEAN:
            value = ibis.ifelse(value.isnull(), ibis.null("int64"), ibis.ifelse(value, 1, 0))
        if column.is_measure or column.type is ColumnType.BOOLEAN:
            asked[f"v_{column.name}"] = value.sum()
        else:
            asked[f"v_{column.name}"] = value.nunique()
            asked[f"w_{column.name}"] = value.min()
    month = facts[declared.day].truncate("M")
    found = facts.group_by(where=facts.agency, month=month).aggregate(**asked)
    rows = found.to_pyarrow().to_pylist()
    return {(row["where"], row["month"]): tuple(_values(declared, row)) for row in rows}


def from_postgres(declared: FactTable, told: Mapping[str, str], source: str) -> Cells:
    """The same cells by PostgreSQL."""
    selected, asked = [], ["count(*) AS rows"]
    for column in declared.columns:
        name = column.name
        selected.append(f'({told[name]}) AS "{name}"')
        if column.type is ColumnType.BOOLEAN:
            asked.append(f'sum("{name}"::int) AS "v_{name}"')
        elif column.is_measure:
            asked.append(f'sum("{name}") AS "v_{name}"')
        else:
            collated = ' COLLATE "C"' if column.type is ColumnType.STRING else ""
            asked.append(f'count(DISTINCT "{name}") AS "v_{name}"')
            asked.append(f'min("{name}"{collated}) AS "w_{name}"')
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT agency AS where_, date_trunc('month', \"{declared.day}\")::date AS month,"
            f" {', '.join(asked)} FROM (SELECT {', '.join(selected)} {source}) f GROUP BY 1, 2"
        )
        names = [each.name for each in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(row["where_"], row["month"]): tuple(_values(declared, row)) for row in found}


def _values(declared: FactTable, row: dict[str, Any]) -> list[Any]:
    told = [row["rows"]]
    for column in declared.columns:
        value = row[f"v_{column.name}"]
        least = row.get(f"w_{column.name}")
        told.append((None if value is None else int(value), least))
    return told
