"""Reports that fall due, what stands in them, and what was done to them (báo cáo định kỳ)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import carried_on
from tinhso.calendars.clock import day_of
from tinhso.indicators.reports.errors import LineUnknown, ReportUnknown
from tinhso.indicators.reports.permissions import ReportPermission

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


class ReportState(models.TextChoices):
    """Where a report stands; follows from the acts that were done to it."""

    DUE = "due", _("Chưa lập")
    DRAFT = "draft", _("Đang lập")
    CONFIRMED = "confirmed", _("Đã xác nhận, chờ gửi")
    SUBMITTED = "submitted", _("Đã gửi, chờ nhận")
    RETURNED = "returned", _("Bị trả lại")
    RECEIVED = "received", _("Đã được nhận")


WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)
OPEN = (ReportState.DUE, ReportState.DRAFT, ReportState.CONFIRMED, ReportState.RETURNED)
"""The reporting agency must still do something."""


def held(actor: Actor, permission: Permission, *, at: datetime) -> frozenset[int] | None:
    """The agencies where the right is held, with those whose work they carry on that day; None is everywhere."""
    scope = actor.scope(permission, at=at)
    if scope.everywhere:
        return None
    agencies = scope.agencies
    return agencies | carried_on(agencies, day_of(at)) if agencies else frozenset()


class ReportQuerySet(models.QuerySet["Report"]):
    """Words about reports."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those that the actor's agencies make, and those that are made to them."""
        agencies = held(actor, ReportPermission.READ, at=at)
        if agencies is None:
            return self
        return self.filter(Q(agency__in=agencies) | Q(receiver__in=agencies))

    def made_by(self, agencies: Collection[int] | None) -> Self:
        """Those that these agencies make; all when None."""
        return self if agencies is None else self.filter(agency__in=agencies)

    def made_to(self, agencies: Collection[int] | None) -> Self:
        """Those that are made to these agencies; all when None."""
        return self if agencies is None else self.filter(receiver__in=agencies)

    def of(self, regime: str, period: str, level: str) -> Self:
        """The reports of one level in one period."""
        return self.filter(regime=regime, period=period, level=level)

    def late(self, on: date) -> Self:
        """Those whose day has passed while the agency must still send them, returned ones too."""
        return self.filter(state__in=OPEN, due_on__lt=on)

    def get_or_refuse(self, key: UUID) -> Report:
        """The one of that uuid; `ReportUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise ReportUnknown
        return found


class Report(models.Model):
    """One report that one agency owes for one period (báo cáo phải lập), from the day on which it is called for.

    `first` and `last` are the ends of the data cut-off, `due_on` the last day on which it is in time. `submitted_on` is
    the day of the first submission: what is returned and sent again stays in time. `signing` says who confirmed it and
    how the paper is signed. `version` rises with every change.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regime = models.CharField(max_length=100)
    regime_version = models.CharField(max_length=20)
    level = models.CharField(max_length=50)
    period = models.CharField(max_length=10)
    first = models.DateField()
    last = models.DateField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DUE)
    submitted_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    found_late_at = models.DateTimeField(null=True)
    signing = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo phải lập")
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "period", "level", "agency"], name="report_once_a_period"
            ),
            models.CheckConstraint(name="report_days_in_order", condition=Q(first__lte=F("last"))),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="report_by_agency"),
            models.Index(fields=["receiver", "regime", "period"], name="report_by_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.period} {self.agency_id}"

    @property
    def is_writable(self) -> bool:
        """Whether its words and figures may be changed."""
        return self.state in WRITABLE

    def is_late(self, on: date) -> bool:
        """Whether its day passed before anybody submitted it, or has passed since it was returned."""
        sent_on = None if self.state in OPEN else self.submitted_on
        return (sent_on or on) > self.due_on

    @property
    def waits_for_another_sending(self) -> bool:
        """Whether it was sent, returned, and not sent again."""
        return self.state in OPEN and self.submitted_on is not None

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was submitted in time; None while that is open."""
        if self.submitted_on is not None:
            return self.submitted_on <= self.due_on
        return False if self.found_late_at else None


class Act(models.TextChoices):
    """What somebody did to a report (việc đã làm)."""

    OPENED = "opened", _("Lập báo cáo")
    RECOUNTED = "recounted", _("Lấy lại số liệu")
    CONFIRMED = "confirmed", _("Xác nhận")
    REOPENED = "reopened", _("Mở lại để sửa")
    SUBMITTED = "submitted", _("Gửi báo cáo")
    RECEIVED = "received", _("Nhận báo cáo")
    RETURNED = "returned", _("Trả lại")


class ReportAct(models.Model):
    """One act on a report, with its words (việc đã làm với báo cáo)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Act.choices)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("việc đã làm với báo cáo")

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"


