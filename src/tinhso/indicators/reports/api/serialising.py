"""Reports as the shapes that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.api.agencies import ShownAgency, shown_agencies
from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import Decision, ReportState
from tinhso.indicators.reports import queries
from tinhso.indicators.reports.api import shown
from tinhso.indicators.reports.content import content_of
from tinhso.indicators.reports.providers import MISSED_TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.indicators.models import Report
    from tinhso.indicators.models.reports import ReportSentence
    from tinhso.kernel.actors import Actor


def reports(found: Sequence[Report], following: UUID | None, on: date) -> shown.ShownReports:
    """A page of reports."""
    agencies = _agencies(found, on)
    return shown.ShownReports(
        reports=[shown.ShownReport(**_short(report, agencies, on)) for report in found],
        next=following,
    )


def _agencies(found: Iterable[Report], on: date) -> dict[int, ShownAgency]:
    keys = {key for report in found for key in (report.agency_id, report.receiver_id)}
    return shown_agencies(keys, on)


def _short(report: Report, agencies: Mapping[int, ShownAgency], on: date) -> dict[str, Any]:
    return {
        "uuid": report.uuid,
        "regime": report.regime,
        "regime_version": report.regime_version,
        "name": queries.regime_of(report).title,
        "level": report.level,
        "period": report.period,
        "first": report.first,
        "last": report.last,
        "agency": agencies[report.agency_id],
        "receiver": agencies[report.receiver_id],
        "due_on": report.due_on,
        "submitted_on": report.submitted_on,
        "state": report.state,
        "is_late": report.is_late(on),
        "version": report.version,
    }


def whole(report: Report, *, actor: Actor, at: datetime) -> shown.ShownReportWhole:
    """A report with its parts, as its agency writes it; to whoever only receives it, as it was sent last."""
    is_own = queries.is_ours(report, actor, at=at)
    sent = None if is_own else queries.last_sent(report)
    content = _content(report, is_own=is_own) if sent is None else sent.content
    standing = _Standing(report) if is_own else None
    return shown.ShownReportWhole(
        **_short(report, _agencies([report], report.last), day_of(at)),
        is_own=is_own,
        sent=sent.number if sent else None,
        waiting=report.sentences.filter(decision=Decision.WAITING).count() if is_own else 0,
        sections=[_section(report, section, standing) for section in content["sections"]],
        gathered=content["gathered"],
        signing=content["signing"],
        history=[
            shown.ShownHappening(at=act.at, act=act.kind, words=act.words)
            for act in report.acts.order_by("-pk")
        ],
    )


def _content(report: Report, *, is_own: bool) -> dict[str, Any]:
    """What stands in one's own report; of another's that was never sent, nothing."""
    if is_own and report.state != ReportState.DUE:
        return content_of(report)
    return {"sections": [], "gathered": None, "signing": {}}


class _Standing:
    """The versions of figures, and all sentences, of a report that is still written."""

    def __init__(self, report: Report) -> None:
        self.figures = {
            str(key): version for key, version in report.figures.values_list("uuid", "version")
        }
        self.sentences: dict[str, list[ReportSentence]] = {}
        for sentence in report.sentences.order_by("pk"):
            self.sentences.setdefault(sentence.section, []).append(sentence)


def _section(
    report: Report, section: Mapping[str, Any], standing: _Standing | None
) -> shown.ShownSection:
    units = {each["uuid"]: each["unit"] for each in section["sentences"]}
    if standing is None:
        sentences = [_sent_sentence(report, each) for each in section["sentences"]]
    else:
        rows = standing.sentences.get(section["code"], [])
        sentences = [_sentence(row, units.get(str(row.uuid), "")) for row in rows]
    return shown.ShownSection(
        code=section["code"],
        name=section["name"],
        figures=list(_figures(section, standing)),
        sentences=sentences,
    )


def _sentence(row: ReportSentence, unit: str) -> shown.ShownSentence:
    return shown.ShownSentence(
        uuid=row.uuid,
        kind=row.kind,
        offered=row.offered,
        words=row.words,
        unit_name=unit,
        link=row.link if not unit or row.kind == MISSED_TARGETS else "",
        decision=row.decision,
        version=row.version,
    )


def _sent_sentence(report: Report, said: Mapping[str, Any]) -> shown.ShownSentence:
    """A sentence of a sending: what stood then; whether it was offered so is its agency's own affair.

    Its receiver is led to the figures of what was sent alone, as on the page.
    """
    opens = said["kind"] == MISSED_TARGETS and not said["unit"] and not report.is_writable
    return shown.ShownSentence(
        uuid=said["uuid"],
        kind=said["kind"],
        offered="",
        words=said["words"],
        unit_name=said["unit"],
        link=said["link"] if opens else "",
        decision=Decision.KEPT,
        version=None,
    )


def _figures(section: Mapping[str, Any], standing: _Standing | None) -> Iterable[shown.ShownFigure]:
    for table in section["tables"]:
        named = {each["code"]: each for each in table["indicators"]}
        for line in table["lines"]:
            for figure in line["figures"]:
                known = named[figure["indicator"]]
                yield shown.ShownFigure(
                    uuid=figure["uuid"],
                    indicator=figure["indicator"],
                    name=known["name"],
                    unit=known["unit"],
                    is_ratio=known["is_ratio"],
                    definition=figure["definition"],
                    source=figure["source"],
                    unit_name=line["name"],
                    value=_plain(figure["value"]),
                    numerator=figure["numerator"],
                    denominator=figure["denominator"],
                    missing_units=(figure.get("wanting") or {}).get("units", []),
                    stated=_stated(figure["stated"]),
                    reason=figure["reason"],
                    version=standing.figures.get(figure["uuid"]) if standing else None,
                )


def _stated(said: Mapping[str, Any] | None) -> shown.ShownReportNumbers | None:
    if not said:
        return None
    return shown.ShownReportNumbers(
        value=_plain(said["value"]), numerator=said["numerator"], denominator=said["denominator"]
    )


def _plain(text: str | None) -> str | None:
    """A number without the zeros that only its column adds."""
    if text is None or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")
