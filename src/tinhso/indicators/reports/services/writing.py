"""What the agency's people do with their report: open it half written, keep, change or drop each sentence, correct."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tinhso.indicators import catalogue
from tinhso.indicators.models.reports import (
    WRITABLE,
    Act,
    Decision,
    FigureCorrection,
    Report,
    ReportFigure,
    ReportSentence,
    ReportState,
    SentenceDecision,
    figure_of,
    sentence_of,
)
from tinhso.indicators.reports import events, regimes
from tinhso.indicators.reports.errors import (
    FigureUnfit,
    LineUnknown,
    SectionUnknown,
    SentenceEmpty,
)
from tinhso.indicators.reports.figures import Numbers
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.indicators.reports.providers import WRITTEN
from tinhso.indicators.reports.services.acting import act, expect, own, reasoned, tell, touch
from tinhso.indicators.reports.services.filling import fill, follow
from tinhso.indicators.reports.wording import UNFIT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Actor

PERCENT = "%"


@transaction.atomic
def open_report(key: UUID, *, expected: int | None = None, actor: Actor, at: datetime) -> Report:
    """Open the report half written (lập báo cáo): its figures observed, sentences offered.

    That of a level that gathers takes the received reports of the level below: a consolidated report (tổng hợp).
    """
    report = own(key, ReportPermission.WRITE, ReportState.DUE, actor=actor, at=at)
    expect(report.version, expected)
    fill(report, at=at)
    payload = {"regime": report.regime, "period": report.period}
    kind, event = Act.OPENED, events.OPENED
    act(report, kind, event, state=ReportState.DRAFT, actor=actor, at=at, payload=payload)
    return report


@transaction.atomic
def recount(key: UUID, *, expected: int | None = None, actor: Actor, at: datetime) -> int:
    """Take figures and offers anew (lấy lại số liệu); how many figures changed.

    What a person decided or corrected stays; but a sentence of a figure that changed waits for a person again.
    """
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    expect(report.version, expected)
    changed = fill(report, at=at)
    state = ReportState(report.state)
    payload = {"figures": changed}
    kind, event = Act.RECOUNTED, events.RECOUNTED
    act(report, kind, event, state=state, actor=actor, at=at, payload=payload)
    return changed


@transaction.atomic
def decide(
    key: UUID,
    sentence: UUID,
    *,
    decision: Decision,
    words: str = "",
    expected: int | None = None,
    actor: Actor,
    at: datetime,
) -> ReportSentence:
    """Keep, change or drop a sentence (giữ, sửa, bỏ câu); `words` are those that a change puts in its place.

    A sentence that somebody else decided on since the page was made is refused with `StaleVersion`.
    """
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    found = sentence_of(report, sentence)
    expect(found.version, expected)
    if decision is Decision.CHANGED:
        text = _worded(words)
        kind: Decision = Decision.CHANGED if found.offered else Decision.WRITTEN
    else:
        text = found.offered if decision is Decision.KEPT and found.offered else found.words
        kind = decision if found.offered or decision is Decision.DROPPED else Decision.WRITTEN
    _decide(found, kind, text, actor=actor, at=at)
    touch(report)
    _told(report, found, actor=actor, at=at)
    return found


@transaction.atomic
def keep_rest(key: UUID, section: str, *, actor: Actor, at: datetime) -> int:
    """Keep every sentence of a section that nobody decided on (giữ các câu còn lại); how many.

    One that a person worded before its figure changed waits for its own decision.
    """
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    waiting = report.sentences.select_for_update().filter(
        section=section, decision=Decision.WAITING, words=F("offered")
    )
    found = list(waiting.order_by("pk"))
    for sentence in found:
        _decide(sentence, Decision.KEPT, sentence.offered, actor=actor, at=at)
        _told(report, sentence, actor=actor, at=at)
    touch(report)
    return len(found)


@transaction.atomic
def write(key: UUID, section: str, *, words: str, actor: Actor, at: datetime) -> ReportSentence:
    """Add a paragraph of one's own to a section (viết thêm)."""
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    regime = regimes.version_of(report.regime, report.regime_version)
    if regime.section(section) is None:
        raise SectionUnknown
    text = _worded(words)
    made = ReportSentence.objects.create(
        report=report, section=section, kind=WRITTEN, words=text, at=at
    )
    _decide(made, Decision.WRITTEN, text, actor=actor, at=at)
    touch(report)
    _told(report, made, actor=actor, at=at)
    return made


