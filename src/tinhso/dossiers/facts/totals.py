"""What PostgreSQL itself says of each measure over all dossiers: the warehouse is checked against it.

None of it goes by the way of the rows: counts are asked of the table that holds them, and working minutes are worked
out in SQL from the calendar laid out day by day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max, Min, Q, Sum

from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.facts.reading import day
from tinhso.dossiers.models import (
    Apology,
    Complaint,
    Dossier,
    Extension,
    HeldPaperAsked,
    ImportedStep,
    Paper,
    Rating,
    Result,
    Resumption,
    Step,
    SupplementRequest,
)
from tinhso.payments.models import Charge, Method, PaymentLine

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIFTS = 3
"""Stretches of work in one day that the SQL knows."""

# Stretches of time with a sign, from which minutes are summed: (since, until, +1 or -1). A pause that has not ended
# has taken nothing yet: the due day moves when it ends (and `least` would pass over the null).
_BEGUN = """
begun AS (
    SELECT d.*, coalesce((SELECT max(at) FROM dossiers_reopening WHERE dossier_id = d.id), received_at) AS begun_at
    FROM dossiers_dossier d
), pause AS (
    SELECT s.dossier_id, s.at AS since,
           coalesce((SELECT at FROM dossiers_resumption WHERE suspension_id = s.id), b.finished_at) AS until
    FROM dossiers_suspension s JOIN begun b ON b.id = s.dossier_id
)
"""
_TO_END = """
SELECT begun_at AS since, {end} AS until, 1 AS sign FROM begun
WHERE begun_at IS NOT NULL AND {end} IS NOT NULL AND {which}
UNION ALL
SELECT pause.since, least(pause.until, {end}), -1 FROM pause JOIN begun ON begun.id = pause.dossier_id
WHERE pause.since >= begun_at AND pause.since < least(pause.until, {end}) AND {end} IS NOT NULL AND {which}
  AND pause.until IS NOT NULL
