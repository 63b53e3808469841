"""Tell the heads who want it, on the morning of each working day, how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of, local
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import events
from tinhso.dossiers.models import Morning, MorningChoice
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.mornings import figures_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

BEFORE_WORK = 30
"""Minutes before the office opens from which the mail goes out."""
UNTIL = 12 * 60
"""A mail about the morning goes out before noon, or not at all."""


@transaction.atomic
def choose_morning(*, wants: bool, actor: OfficerActor, at: datetime) -> None:
    """Ask for the mail or not (nhận thư mỗi sáng); it is for who oversees work somewhere."""
    require(actor, DossierPermission.READ_OVERVIEW, at=at)
    said = {"wants": wants, "chosen_at": at}
    MorningChoice.objects.update_or_create(person_id=actor.user, defaults=said)
    payload = {"wants": wants}
    record(events.MORNING_CHOSEN, subject=actor.uuid, actor=actor, at=at, payload=payload)


def tell_mornings(*, actor: Actor, at: datetime) -> int:
    """Tell everybody whose morning it is and who was not told today; how many. Each in a transaction of its own."""
    told = Morning.objects.filter(day=day_of(at)).values("person")
    wanting = User.objects.filter(
        is_active=True,
        pk__in=MorningChoice.objects.filter(wants=True).values("person"),
    ).exclude(pk__in=told)
    return sum(_tell(user, actor=actor, at=at) for user in wanting.order_by("pk"))


@transaction.atomic
def _tell(user: User, *, actor: Actor, at: datetime) -> bool:
    head = actor_for(user)
    scope = head.scope(DossierPermission.READ_OVERVIEW, at=at)
    if not scope or not _is_morning(None if scope.everywhere else min(scope.agencies), at=at):
        return False
    morning, is_new = Morning.objects.get_or_create(
        person=user,
        day=day_of(at),
        defaults={"at": at, "figures": figures_of(head, at=at)},
    )
    if is_new:
        payload = {
            "day": morning.day,
            "late": morning.figures["late_dossiers"],
            "near": morning.figures["near"],
        }
        kind = events.MORNING_TOLD
        record(kind, subject=morning.uuid, actor=actor, at=at, payload=payload)
    return is_new


def _is_morning(agency: int | None, *, at: datetime) -> bool:
    """Whether the agency works on that day by its calendar, and is about to open or has opened this morning."""
    shifts = working_calendar(agency).shifts_on(day_of(at))
    now = local(at).hour * 60 + local(at).minute
    return bool(shifts) and shifts[0][0] - BEFORE_WORK <= now < UNTIL
