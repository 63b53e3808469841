"""What the walk of permissions meets of reports: those of the commune, in the state where each act begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.cast import AT
from tests.walk_sample import Sample
from tinhso.indicators.models import Report
from tinhso.indicators.reports import regimes, services
from tinhso.indicators.reports.pages.acting import ACTS
from tinhso.indicators.reports.services import Signing
from tinhso.indicators.reports.tests.offices import REGIME, publish
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from tests.walk_things import Things

SYSTEM = SystemActor("test")
CODE = "de-an-06"
TYPED = {"reason": "Thử", "post": "Chủ tịch", "words": "Thử"}


PERIODS: dict[str, dict[str, str]] = {
    "period": {"key": "2026-09"},
    "closing": {"key": "2026-09"},
    "period_export": {"key": "2026-09", "form": "csv"},
    "period_records": {"key": "2026-09", "code": "online"},
}
"""A month that is over and not closed."""


def make_report_samples(things: Things) -> dict[str, list[Sample]]:
    """A report to open, one half written, one to send, one that came in, all of the commune to the department."""
    publish("report_regime", CODE, REGIME)
    due, draft, confirmed, sent = (_report(things, number) for number in range(1, 5))
    for report in (draft, confirmed, sent):
        services.open_report(report.uuid, actor=SYSTEM, at=AT)
    sentence = services.write(draft.uuid, "next", words="Thử", actor=SYSTEM, at=AT)
    figure = draft.figures.order_by("pk")[0]
    for report in (confirmed, sent):
        services.confirm(report.uuid, signing=Signing(post="Chủ tịch"), actor=SYSTEM, at=AT)
    services.submit(sent.uuid, actor=SYSTEM, at=AT)
    draft.refresh_from_db()
    key = {"key": draft.uuid}
    starts = {"lap": due, "gui": confirmed, "sua-tiep": confirmed, "nhan": sent, "tra-lai": sent}
    typed = {**TYPED, "expected": str(draft.version)}
    decision = {"lam": "giu", "expected": str(sentence.version)}
    correction = {"value": "1", "numerator": "1", "denominator": "1", "reason": "Thử"}
    period = {"regime": CODE, "period": sent.period, "level": "unit"}
    parts = {**key, "figure": figure.uuid, "sentence": sentence.uuid, "section": "next"}
    return {
        "api/v1/reports/": [Sample("half written", parts)],
        "reports:report": [Sample("half written", key), Sample("sent", {"key": sent.uuid})],
        "reports:sent": [Sample("sent", {"key": sent.uuid, "number": 1})],
        "reports:paper": [
            Sample("half written", {**key, "form": "xlsx"}),
            Sample("sent", {"key": sent.uuid, "form": "xlsx"}),
        ],
        "reports:period": [Sample("of the department", period)],
        "reports:sentence": [Sample("half written", {**key, "sentence": sentence.uuid}, decision)],
        "reports:keeping": [Sample("half written", {**key, "section": "next"})],
        "reports:writing": [Sample("half written", {**key, "section": "next"}, TYPED)],
        "reports:figure": [
            Sample("half written", {**key, "figure": figure.uuid}, {**correction, "expected": "0"})
        ],
        "reports:act": [
            Sample(act.slug, {"key": starts.get(act.slug, draft).uuid, "slug": act.slug}, typed)
            for act in ACTS
        ],
        **{f"indicators:{name}": [Sample("a month", parts)] for name, parts in PERIODS.items()},
    }


def _report(things: Things, number: int) -> Report:
    period = regimes.regime(CODE).period(f"2026-{number:02d}")
    return Report.objects.create(
        regime=CODE,
        regime_version="1",
        level="unit",
        period=period.code,
        first=period.first,
        last=period.last,
        agency=things.cast.commune,
        receiver=things.cast.department,
        due_on=date(2026, 11, 30),
        at=AT,
    )