"""
_SPANS = {
    "working_minutes": _TO_END.format(
        end="finished_at", which="state IN ('decided', 'handed_over')"
    ),
    "appointed_minutes": _TO_END.format(end="due_at", which="true"),
    "paused_minutes": "SELECT since, until, 1 AS sign FROM pause WHERE until IS NOT NULL",
}


def of_dossiers(column: str) -> int:
    """The sum of a measure of `dossiers.dossier` over all dossiers, or their number for an empty name."""
    if column in _SPANS:
        return working_minutes(f"WITH {_BEGUN}", _SPANS[column])
    return COUNTED[column]()


# Steps of ours and of logs, in the same way; a log's last until its own instant since the one before.
_STEPS = """
pause AS (
    SELECT s.dossier_id, s.at AS since,
           coalesce((SELECT at FROM dossiers_resumption WHERE suspension_id = s.id), d.finished_at) AS until
    FROM dossiers_suspension s JOIN dossiers_dossier d ON d.id = s.dossier_id
), step AS (
    SELECT s.*, (SELECT min(at) FROM dossiers_assignment WHERE step_id = s.id AND person_id IS NOT NULL) AS taken_at,
           s.token IS NULL AND s.node IN ('opinion', 'transfer', 'complaint') AS is_beside
    FROM dossiers_step s
)
"""
_OF_STEPS = """
SELECT opened_at AS since, {end} AS until, 1 AS sign FROM step WHERE {end} IS NOT NULL
UNION ALL
SELECT greatest(opened_at, since), least({end}, until), -1 FROM step JOIN pause USING (dossier_id)
WHERE NOT is_beside AND greatest(opened_at, since) < least({end}, until) AND {end} IS NOT NULL AND until IS NOT NULL
"""
_LOGGED = """
UNION ALL
SELECT since, until, 1 FROM (
    SELECT lag(at) OVER (PARTITION BY dossier_id ORDER BY ordinal) AS since, at AS until FROM dossiers_importedstep
) logged WHERE since < until
"""
_SPANS_OF_STEPS = {
    "working_minutes": _OF_STEPS.format(end="closed_at") + _LOGGED,
    "waiting_minutes": _OF_STEPS.format(end="taken_at"),
}


def of_steps(column: str) -> int:
    """The sum of a measure of `dossiers.step` over all steps, or their number for an empty name."""
    if column:
        return working_minutes(f"WITH {_STEPS}", _SPANS_OF_STEPS[column])
    return _steps()


def working_minutes(before: str, spans: str) -> int:
    """The working minutes of all spans together, by the calendar of the province; `before` is what they build on."""
    shifts = ", ".join(f"o{number}, c{number}" for number in range(SHIFTS))
    unnested = ", ".join("%s::int[]" for _ in range(2 * SHIFTS))
    statement = f"""
    {before}, span AS ({spans}), calendar AS MATERIALIZED (
        SELECT * FROM unnest(%s::date[], %s::int[], {unnested}) AS laid(day, before, {shifts})
    )
    SELECT coalesce(sum(sign * ({_worked("until", "b")} - {_worked("since", "a")})), 0)
    FROM span
    JOIN calendar a ON a.day = {day("span.since")}
    JOIN calendar b ON b.day = {day("span.until")}
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # How many spans there are is beyond the planner: it would walk the whole calendar for each of them.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(statement, _laid_out())
        (total,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop = on")
    return int(total)


def _worked(column: str, of: str) -> str:
    """Working minutes from the beginning of the calendar to an instant."""
    wall = f"span.{column} AT TIME ZONE 'Asia/Ho_Chi_Minh'"
    minute = f"(extract(hour FROM {wall}) * 60 + extract(minute FROM {wall}))::int"
    shifts = " + ".join(
        f"greatest(0, least({minute}, {of}.c{number}) - {of}.o{number})" for number in range(SHIFTS)
    )
    return f"({of}.before + {shifts})"


def _laid_out() -> list[list[Any]]:
    """The province's calendar as columns: day, working minutes before it, and when each shift opens and closes."""
    calendar, before, columns = (
        working_calendar(),
        0,
        [list[Any]() for _ in range(2 + 2 * SHIFTS)],
    )
    first, last = _years()
    for number in range(first, last + 1):
        laid = calendar.year(number)
        for on, shifts in zip(laid.days, laid.shifts, strict=True):
            flat = [minute for shift in shifts for minute in shift]
            row = [on, before, *flat, *([0] * (2 * SHIFTS - len(flat)))]
            before += sum(closes - opens for opens, closes in shifts)
            for column, value in zip(columns, row, strict=True):
                column.append(value)
    return columns


def _years() -> tuple[int, int]:
    """The years in which anything happened or is due."""
    asked = (
        (Dossier, "submitted_at", "received_at", "due_at", "finished_at"),
        (Resumption, "at"),
        (Step, "opened_at", "closed_at"),
        (ImportedStep, "at"),
    )
    found = [
        value
        for model, *columns in asked
        for value in model.objects.aggregate(*map(Min, columns), *map(Max, columns)).values()
        if value is not None
    ]
    years = [day_of(at).year for at in found] or [2000]
    return min(years), max(years)


def _codes(**which: Any) -> Callable[[], int]:
    """Papers by dossier and code: one that came anew with a supplement counts once."""

    def counted() -> int:
        found = Paper.objects.filter(**which).order_by()
        return found.values("dossier", "code").distinct().count()

    return counted


def _charged(column: str) -> Callable[[], int]:
    def summed() -> int:
        of_dossiers = Charge.objects.filter(subject__in=Dossier.objects.values("uuid"))
        return of_dossiers.filter(withdrawal=None).aggregate(n=Sum(column))["n"] or 0

    return summed


def _paid(which: Q) -> Callable[[], int]:
    def summed() -> int:
        lines = PaymentLine.objects.filter(
            which,
            payment__cancellation=None,
            charge__withdrawal=None,
            charge__subject__in=Dossier.objects.values("uuid"),
        )
        return lines.aggregate(n=Sum("amount"))["n"] or 0

    return summed


def _last_scores() -> int:
    last = Rating.objects.order_by("dossier", "-at").distinct("dossier")
    return sum(last.values_list("score", flat=True))


def _steps() -> int:
    return Step.objects.count() + ImportedStep.objects.count()


COUNTED: Mapping[str, Callable[[], int]] = {
    "": Dossier.objects.count,
    "asked_held_papers": HeldPaperAsked.objects.count,
    "supplements": SupplementRequest.objects.count,
    "extensions": Extension.objects.count,
    "apologies": Apology.objects.count,
    "papers": _codes(),
    "papers_digitised": _codes(confirmation__isnull=False),
    "papers_reused": _codes(confirmation__result__isnull=False),
    "results": Result.objects.count,
    "results_digitised": Result.objects.exclude(file=None).count,
    "results_refusing": Result.objects.filter(refuses=True).count,
    "fee_due": _charged("amount"),
    "fee_full": _charged("full"),
    "fee_paid": _paid(Q()),
    "fee_cashless": _paid(~Q(payment__method=Method.CASH)),
    "complaints": Complaint.objects.count,
    "rating": _last_scores,
    "steps": _steps,
}
"""The measures that are counted or summed, each with its question."""
