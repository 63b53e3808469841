"""What a leader's board says of reports: which are late (báo cáo chậm), and which came in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from tinhso.calendars.clock import day_of
from tinhso.indicators import attention, changes
from tinhso.indicators.attention import Matter
from tinhso.indicators.models.reports import Report
from tinhso.indicators.reports import queries
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.indicators.attention import Question

TOLD = (
    "indicators.report_submitted",
    "indicators.report_overdue",
    "indicators.report_returned",
)


def late_reports(question: Question) -> Iterator[Matter]:
    """The reports whose day has passed, of the agencies asked about, as far as the actor may see them."""
    if not question.actor.holds(ReportPermission.READ, at=question.at):
        return
    late = Report.objects.visible_to(question.actor, at=question.at).late(day_of(question.at))
    if question.within is not None:
        late = late.filter(agency__in=question.within)
    found = late.aggregate(late=Count("pk"), agencies=Count("agency", distinct=True))
    if found["late"]:
        words = ngettext("%(n)s báo cáo chậm", "%(n)s báo cáo chậm", found["late"])
        place = ngettext("của %(n)s cơ quan", "của %(n)s cơ quan", found["agencies"])
        yield Matter(
            words % {"n": formatting.number(found["late"])},
            _late_ones(),
            place % {"n": formatting.number(found["agencies"])},
        )


def page_of(subject: UUID) -> str:
    """The page of a report."""
    return reverse("reports:report", args=[subject])


def _many_late(count: int) -> str:
    words = ngettext(
        "%(n)s báo cáo nộp muộn, xem danh sách", "%(n)s báo cáo nộp muộn, xem danh sách", count
    )
    return words % {"n": formatting.number(count)}


def _late_ones() -> str:
    return f"{reverse('reports:lists')}?xem={queries.LATE}"


def register() -> None:
    """Tell it on the board."""
    attention.register("reports", late_reports)
    together = {"indicators.report_overdue": changes.Together(_many_late, _late_ones)}
    changes.register(
        changes.Told("indicators", TOLD, ReportPermission.READ, page_of, together=together)
    )