def _worded(words: str) -> str:
    text = "\n".join(line.strip() for line in words.strip().splitlines() if line.strip())
    if not text:
        raise SentenceEmpty
    return text


def _decide(
    sentence: ReportSentence, decision: Decision, words: str, *, actor: Actor, at: datetime
) -> None:
    SentenceDecision.objects.create(
        sentence=sentence, kind=decision, words=words, at=at, actor=actor.key
    )
    sentence.decision, sentence.words = decision, words
    sentence.version += 1
    sentence.save(update_fields=["decision", "words", "version"])


def _told(report: Report, sentence: ReportSentence, *, actor: Actor, at: datetime) -> None:
    payload = {"sentence": sentence.uuid, "act": sentence.decision}
    tell(report, events.WRITTEN, actor=actor, at=at, payload=payload)


@transaction.atomic
def correct(
    key: UUID,
    figure: UUID,
    said: Numbers,
    *,
    reason: str,
    expected: int | None = None,
    actor: Actor,
    at: datetime,
) -> FigureCorrection:
    """Say another number than the records do (sửa số liệu), and why; both stand, also in the sentence about it.

    Of a ratio part and whole are said, and its value follows from them.
    """
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    found = _correctable(report, figure, expected)
    why = reasoned(reason)
    numbers = _fit(catalogue.in_force().get(found.indicator), said)
    made = FigureCorrection.objects.create(
        figure=found,
        value=numbers.value,
        numerator=numbers.numerator,
        denominator=numbers.denominator,
        reason=why,
        at=at,
        actor=actor.key,
    )
    _stand(report, found, numbers, actor=actor, at=at)
    return made


@transaction.atomic
def withdraw_correction(
    key: UUID,
    figure: UUID,
    *,
    reason: str,
    expected: int | None = None,
    actor: Actor,
    at: datetime,
) -> FigureCorrection:
    """Hold to the records again (bỏ số đã sửa), and why."""
    report = own(key, ReportPermission.WRITE, *WRITABLE, actor=actor, at=at)
    found = _correctable(report, figure, expected)
    made = FigureCorrection.objects.create(
        figure=found, is_withdrawn=True, reason=reasoned(reason), at=at, actor=actor.key
    )
    _stand(report, found, None, actor=actor, at=at)
    return made


def _correctable(report: Report, figure: UUID, expected: int | None) -> ReportFigure:
    """The figure of the agency itself: what a unit below said is corrected by that unit, after a return."""
    found = figure_of(report, figure)
    if found.origin_id is not None:
        raise LineUnknown
    expect(found.version, expected)
    return found


def _stand(
    report: Report, figure: ReportFigure, numbers: Numbers | None, *, actor: Actor, at: datetime
) -> None:
    figure.stated = numbers.stored() if numbers else None
    figure.version += 1
    figure.save(update_fields=["stated", "version"])
    follow(report, at=at)
    touch(report)
    payload = {
        "figure": figure.uuid,
        "indicator": figure.indicator,
        "is_withdrawn": numbers is None,
    }
    tell(report, events.CORRECTED, actor=actor, at=at, payload=payload)


def _fit(indicator: Indicator | None, said: Numbers) -> Numbers:
    """The numbers as they can be, the value of a ratio worked out; refuses with `FigureUnfit`."""
    if indicator is not None and indicator.is_ratio:
        if said.numerator is None or said.denominator is None:
            raise FigureUnfit(why=UNFIT["both"])
        if said.numerator < 0 or said.denominator < 0:
            raise FigureUnfit(why=UNFIT["negative"])
        if said.numerator > said.denominator and indicator.unit == PERCENT:
            raise FigureUnfit(why=UNFIT["part"])
        value = indicator.value(said.numerator, said.denominator)
        return Numbers(value, said.numerator, said.denominator)
    if said.value is None:
        raise FigureUnfit(why=UNFIT["value"])
    if said.value < Decimal(0):
        raise FigureUnfit(why=UNFIT["negative"])
    return Numbers(indicator.rounded(said.value) if indicator else said.value)
