"""The fact table of reports: one row for each report that an agency owes, in time or not (I58)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.indicators import visibility
from tinhso.indicators.models.reports import Act, Report, ReportState
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor
    from tinhso.warehouse.declaring import Rows

_RETURNS = Count("acts", filter=Q(acts__kind=Act.RETURNED))


def _rows(subjects: Sequence[UUID] | None) -> Rows:
    reports = Report.objects.annotate(returns=_RETURNS).order_by("pk")
    if subjects is not None:
        reports = reports.filter(uuid__in=subjects)
    for report in reports.iterator():
        yield (
            str(report.uuid),
            report.regime,
            report.level,
            report.period,
            report.agency_id,
            report.receiver_id,
            report.first,
            report.last,
            report.due_on,
            report.submitted_on,
            report.state,
            report.submitted_on is not None,
            report.is_on_time,
            report.returns,  # type: ignore[attr-defined]  # annotated
        )


def _total(column: str) -> int:
    if column == "returns":
        counted = Report.objects.aggregate(total=_RETURNS)
        return int(counted["total"])
    return Report.objects.count()


def _subjects(events: Sequence[Event]) -> Iterable[UUID]:
    return {event.subject for event in events}


def _visible(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    uuids = [UUID(key) for key in keys]
    seen = Report.objects.visible_to(actor, at=at).filter(uuid__in=uuids)
    return {str(uuid) for uuid in seen.values_list("uuid", flat=True)}


REPORTS = FactTable(
    code="indicators.report",
    name=_("Báo cáo định kỳ phải lập"),
    counted=lambda n: npgettext("đếm", "báo cáo định kỳ phải lập", "báo cáo định kỳ phải lập", n),
    grain=_("một báo cáo mà một cơ quan phải lập cho một kỳ"),
    key="uuid",
    subject="uuid",
    day="due_on",
    agency="agency",
    columns=(
        Column("uuid", ColumnType.STRING, _("Báo cáo")),
        Column("regime", ColumnType.STRING, _("Chế độ báo cáo")),
        Column("level", ColumnType.STRING, _("Cấp báo cáo")),
        Column("period", ColumnType.STRING, _("Kỳ báo cáo")),
        Column("agency", ColumnType.INTEGER, _("Cơ quan báo cáo")),
        Column("receiver", ColumnType.INTEGER, _("Cơ quan nhận")),
        Column("first", ColumnType.DATE, _("Số liệu từ ngày")),
        Column("last", ColumnType.DATE, _("Số liệu đến ngày")),
        Column("due_on", ColumnType.DATE, _("Hạn gửi")),
        Column("submitted_on", ColumnType.DATE, _("Ngày gửi lần đầu")),
        Column(
            "state",
            ColumnType.STRING,
            _("Trạng thái"),
            words=tuple((state.value, state.label) for state in ReportState),
        ),
        Column("is_submitted", ColumnType.BOOLEAN, _("Đã gửi")),
        Column("is_on_time", ColumnType.BOOLEAN, _("Gửi đúng hạn")),
        Column("returns", ColumnType.INTEGER, _("Số lần bị trả lại"), unit="lần"),
    ),
    kinds=("indicators.report_",),
    subjects=_subjects,
    rows=_rows,
    total=_total,
    links=lambda keys: {key: reverse("reports:report", args=[key]) for key in keys},
)


def declare() -> None:
    """Let the warehouse hold the table, and say who may open its rows."""
    register(REPORTS)
    visibility.register(REPORTS.code, _visible)
