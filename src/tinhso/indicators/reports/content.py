"""What a report says, whole, as JSON values: what is sent, printed, and gathered into the report above."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation

from tinhso.agencies.queries import names_of, period_of
from tinhso.indicators import catalogue
from tinhso.indicators.models.reports import Decision, Report, ReportState
from tinhso.indicators.reports import providers, regimes
from tinhso.indicators.reports.figures import is_summed, reasons_of, said
from tinhso.indicators.reports.reporters import province

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tinhso.indicators.models.reports import ReportFigure, ReportSentence
    from tinhso.indicators.reports.regimes import Regime, Table

Content = dict[str, Any]


@dataclass(frozen=True)
class Units:
    """The units of a consolidated report by name, and those of them that owe theirs to it."""

    names: Mapping[int, str]
    due: Collection[int]

    def wanting(
        self, code: str, lines: Mapping[int | None, Mapping[str, ReportFigure]]
    ) -> Content | None:
        """Of a figure added up: of how many units it should be, and who is not in it."""
        if not self.due or not is_summed(catalogue.in_force().get(code)):
            return None
        told = {unit for unit, line in lines.items() if code in line and _is_told(line[code])}
        missing = sorted(self.names[unit] for unit in self.due if unit not in told)
        return {"of": len(self.due), "units": missing}


def _is_told(figure: ReportFigure) -> bool:
    """Whether there is a number at all: a ratio without cases is one, of nothing."""
    numbers = said(figure)
    return numbers.value is not None or numbers.denominator is not None


def wanting_of(figure: ReportFigure) -> Content | None:
    """The same of one figure of all units."""
    report = figure.report
    below = _below(report, regimes.version_of(report.regime, report.regime_version))
    rows = report.figures.filter(indicator=figure.indicator)
    lines = {row.agency_id: {row.indicator: row} for row in rows}
    units = Units(names_of(below.keys(), report.last), below.keys())
    return units.wanting(figure.indicator, lines)


def content_of(report: Report) -> Content:
    """Everything that stands in the report: dropped sentences do not. Vietnamese, whatever the page."""
    with translation.override("vi"):
        return _content(report)


def _content(report: Report) -> Content:
    regime = regimes.version_of(report.regime, report.regime_version)
    figures = list(report.figures.order_by("pk"))
    sentences = list(report.sentences.exclude(decision=Decision.DROPPED).order_by("pk"))
    agencies = {each.agency_id for each in figures} | {each.unit_id for each in sentences}
    below = _below(report, regime)
    names = names_of({each for each in agencies if each} | below.keys(), report.last)
    period = regime.period(report.period).title
    return {
        "regime": report.regime,
        "regime_version": report.regime_version,
        "name": regime.name,
        "about": regime.about.format(period=period),
        "period": report.period,
        "period_title": period,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "agency": agency_words(report.agency_id, report),
        "receiver": agency_words(report.receiver_id, report),
        "signing": report.signing,
        "legal_basis": [_article(article) for article in regime.legal_basis],
        "sections": _sections(regime, figures, sentences, Units(names, below.keys())),
        "gathered": _gathered(below, names),
    }


def agency_words(agency: int, report: Report) -> dict[str, Any]:
    """An agency as a paper names it: itself, whom it is under, its place."""
    on = report.last
    row = period_of(agency, on)
    if row is None:
        return {"key": agency, "name": names_of([agency], on)[agency], "parent": "", "place": ""}
    root = province()
    parent = "" if agency == root or row.parent_id is None else names_of([row.parent_id], on)
    place = period_of(root, on) if root and row.parent_id == root else None
    is_commune = row.agency.kind == "commune"
    return {
        "key": agency,
        "kind": row.agency.kind,
        "name": row.official_name,
        "parent": parent[row.parent_id] if parent and row.parent_id else "",
        "place": (row if is_commune or place is None else place).place_name,
    }


def _article(article: Mapping[str, Any]) -> str:
    parts = [str(article["document"]), str(article.get("article", ""))]
    return ", ".join(part for part in parts if part)


def _sections(
    regime: Regime,
    figures: Sequence[ReportFigure],
    sentences: Sequence[ReportSentence],
    units: Units,
) -> list[Content]:
    reasons = reasons_of(figures)
    by_section = defaultdict(list)
    for sentence in sentences:
        by_section[sentence.section].append(_sentence(sentence, units.names))
    return [
        {
            "code": section.code,
            "name": section.name,
            "tables": [_table(table, figures, units, reasons) for table in section.tables],
            "sentences": by_section[section.code],
        }
        for section in regime.sections
    ]


def _sentence(sentence: ReportSentence, names: Mapping[int, str]) -> Content:
    return {
        "uuid": str(sentence.uuid),
        "kind": sentence.kind,
        "kind_name": providers.name_of(sentence.kind),
        "words": sentence.words,
        "link": sentence.link,
        "unit": names.get(sentence.unit_id or 0, ""),
    }


def _table(
    table: Table,
    figures: Sequence[ReportFigure],
    units: Units,
    reasons: Mapping[int, str],
) -> Content:
    """The columns are indicators; the first line is the agency's own, or of all units, and units follow by name."""
    wanted = [each for each in figures if each.indicator in table.indicators]
    lines: dict[int | None, dict[str, ReportFigure]] = defaultdict(dict)
    for figure in wanted:
        lines[figure.agency_id if figure.origin_id else None][figure.indicator] = figure
    names = units.names
    own = sorted((key for key in lines if key is not None), key=lambda key: names.get(key, ""))
    return {
        "code": table.code,
        "name": table.name,
        "indicators": [_indicator(code) for code in table.indicators],
        "lines": [
            {
                "agency": key,
                "name": names.get(key or 0, ""),
                "figures": [
                    _figure(lines[key][code], reasons)
                    | ({"wanting": units.wanting(code, lines)} if key is None else {})
                    for code in table.indicators
                    if code in lines[key]
                ],
            }
            for key in [None, *own]
        ],
    }


def _indicator(code: str) -> Content:
    known = catalogue.in_force().get(code)
    if known is None:
        return {"code": code, "name": code, "unit": "", "is_ratio": False}
    return {"code": code, "name": known.name, "unit": known.unit, "is_ratio": known.is_ratio}


def _figure(figure: ReportFigure, reasons: Mapping[int, str]) -> Content:
    return {
        "uuid": str(figure.uuid),
        "indicator": figure.indicator,
        "definition": figure.definition,
        "source": figure.source,
        "source_name": str(figure.get_source_display()),
        "value": None if figure.value is None else str(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "snapshots": figure.snapshots,
        "stated": figure.stated,
        "reason": reasons.get(figure.pk, "") if figure.stated else "",
    }


def _below(report: Report, regime: Regime) -> dict[int, bool]:
    """Of a consolidated report: the units that owe theirs to it, and whether each was received."""
    below = regime.level(report.level).gathers
    if not below:
        return {}
    due = Report.objects.of(report.regime, report.period, below).filter(receiver=report.agency_id)
    return {
        agency: state == ReportState.RECEIVED
        for agency, state in due.values_list("agency", "state")
    }


def _gathered(below: Mapping[int, bool], names: Mapping[int, str]) -> Content | None:
    """Of a consolidated report: how many units it is of, and who is missing."""
    if not below:
        return None
    missing = sorted(names[unit] for unit, is_received in below.items() if not is_received)
    return {"units": len(below) - len(missing), "of": len(below), "missing": missing}
