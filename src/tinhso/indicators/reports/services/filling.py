"""A report fills itself: figures from the records, sentences from what is known; a consolidated one from below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from tinhso.indicators import catalogue
from tinhso.indicators.models.reports import (
    Decision,
    Report,
    ReportFigure,
    ReportSentence,
    ReportState,
    Source,
    Submission,
)
from tinhso.indicators.reports import figures, providers, regimes
from tinhso.indicators.reports.errors import NothingGathered
from tinhso.indicators.reports.figures import Numbers, Taken, numbers_of, said
from tinhso.indicators.reports.providers import MISSED_TARGETS, Asked, Offer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tinhso.indicators.reports.regimes import Regime

_Key = tuple[str, str]
"""Section and source of a sentence."""


def fill(report: Report, *, at: datetime) -> int:
    """Take figures and offers anew; what a person decided stays. How many figures are others than before."""
    regime = regimes.version_of(report.regime, report.regime_version)
    if regime.level(report.level).gathers:
        return _gather(report, regime, at=at)
    agencies = figures.reach(report.agency_id, report.last)
    taken = figures.taken(regime.indicators, agencies, report.first, report.last, at=at)
    changed = _keep_figures(report, [_own(report, each, at) for each in taken])
    asked = Asked(agencies, report.first, report.last, at)
    _keep_sentences(report, _offered(report, regime, asked))
    return changed


def follow(report: Report, *, at: datetime) -> None:
    """Offer what tells of figures anew, after one of them was corrected."""
    regime = regimes.version_of(report.regime, report.regime_version)
    if regime.level(report.level).gathers:
        return
    agencies = figures.reach(report.agency_id, report.last)
    asked = Asked(agencies, report.first, report.last, at)
    _keep_sentences(report, _offered(report, regime, asked, (MISSED_TARGETS,)), MISSED_TARGETS)


def _own(report: Report, each: Taken, at: datetime) -> ReportFigure:
    return ReportFigure(
        report=report,
        indicator=each.indicator,
        definition=each.definition,
        agency_id=report.agency_id,
        source=each.source,
        value=each.value,
        numerator=each.numerator,
        denominator=each.denominator,
        snapshots=each.snapshots,
        at=at,
    )


def _offered(
    report: Report, regime: Regime, asked: Asked, kinds: Collection[str] = ()
) -> list[ReportSentence]:
    """The sentences of all kinds that the regime asks for, or of these alone; Vietnamese, whatever the page."""
    with translation.override("vi"):
        return list(_sentences(report, regime, asked, kinds))


def _sentences(
    report: Report, regime: Regime, asked: Asked, kinds: Collection[str]
) -> Iterator[ReportSentence]:
    yield from (
        ReportSentence(
            report=report,
            section=section.code,
            kind=code,
            source=offer.source,
            offered=offer.words,
            words=offer.words,
            link=offer.link,
            at=asked.at,
        )
        for section in regime.sections
        for code in section.offers
        if not kinds or code in kinds
        for offer in _offers(report, code, asked)
    )


def _offers(report: Report, code: str, asked: Asked) -> Sequence[Offer]:
    if code == MISSED_TARGETS:
        return figures.missed_targets(report, asked.agencies)
    provider = providers.provider(code)
    return provider.offers(asked) if provider else ()


def _keep_figures(report: Report, found: Iterable[ReportFigure]) -> int:
    """Write figures that are new or others; what the agency says beside them stays."""
    known = {(each.indicator, each.agency_id): each for each in report.figures.all()}
    new, changed = [], []
    for each in found:
        before = known.pop((each.indicator, each.agency_id), None)
        if before is None:
            new.append(each)
        elif _differs(before, each):
            each.pk, each.uuid = before.pk, before.uuid
            each.version = before.version + 1
            if before.corrections.exists():
                each.stated = before.stated
            changed.append(each)
    ReportFigure.objects.bulk_create(new)
    ReportFigure.objects.bulk_update(changed, _NUMBERS)
    return len(changed)


_NUMBERS = [
    *("definition", "source", "value", "numerator", "denominator", "snapshots", "stated"),
    *("origin", "version", "at"),
]


def _differs(before: ReportFigure, now: ReportFigure) -> bool:
    if any(getattr(before, name) != getattr(now, name) for name in _COMPARED):
        return True
    return now.stated != before.stated and not before.corrections.exists()


_COMPARED = (*("source", "value", "numerator", "denominator"), *("definition", "origin_id"))


def _keep_sentences(
    report: Report, offered: Iterable[ReportSentence], kind: str | None = None
) -> None:
    """Offer what is new; reword what nobody decided on yet, and take back what no longer holds; perhaps of one kind.

    A sentence that tells of a figure follows it also when a person decided on it, and waits for a person again: kept
    it says the new words; reworded it keeps the person's, and the new ones stand beside them to be taken.
    """
    before_it = report.sentences.exclude(source="")
    known: dict[_Key, ReportSentence] = {
        (each.section, each.source): each
        for each in (before_it.filter(kind=kind) if kind else before_it)
    }
    new, reworded = [], []
    for each in offered:
        before = known.pop((each.section, each.source), None)
        if before is None:
            new.append(each)
        elif before.offered != each.offered and _follows(before):
            reworded.append(_reworded(before, each.offered))
    gone = [each for each in known.values() if _follows(each)]
    undecided = report.sentences.filter(pk__in=[each.pk for each in gone], decisions=None)
    reworded += [_reworded(each, "") for each in gone if each.offered and each not in undecided]
    undecided.delete()
    ReportSentence.objects.bulk_create(new)
    ReportSentence.objects.bulk_update(reworded, ["offered", "words", "decision", "version"])


def _follows(sentence: ReportSentence) -> bool:
    """Whether it follows what the system knows: nobody decided on it, or it tells of a figure."""
    return sentence.decision == Decision.WAITING or sentence.kind == MISSED_TARGETS


def _reworded(sentence: ReportSentence, offered: str) -> ReportSentence:
    """The sentence with what is offered now (nothing when it no longer holds); a person's words stay.

    It waits for a person, except that what was dropped stays dropped.
    """
    if sentence.words == sentence.offered and offered:
        sentence.words = offered
    sentence.offered = offered
    if sentence.decision != Decision.DROPPED:
        sentence.decision = Decision.WAITING
    sentence.version += 1
    return sentence


def received_below(report: Report, regime: Regime) -> dict[int, Submission]:
    """The last submission of each unit below whose report was received in this period, by agency."""
    below = regime.level(report.level).gathers
    reports = Report.objects.of(report.regime, report.period, below).filter(
        receiver=report.agency_id, state=ReportState.RECEIVED
    )
    sent = Submission.objects.filter(report__in=reports).select_related("report").order_by("number")
    return {each.report.agency_id: each for each in sent}


def _gather(report: Report, regime: Regime, *, at: datetime) -> int:
    """Add the received reports of the level below up, each number with the submissions that it is of."""
    received = received_below(report, regime)
    if not received:
        raise NothingGathered
    lines: list[ReportFigure] = []
    sentences: list[ReportSentence] = []
    for agency, submission in sorted(received.items()):
        for section in submission.content["sections"]:
            lines += _unit_lines(report, agency, submission, section, at)
            sentences += _unit_sentences(report, agency, section, at)
    lines = list({(each.indicator, each.agency_id): each for each in lines}.values())
    totals = [_total(report, code, lines, at) for code in regime.indicators]
    report.figures.exclude(agency=None).exclude(agency__in=received).delete()
    changed = _keep_figures(report, [*totals, *lines])
    _keep_sentences(report, sentences)
    return changed


def _unit_lines(
    report: Report, agency: int, submission: Submission, section: Mapping[str, Any], at: datetime
) -> list[ReportFigure]:
    made: dict[str, ReportFigure] = {}
    for table in section["tables"]:
        for figure in table["lines"][0]["figures"]:
            numbers = numbers_of(figure)
            made[figure["indicator"]] = ReportFigure(
                report=report,
                indicator=figure["indicator"],
                definition=figure["definition"],
                agency_id=agency,
                origin=submission,
                source=figure["source"],
                value=numbers.value,
                numerator=numbers.numerator,
                denominator=numbers.denominator,
                snapshots=figure["snapshots"],
                stated=figure["stated"],
                at=at,
            )
    return list(made.values())


def _unit_sentences(
    report: Report, agency: int, section: Mapping[str, Any], at: datetime
) -> list[ReportSentence]:
    return [
        ReportSentence(
            report=report,
            section=section["code"],
            kind=sentence["kind"],
            source=f"sentence:{sentence['uuid']}",
            offered=sentence["words"],
            words=sentence["words"],
            link=sentence["link"],
            unit_id=agency,
            at=at,
        )
        for sentence in section["sentences"]
    ]


_KNOWN = (Source.COMPUTED, Source.SUMMED)
"""What the records told of a unit; elsewhere there is nothing to add up."""


def _total(report: Report, code: str, lines: Sequence[ReportFigure], at: datetime) -> ReportFigure:
    """The line of all units: what the records say added up, and beside it what the units say where one corrected."""
    of_it = [line for line in lines if line.indicator == code]
    indicator = catalogue.in_force().get(code)
    computed = figures.total(
        indicator, (Numbers(each.value, each.numerator, each.denominator) for each in of_it)
    )
    stated = None
    if any(each.stated for each in of_it):
        stated = figures.total(indicator, (said(each) for each in of_it)).stored()
    return ReportFigure(
        report=report,
        indicator=code,
        definition=indicator.version if indicator else "",
        agency=None,
        source=Source.SUMMED if any(each.source in _KNOWN for each in of_it) else Source.NO_SOURCE,
        value=computed.value,
        numerator=computed.numerator,
        denominator=computed.denominator,
        stated=stated,
        at=at,
    )
