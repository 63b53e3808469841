"""What each column is in SQL written by hand: correlated, slow, minute by minute, and by no way of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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

DOSSIERS: Mapping[str, str] = {
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
    "is_online": "d.channel = 'national' OR d.channel = 'portal' OR d.channel = 'helper' OR d.channel = 'api'",
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


OF_DOSSIERS = (
    " FROM dossiers_dossier d JOIN dossiers_procedureversion v ON v.id = d.procedure_id"
    " JOIN dossiers_procedure p ON p.id = v.procedure_id"
)
TAKEN = "(SELECT min(x.at) FROM dossiers_assignment x WHERE x.step_id = s.id AND x.person_id IS NOT NULL)"
BESIDE = "(s.token IS NULL AND s.node IN ('opinion', 'transfer', 'complaint'))"
RUNNING = f"({BESIDE} OR {AWAKE})"
STEPS: Mapping[str, str] = {
    "key": "concat(d.uuid, ':', s.ordinal)",
    "dossier": "d.uuid::text",
    "batch": "NULL::text",
    "ordinal": "s.ordinal",
    "procedure": "p.code",
    "field": "v.field",
    "level": "v.level",
    "agency": "s.agency_id",
    "node": "s.node",
    "name": "s.name",
    "act": "s.act",
    "role": "s.role",
    "outcome": "s.outcome",
    "opened_on": the_day("s.opened_at"),
    "closed_on": the_day("s.closed_at"),
    "is_open": "s.closed_at IS NULL",
    "is_beside": BESIDE,
    "is_imported": "false",
    "person": "coalesce((SELECT u.uuid::text FROM accounts_user u WHERE u.id = s.person_id),"
    " CASE WHEN s.outcome IN ('cancelled', 'withdrawn') OR s.closed_by NOT LIKE 'user:%'"
    " THEN NULL ELSE substr(s.closed_by, 6) END)",
    "working_minutes": f"CASE WHEN s.closed_at IS NOT NULL"
    f" THEN {minutes('s.opened_at', 's.closed_at', RUNNING)} END",
    "waiting_minutes": f"CASE WHEN {TAKEN} IS NOT NULL THEN {minutes('s.opened_at', TAKEN, RUNNING)} END",
}
OF_STEPS = OF_DOSSIERS + " JOIN dossiers_step s ON s.dossier_id = d.id"
