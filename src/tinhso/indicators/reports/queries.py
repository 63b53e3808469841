"""Reads for the pages of reports: what one owes, what came in, how a period stands, what stands in a report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tinhso.agencies.queries import heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.indicators.models.reports import (
    OPEN,
    Act,
    Decision,
    Report,
    ReportState,
    Submission,
    held,
)
from tinhso.indicators.reports import providers, regimes
from tinhso.indicators.reports.permissions import ReportPermission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from tinhso.indicators.models.reports import (
        ReportQuerySet,
        ReportSentence,
        SentenceDecision,
    )
    from tinhso.indicators.reports.regimes import Level, Regime
    from tinhso.kernel.actors import Actor

TO_DO, SENT, INCOMING, LATE = "phai-lam", "da-gui", "cho-nhan", "cham"
LISTS = (TO_DO, SENT, INCOMING, LATE)
"""Views of the lists by the word of their address."""
PERIODS = 12


@dataclass(frozen=True)
class Pace:
    """How a report stands against its day: a state of the layout's pills, and the words."""

    state: str
    text: str


@dataclass(frozen=True)
class Row:
    """One report of a list."""

    report: Report
    title: str
    period: str
    agency: str
    receiver: str
    pace: Pace
    is_late: bool


def listed(view: str, actor: Actor, *, at: datetime) -> ReportQuerySet:
    """The reports of a view that the actor may see; an unknown view is what is to do."""
    agencies = held(actor, ReportPermission.READ, at=at)
    own = Report.objects.made_by(agencies)
    if view == SENT:
        sent = own.filter(state__in=(ReportState.SUBMITTED, ReportState.RECEIVED))
        return sent.order_by("-last", "regime", "pk")
    if view == INCOMING:
        coming = Report.objects.made_to(agencies).filter(state=ReportState.SUBMITTED)
        return coming.order_by("due_on", "pk")
    if view == LATE:
        late = Report.objects.visible_to(actor, at=at).late(day_of(at))
        return late.order_by("due_on", "regime", "pk")
    return own.filter(state__in=OPEN).order_by("due_on", "regime", "pk")


def rows_of(reports: Iterable[Report], on: date) -> list[Row]:
    """The reports with their names and how they stand."""
    found = list(reports)
    keys = {report.agency_id for report in found} | {report.receiver_id for report in found}
    names = names_of(keys, on)
    return [_row(report, names, on) for report in found]


def _row(report: Report, names: dict[int, str], on: date) -> Row:
    regime = regime_of(report)
    return Row(
        report=report,
        title=regime.title,
        period=regime.period(report.period).title,
        agency=names.get(report.agency_id, ""),
        receiver=names.get(report.receiver_id, ""),
        pace=pace_of(report, on),
        is_late=report.is_late(on),
    )


def regime_of(report: Report) -> Regime:
    """The version of the regime under which the report fell due."""
    return regimes.version_of(report.regime, report.regime_version)


def level_of(report: Report) -> Level:
    """The level of the report within its regime."""
    return regime_of(report).level(report.level)


def pace_of(report: Report, on: date) -> Pace:
    """How the report stands against its day: in words, whatever its state."""
    if report.waits_for_another_sending:
        state = "late" if report.is_late(on) else "near"
        return Pace(state, _("Bị trả lại, chưa gửi lại"))
    if report.submitted_on is not None:
        days = (report.submitted_on - report.due_on).days
        if days > 0:
            return Pace("late", _("Gửi trễ %(days)s ngày") % {"days": days})
        return Pace("done", _("Gửi đúng hạn"))
    days = (report.due_on - on).days
    if days < 0:
        return Pace("late", _("Quá hạn %(days)s ngày") % {"days": -days})
    if days == 0:
        return Pace("near", _("Hạn hôm nay"))
    near = days <= regime_of(report).remind_days
    return Pace("near" if near else "ok", _("Còn %(days)s ngày") % {"days": days})


@dataclass(frozen=True)
class PeriodStand:
    """How one level stands in one period, for whoever receives its reports."""

    regime: str
    period: str
    level: str
    title: str
    period_title: str
    level_title: str
    due_on: date
    all: int
    sent: int
    waiting: int
    received: int
    late: int


_STATES = {
    "all": Count("pk"),
    "sent": Count("pk", filter=Q(submitted_on__isnull=False)),
    "waiting": Count("pk", filter=Q(state=ReportState.SUBMITTED)),
    "received": Count("pk", filter=Q(state=ReportState.RECEIVED)),
}


