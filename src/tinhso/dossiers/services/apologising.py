"""Say sorry for what is late, and let the heads know of what nobody has said sorry for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers import events
from tinhso.dossiers.errors_of_lateness import ApologisedBefore, NotLate, PromiseInvalid
from tinhso.dossiers.models import Apology, Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.apologising import plan_apologise
from tinhso.dossiers.queries.lateness import late_now, without_apology
from tinhso.dossiers.services.acting import finish, lock, visible
from tinhso.dossiers.services.interrupting import require_running, said
from tinhso.events.models import Event
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

MOST_DAYS = 60
TOLD_WITHIN = timedelta(days=7)
"""What has been late for longer stands on the head's page; nobody is told of it anew."""


@transaction.atomic
def apologise(
    key: UUID,
    *,
    actor: Actor,
    reason: str,
    promised_on: date,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Send the apology for a missed appointment (văn bản xin lỗi khi đã quá hạn), once in each working.

    Before the appointed day `extend` is the apology, and moves it; afterwards nothing moves it any more (Điều 19 NĐ
    61/2018/NĐ-CP), but the applicant is still owed the reason and a day.
    """
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.EXTEND, agency=place, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_running(case, _("xin lỗi"))
    before = Apology.objects.filter(pk=case.key_for(Apology, case.round)).first()
    if before is not None:
        raise ApologisedBefore(day=f"{before.promised_on:%d/%m/%Y}")
    if case.due_at is None or at <= case.due_at:
        raise NotLate
    if not 0 <= (promised_on - day_of(at)).days <= MOST_DAYS:
        raise PromiseInvalid(days=MOST_DAYS)

    rows = plan_apologise(case, reason=why, promised_on=promised_on, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def note_overdue(*, actor: Actor, at: datetime, limit: int) -> int:
    """Record once of each dossier that it became late without an apology (quá hạn chưa xin lỗi); how many."""
    noted = Event.objects.filter(
        kind=events.OVERDUE.code, subject=OuterRef("uuid"), at__gt=OuterRef("due_at")
    )
    fresh = late_now(at).filter(due_at__gt=at - TOLD_WITHIN)
    found = without_apology(fresh).filter(~Exists(noted)).order_by("due_at", "pk")[:limit]
    for dossier in found:
        record(
            events.OVERDUE,
            subject=dossier.uuid,
            actor=actor,
            at=at,
            agency=dossier.competent_agency_id,
            payload={"due_at": dossier.due_at},
        )
    return len(found)
