"""Who is told of reports: writers that a day comes near or one came back, receivers that one arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.queries import officers_at
from tinhso.agencies.queries import heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import Act, Report
from tinhso.indicators.reports import events, regimes
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.notifications.rules import IN_APP_AND_EMAIL, NotificationRule, Recipient, register
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.events.models import Event
    from tinhso.kernel.permissions import Permission


def _people(event: Event, agency: int, right: Permission) -> list[Recipient]:
    """Who holds the right at the agency, but for whoever did it themselves."""
    here = heir(agency, day_of(event.at))
    link = reverse("reports:report", args=[event.subject])
    keys = {f"user:{user.uuid}" for user in officers_at(here, permission=right, at=event.at)}
    return [Recipient(key, link=link) for key in sorted(keys - {event.actor})]


def writers(event: Event) -> list[Recipient]:
    """Who writes the reports of the agency."""
    report = Report.objects.get(uuid=event.subject)
    return _people(event, report.agency_id, ReportPermission.WRITE)


def heads(event: Event) -> list[Recipient]:
    """Who confirms the reports of the agency, and who writes them."""
    report = Report.objects.get(uuid=event.subject)
    found = _people(event, report.agency_id, ReportPermission.CONFIRM)
    return list({each.key: each for each in [*found, *writers(event)]}.values())


def receivers(event: Event) -> list[Recipient]:
    """Who receives the reports that are made to the agency above; they open the list of the period."""
    report = Report.objects.get(uuid=event.subject)
    link = reverse("reports:period", args=[report.regime, report.period, report.level])
    found = _people(event, report.receiver_id, ReportPermission.RECEIVE)
    return [Recipient(each.key, link=link) for each in found]


def facts(event: Event) -> Mapping[str, Any]:
    """The regime, the period, the agency, the day; and of a returned one the reason."""
    report = Report.objects.get(uuid=event.subject)
    regime = regimes.version_of(report.regime, report.regime_version)
    returned = report.acts.filter(kind=Act.RETURNED).order_by("pk").last()
    return {
        "report": regime.name,
        "period": regime.period(report.period).title,
        "agency": names_of([report.agency_id], report.last).get(report.agency_id, ""),
        "due_on": formatting.day(report.due_on),
        "reason": returned.words if returned else "",
    }


def _rule(kind: str, event: Any, who: Any, subject: Any, **more: Any) -> NotificationRule:
    body = f"indicators/reports/notices/{kind}.txt"
    code = f"indicators.report.{kind}"
    return NotificationRule(code, event, who, subject, body, facts, **more)


RULES = (
    _rule("called", events.CALLED, writers, _("Đến kỳ: {report}, {period}, hạn {due_on}")),
    _rule(
        "reminded",
        events.REMINDED,
        heads,
        _("Sắp đến hạn {due_on}: {report}, {period}"),
        channels=IN_APP_AND_EMAIL,
    ),
    _rule(
        "overdue",
        events.OVERDUE,
        heads,
        _("Quá hạn từ {due_on}: {report}, {period}"),
        channels=IN_APP_AND_EMAIL,
    ),
    _rule("confirmed", events.CONFIRMED, writers, _("Đã xác nhận, chờ gửi: {report}, {period}")),
    _rule(
        "submitted",
        events.SUBMITTED,
        receivers,
        _("Có báo cáo mới chờ nhận: {report}"),
        gathers=True,
    ),
    _rule(
        "returned",
        events.RETURNED,
        heads,
        _("Bị trả lại: {report}, {period}"),
        channels=IN_APP_AND_EMAIL,
    ),
    _rule("received", events.RECEIVED, writers, _("Đã được nhận: {report}, {period}")),
)


def declare() -> None:
    """Register the rules with the notifications."""
    register(*RULES)