class Submission(models.Model):
    """One version as it was sent (lần gửi báo cáo); never changes, also when another follows it.

    `content` is everything that the report said, in Vietnamese; papers and consolidated reports are made from it.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("lần gửi báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="submission_in_its_order")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class Source(models.TextChoices):
    """Whether the figure of a report could be worked out when it was opened."""

    COMPUTED = "computed", _("Hệ thống tính")
    NO_SOURCE = "no_source", _("Chưa có nguồn")
    UNAVAILABLE = "unavailable", _("Không tính được")
    SUMMED = "summed", _("Cộng từ các đơn vị")


class ReportFigure(models.Model):
    """One figure of a report (số liệu của báo cáo): of its agency, or in a consolidated report of one unit or of all.

    The numbers are those of the records, by the version of the definition and the snapshots named. What the agency
    says instead stands beside them as a `FigureCorrection`; `stated` holds the one that stands, if any. In a
    consolidated report `agency` is empty in the line of all units; `origin` is the submission of a unit's line.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=100)
    definition = models.CharField(max_length=20, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    origin = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, related_name="taken_up"
    )
    source = models.CharField(max_length=12, choices=Source.choices)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    snapshots = models.JSONField(default=dict)
    stated = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("số liệu của báo cáo")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator", "agency"],
                name="figure_once_in_a_report",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.indicator}"


class FigureCorrection(models.Model):
    """What the agency says in place of a figure, and why (sửa số liệu); `is_withdrawn`: the records stand again."""

    figure = models.ForeignKey(ReportFigure, on_delete=models.PROTECT, related_name="corrections")
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("sửa số liệu của báo cáo")

    def __str__(self) -> str:
        return f"{self.figure_id} {self.reason}"


class Decision(models.TextChoices):
    """What a person did with a sentence (xử lý câu)."""

    WAITING = "waiting", _("Chờ xử lý")
    KEPT = "kept", _("Giữ nguyên")
    CHANGED = "changed", _("Đã sửa")
    DROPPED = "dropped", _("Đã bỏ")
    WRITTEN = "written", _("Tự viết")


class ReportSentence(models.Model):
    """One sentence of a report (câu của báo cáo): offered from what the system knows, or written by a person.

    `offered` is what the system would say (nothing, when what it said no longer holds), `words` what stands in the
    report now: where the two differ while it waits, its figure changed after a person had decided on it. `unit` is
    the agency of whose report it was, in a consolidated one. `source` names what it was offered for (`task:<uuid>`),
    so that it is offered once.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sentences")
    section = models.CharField(max_length=50)
    kind = models.CharField(max_length=50)
    source = models.CharField(max_length=200, blank=True)
    offered = models.TextField(blank=True)
    words = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("câu của báo cáo")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "source"],
                condition=~Q(source=""),
                name="sentence_offered_once",
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_outrun(self) -> bool:
        """Whether its figure changed after a person had decided on it, and nobody decided since."""
        return self.decision == Decision.WAITING and self.words != self.offered


class SentenceDecision(models.Model):
    """That a person kept, changed, dropped or wrote a sentence (xử lý câu của báo cáo): who, when, with what words."""

    sentence = models.ForeignKey(ReportSentence, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Decision.choices)
    words = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("xử lý câu của báo cáo")

    def __str__(self) -> str:
        return f"{self.sentence_id} {self.kind}"


def sentence_of(report: Report, key: UUID) -> ReportSentence:
    """The sentence of a report, locked; refuses with `LineUnknown`."""
    found = ReportSentence.objects.select_for_update().filter(report=report, uuid=key).first()
    if found is None:
        raise LineUnknown
    return found


def figure_of(report: Report, key: UUID) -> ReportFigure:
    """The figure of a report; refuses with `LineUnknown`."""
    found = ReportFigure.objects.filter(report=report, uuid=key).first()
    if found is None:
        raise LineUnknown
    return found
