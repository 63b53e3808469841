"""Say sorry for what is late, and let the heads know of what nobody has said sorry for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions, events
from tinhso.dossiers.errors_of_lateness import (
    ApologisedBefore,
    ApologyStillOwed,
    NotLate,
    PromiseInvalid,
)
from tinhso.dossiers.models import Apology, Dossier, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import competent_on
from tinhso.dossiers.plans.apologising import plan_apologise, plan_waive_apology
from tinhso.dossiers.queries.lateness import WITH_RESULT, late_now, without_apology
from tinhso.dossiers.queries.telling import apology_of
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.dossiers.services.interrupting import require_running, said
from tinhso.events.models import Event
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.cases import Case
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
    promised_on: date | None = None,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Send the apology for a missed appointment (văn bản xin lỗi khi đã quá hạn), again when its day was missed, too.

    Before the appointed day `extend` is the apology, and moves it; afterwards nothing moves it any more (Điều 19 NĐ
    61/2018/NĐ-CP), but the applicant is still owed the reason and a day. After a late result no day is promised.
    """
    dossier, place = _reached(key, actor=actor, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    is_over = _require_late(case, _("xin lỗi"), at=at)
    _require_owed(case, at=at)
    promised = day_of(at) if is_over else promised_on
    if promised is None or not 0 <= (promised - day_of(at)).days <= MOST_DAYS:
        raise PromiseInvalid(days=MOST_DAYS)

    rows = plan_apologise(case, reason=why, promised_on=promised, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def waive_apology(
    key: UUID, *, actor: Actor, reason: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Note why no apology is due for a result that came late (không phải xin lỗi): its reason stands with it."""
    dossier, place = _reached(key, actor=actor, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    if not _require_late(case, _("ghi lý do không phải xin lỗi"), at=at):
        raise ApologyStillOwed
    _require_owed(case, at=at)

    rows = plan_waive_apology(case, reason=why, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


def _reached(key: UUID, *, actor: Actor, at: datetime) -> tuple[Dossier, int]:
    """The dossier, and the agency that answers for it: who settles it, of what is concluded who does so today."""
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    if not State(dossier.state).is_open:
        place = competent_on(dossier, definitions.of_version(dossier.procedure_id), day_of(at))
    require(actor, DossierPermission.EXTEND, agency=place, at=at)
    return dossier, place


def _require_late(case: Case, act: StrOrPromise, *, at: datetime) -> bool:
    """Refuse what is not late; whether it has its result already."""
    finished: datetime | None = case.dossier["finished_at"]
    if finished is None:
        require_running(case, act)
    else:
        require_state(case, WITH_RESULT, act)
    if case.due_at is None or (finished or at) <= case.due_at:
        raise NotLate
    return finished is not None


def _require_owed(case: Case, *, at: datetime) -> None:
    """Refuse when there is an apology whose day is not over (or was kept by the result)."""
    last = apology_of(case.dossier["id"])
    if last is not None and last.promised_on >= day_of(case.dossier["finished_at"] or at):
        raise ApologisedBefore(day=formatting.day(last.promised_on))


@transaction.atomic
def note_overdue(*, actor: Actor, at: datetime, limit: int) -> int:
    """Record once of each dossier that it became late without an apology (quá hạn chưa xin lỗi); how many.

    Once more after an apology whose day was missed.
    """
    sent = Apology.objects.filter(dossier=OuterRef(OuterRef("pk")), at__gt=OuterRef("at"))
    noted = Event.objects.filter(
        ~Exists(sent), kind=events.OVERDUE.code, subject=OuterRef("uuid"), at__gt=OuterRef("due_at")
    )
    since = at - TOLD_WITHIN
    promised = Apology.objects.filter(dossier=OuterRef("pk"), promised_on__gte=day_of(since))
    fresh = late_now(at).filter(Q(due_at__gt=since) | Exists(promised))
    found = without_apology(fresh, at=at).filter(~Exists(noted)).order_by("due_at", "pk")[:limit]
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