def stands(actor: Actor, *, at: datetime) -> list[PeriodStand]:
    """The newest periods of the reports that are made to the actor's agencies, with counts; one query."""
    agencies = held(actor, ReportPermission.RECEIVE, at=at)
    incoming = Report.objects.made_to(agencies)
    late = Count("pk", filter=Q(state__in=OPEN, due_on__lt=day_of(at)))
    found = (
        incoming.values("regime", "regime_version", "period", "level", "due_on", "last")
        .annotate(**_STATES, late=late)
        .order_by("-last", "regime", "level")[:PERIODS]
    )
    return [_stand(dict(row)) for row in found]


def _stand(row: dict[str, Any]) -> PeriodStand:
    regime = regimes.version_of(row["regime"], row["regime_version"])
    counts = {name: row[name] for name in (*_STATES, "late")}
    return PeriodStand(
        regime=regime.code,
        period=row["period"],
        level=row["level"],
        title=regime.title,
        period_title=regime.period(row["period"]).title,
        level_title=regime.level(row["level"]).title,
        due_on=row["due_on"],
        **counts,
    )


def above(report: Report, actor: Actor, *, at: datetime) -> Report | None:
    """The consolidated report into which this one goes, of the agency that receives it; None when not to be seen."""
    regime = regime_of(report)
    codes = [level.code for level in regime.levels if level.gathers == report.level]
    found = Report.objects.visible_to(actor, at=at).filter(
        regime=report.regime, period=report.period, level__in=codes, agency=report.receiver_id
    )
    return found.first()


@dataclass(frozen=True)
class ShownSentence:
    """A sentence of the page with who decided on it last, and when."""

    sentence: ReportSentence
    unit: str
    kind: str
    pill: str
    decided: SentenceDecision | None
    by: str

    @property
    def is_waiting(self) -> bool:
        """Whether a person must still decide."""
        return self.sentence.decision == Decision.WAITING

    @property
    def is_fresh(self) -> bool:
        """Whether nobody decided on it at all: it can be kept with the others."""
        return self.is_waiting and not self.sentence.is_outrun

    @property
    def can_be_taken(self) -> bool:
        """Whether what the system offers, or what was dropped, can be put into the report by one click."""
        if self.sentence.decision == Decision.DROPPED:
            return bool(self.sentence.offered) or self.sentence.kind == providers.WRITTEN
        return bool(self.sentence.offered) and (
            self.is_waiting or self.sentence.decision == Decision.CHANGED
        )


PILLS = {
    Decision.WAITING: "wait",
    Decision.KEPT: "done",
    Decision.CHANGED: "near",
    Decision.DROPPED: "plain",
    Decision.WRITTEN: "ok",
}


def sentences_of(report: Report) -> dict[str, list[ShownSentence]]:
    """All sentences by section, those of units by their kind, dropped ones last, each with the last decision on it."""
    found = list(report.sentences.prefetch_related("decisions").order_by("pk"))
    names = names_of({each.unit_id for each in found if each.unit_id}, report.last)
    last = {
        each.pk: max(each.decisions.all(), key=lambda row: row.pk, default=None) for each in found
    }
    people = people_of([row.actor for row in last.values() if row])
    by_section = defaultdict(list)
    for each in sorted(found, key=_in_order):
        decided = last[each.pk]
        by_section[each.section].append(
            ShownSentence(
                sentence=each,
                unit=names.get(each.unit_id or 0, ""),
                kind=providers.name_of(each.kind) if each.unit_id else "",
                pill=PILLS[Decision(each.decision)],
                decided=decided,
                by=people[decided.actor] if decided else "",
            )
        )
    return by_section


def _in_order(sentence: ReportSentence) -> tuple[bool, str, int]:
    kind = sentence.kind if sentence.unit_id else ""
    return sentence.decision == Decision.DROPPED, kind, sentence.pk


@dataclass(frozen=True)
class Happening:
    """Something that happened to a report: what, in whose words, by whom."""

    at: datetime
    what: str
    words: str
    by: str
    number: int = 0


def history(report: Report) -> list[Happening]:
    """What was done to the report, the latest first; each sending names its version."""
    acts = list(report.acts.order_by("pk"))
    people = people_of([act.actor for act in acts])
    found, number = [], 0
    for act in acts:
        number += act.kind == Act.SUBMITTED
        sent = number if act.kind == Act.SUBMITTED else 0
        by = people[act.actor]
        found.append(Happening(act.at, str(Act(act.kind).label), act.words, by, sent))
    return found[::-1]


def is_ours(report: Report, actor: Actor, *, at: datetime) -> bool:
    """Whether the reader is of the agency that makes the report: its draft is nobody else's to read."""
    agency = heir(report.agency_id, day_of(at))
    return actor.holds(ReportPermission.READ, agency=agency, at=at)


def last_sent(report: Report) -> Submission | None:
    """The version that was sent last."""
    return report.submissions.order_by("number").last()
