"""Who is told of what happens to a dossier: the applicant, and the officer who was given work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of, local
from tinhso.dossiers import events
from tinhso.dossiers.addresses import draft_of, look_up_of
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.models import Dossier, Draft, Morning, Result, WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.officers import nearest_who_may
from tinhso.dossiers.queries.promised import clock_of, way_of
from tinhso.dossiers.queries.waiting import MINE
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.notifications.rules import (
    IN_APP,
    IN_APP_AND_EMAIL,
    NotificationRule,
    Recipient,
    register,
)
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.events.models import Event


def _dossier(event: Event) -> Dossier | None:
    found = Dossier.objects.select_related("applicant", "procedure__procedure")
    return found.filter(uuid=event.subject).first()


def applicant(event: Event) -> list[Recipient]:
    """The applicant, with the address of the look-up."""
    dossier = _dossier(event)
    if dossier is None or dossier.applicant is None:
        return []
    return [Recipient(f"party:{dossier.applicant.uuid}", link=look_up_of(dossier.reference or ""))]


def _is_refusal(event: Event) -> bool:
    key = event.payload.get("result")
    return Result.objects.filter(pk=key, refuses=True).exists()


def granted(event: Event) -> list[Recipient]:
    """The applicant whose result grants what was asked for."""
    return [] if _is_refusal(event) else applicant(event)


def rejected(event: Event) -> list[Recipient]:
    """The applicant whose result is a refusal (từ chối giải quyết)."""
    return applicant(event) if _is_refusal(event) else []


def given(event: Event) -> list[Recipient]:
    """The officer to whom a step was given, unless they took it themselves."""
    person = str(event.payload.get("person", ""))
    if not person.startswith("user:") or person == event.actor:
        return []
    if not User.objects.filter(uuid=person.removeprefix("user:"), is_active=True).exists():
        return []
    return [Recipient(person, link=reverse("dossiers:dossier", args=[event.subject]))]


def unit(event: Event) -> list[Recipient]:
    """The officers for whom this very event opened work that nobody holds, but for whoever did it themselves.

    They are those who were given the right at the agency where it lies; where there are none, at the nearest above.
    """
    dossier = Dossier.objects.filter(uuid=event.subject).first()
    if dossier is None:
        return []
    opened = WorkItem.objects.filter(
        dossier=dossier, since=event.at, person=None, is_paused=False, act__in=RIGHT_AT
    )
    told = {
        f"user:{person}"
        for item in opened
        for person in nearest_who_may(RIGHT_AT[item.act], item.agency_id, at=event.at)
    }
    link = f"{reverse('dossiers:queue')}?cua={MINE}"
    return [Recipient(key, link=link) for key in sorted(told - {event.actor})]


def overseers(event: Event) -> list[Recipient]:
    """The heads nearest to where the late dossier is settled."""
    if event.agency is None:
        return []
    heads = nearest_who_may(DossierPermission.READ_OVERVIEW, event.agency, at=event.at)
    return [Recipient(f"user:{head}", link=reverse("dossiers:overview")) for head in heads]


def early(event: Event) -> list[Recipient]:
    """The head whose morning it is."""
    found = Morning.objects.select_related("person").filter(uuid=event.subject).first()
    if found is None:
        return []
    return [Recipient(f"user:{found.person.uuid}", link=reverse("dossiers:overview"))]


def morning_facts(event: Event) -> Mapping[str, Any]:
    """The figures as they were counted, and the addresses that open into them."""
    found = Morning.objects.get(uuid=event.subject)
    return {
        **found.figures,
        "day": formatting.day(found.day),
        "address": settings.PUBLIC_ADDRESS,
        "queue": reverse("dossiers:queue"),
        "late_list": reverse("dossiers:late"),
        "choice": reverse("dossiers:mornings"),
    }


def apology_facts(event: Event) -> Mapping[str, Any]:
    """As of any dossier, with the day that is promised."""
    promised_on = date.fromisoformat(str(event.payload["promised_on"]))
    finished = Dossier.objects.filter(uuid=event.subject, finished_at__lte=event.at)
    return {
        **facts(event),
        "promised_on": formatting.day(promised_on),
        "has_result": finished.exists(),
    }


def drafter(event: Event) -> list[Recipient]:
    """The account that began the draft, with the address where it goes on."""
    draft = Draft.objects.filter(uuid=event.subject).first()
    return [] if draft is None else [Recipient(draft.owner, link=draft_of(str(draft.uuid)))]


def draft_facts(event: Event) -> Mapping[str, Any]:
    """The procedure and the last day."""
    found = Draft.objects.select_related("procedure__procedure").filter(uuid=event.subject).first()
    ends_on = date.fromisoformat(str(event.payload["ends_on"]))
    procedure = of_version(found.procedure_id).title if found else ""
    return {"procedure": procedure, "ends_on": formatting.day(ends_on)}


def facts(event: Event) -> Mapping[str, Any]:
    """Codes and dates, and how the result comes; no name of a person, no address, no other answer of the form."""
    dossier = _dossier(event)
    if dossier is None:
        return {"number": "", "procedure": "", "due": "", "reference": ""}
    desks = names_of({dossier.returning_agency_id}, day_of(event.at))
    due = (
        f"{local(dossier.due_at):%H:%M} {formatting.day(dossier.due_at)}" if dossier.due_at else ""
    )
    return {
        "number": str(dossier),
        "reference": dossier.shown_reference,
        "procedure": of_version(dossier.procedure_id).title,
        "due": due,
        "is_stopped": clock_of(dossier) == "stopped",
        "way": way_of(dossier),
        "desk": desks.get(dossier.returning_agency_id, ""),
    }


RULES = (
    NotificationRule("dossiers.received", events.RECEIVED, applicant, _("Hồ sơ {number} đã được tiếp nhận"),
                     "dossiers/notices/received.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.refused", events.REFUSED, applicant, _("Hồ sơ {number} không được tiếp nhận"),
                     "dossiers/notices/refused.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.supplement", events.SUPPLEMENT_REQUESTED, applicant,
                     _("Hồ sơ {number} cần bổ sung"), "dossiers/notices/supplement.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.stopped", events.STOPPED, applicant, _("Hồ sơ {number} đã dừng xử lý"),
                     "dossiers/notices/stopped.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.result", events.RESULT_ATTACHED, granted, _("Hồ sơ {number} đã có kết quả"),
                     "dossiers/notices/result.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.result_refuses", events.RESULT_ATTACHED, rejected,
                     _("Hồ sơ {number} không được giải quyết"), "dossiers/notices/result_refuses.txt", facts,
                     IN_APP_AND_EMAIL),
    NotificationRule("dossiers.assigned", events.ASSIGNED, given, _("Bạn được giao xử lý hồ sơ {number}"),
                     "dossiers/notices/assigned.txt", facts, IN_APP),
    NotificationRule("dossiers.handed_work", events.WORK_HANDED_OVER, given, _("Bạn được giao xử lý hồ sơ {number}"),
                     "dossiers/notices/assigned.txt", facts, IN_APP),
    NotificationRule("dossiers.complaint_answered", events.COMPLAINT_ANSWERED, applicant,
                     _("Hồ sơ {number}: khiếu nại đã được trả lời"),
                     "dossiers/notices/complaint_answered.txt", facts, IN_APP_AND_EMAIL),
    *(
        NotificationRule(f"dossiers.new_work.{kind.code.rpartition('.')[2]}", kind, unit,
                         _("Đơn vị có việc mới chờ bạn"), "dossiers/notices/new_work.txt", gathers=True)
        for kind in (events.SUBMITTED, events.RECEIVED, events.FORWARDED, events.OPINION_ASKED, events.DECIDED,
                     events.RESULT_ATTACHED, events.COMPLAINED, events.TRANSFER_ASKED, events.REOPENED)
    ),
    NotificationRule("dossiers.draft_ending", events.DRAFT_ENDING, drafter, _("Bản nháp của bạn sắp bị xóa"),
                     "dossiers/notices/draft_ending.txt", draft_facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.extended", events.EXTENDED, applicant, _("Hồ sơ {number} được hẹn lại"),
                     "dossiers/notices/extended.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.apologised", events.APOLOGISED, applicant, _("Hồ sơ {number}: xin lỗi vì quá hạn"),
                     "dossiers/notices/apologised.txt", apology_facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.morning", events.MORNING_TOLD, early,
                     _("Sáng {day}: {late} hồ sơ quá hạn, {near} việc sắp đến hạn"),
                     "dossiers/notices/morning.txt", morning_facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.late.overdue", events.OVERDUE, overseers, _("Đơn vị có hồ sơ quá hạn, chưa xin lỗi"),
                     "dossiers/notices/overdue.txt", gathers=True),
    NotificationRule("dossiers.suspended", events.SUSPENDED, applicant, _("Hồ sơ {number} tạm dừng giải quyết"),
                     "dossiers/notices/suspended.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.resumed", events.RESUMED, applicant, _("Hồ sơ {number} được giải quyết tiếp"),
                     "dossiers/notices/resumed.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.payment", events.PAYMENT_REQUIRED, applicant,
                     _("Hồ sơ {number} cần thực hiện nghĩa vụ tài chính"),
                     "dossiers/notices/payment.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.paid", events.PAYMENT_CONFIRMED, applicant, _("Hồ sơ {number}: đã ghi nhận khoản nộp"),
                     "dossiers/notices/paid.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.cancelled", events.RECEIPT_CANCELLED, applicant,
                     _("Hồ sơ {number}: việc tiếp nhận bị hủy"),
                     "dossiers/notices/cancelled.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.reopened", events.REOPENED, applicant, _("Hồ sơ {number} được mở lại"),
                     "dossiers/notices/reopened.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.guided", events.GUIDED, applicant, _("Hồ sơ {number}: có hướng dẫn"),
                     "dossiers/notices/guided.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("dossiers.withdrawn", events.WITHDRAWN, applicant, _("Hồ sơ {number} đã được rút"),
                     "dossiers/notices/withdrawn.txt", facts, IN_APP_AND_EMAIL),
)  # fmt: skip


def declare() -> None:
    """Register the rules with the notifications."""
    register(*RULES)
