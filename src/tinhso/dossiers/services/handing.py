"""Hand all open work of one person at an agency to another (bàn giao việc đang giữ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from tinhso.dossiers.errors import NoWorkToHandOver, OfficerNotThere
from tinhso.dossiers.events import WORK_HANDED_OVER
from tinhso.dossiers.models import Dossier, IdempotencyKey, WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.handing import plan_hand_work_over
from tinhso.dossiers.queries.officers import officers_at, work_of
from tinhso.dossiers.services.acting import finish, lock
from tinhso.dossiers.services.repeating import sent_before
from tinhso.events.models import Event
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.models import User
    from tinhso.accounts.sendings import Sending
    from tinhso.kernel.actors import Actor


@transaction.atomic
def hand_work_over(
    agency: int, *, source: User, target: User | None, actor: Actor, at: datetime
) -> int:
    """Give every open step that `source` holds at the agency to `target`, or to nobody; how many steps.

    By the head, in one transaction, with one event for each dossier; the dossiers are locked in the order of their
    keys, so that two heads do not wait for each other. Refuses with `OfficerNotThere` a target without a right there,
    and with `NoWorkToHandOver` when the source holds nothing.
    """
    require(actor, DossierPermission.HAND_WORK_OVER, agency=agency, at=at)
    if target is not None and not officers_at(agency, at=at).filter(pk=target.pk).exists():
        raise OfficerNotThere
    if source == target:
        raise NoWorkToHandOver
    held = work_of(source.pk, agency)
    dossiers = Dossier.objects.filter(pk__in=held.values("dossier")).order_by("pk")
    moved = 0
    for dossier in dossiers:
        case = lock(dossier, at=at, expected_version=None)
        steps = [
            key
            for key, row in case.rows(WorkItem).items()
            if row["person_id"] == source.pk and row["agency_id"] == agency
        ]
        if not steps:
            continue
        rows = plan_hand_work_over(
            case,
            steps,
            person=target.pk if target else None,
            person_key=f"user:{target.uuid}" if target else "",
            actor=actor.key,
            at=at,
        )
        finish(case, rows, actor=actor, at=at, agency=agency)
        moved += len(steps)
    if not moved:
        raise NoWorkToHandOver
    return moved


def hand_work_over_once(
    agency: int,
    *,
    source: User,
    target: User | None,
    sending: Sending | None,
    actor: PartnerActor,
    at: datetime,
) -> int:
    """The same for a partner system: sent again under its key nothing changes, and the first number is told again."""
    facts: dict[str, Any] = {"source": source, "target": target, "actor": actor, "at": at}
    if sending is None:
        return hand_work_over(agency, **facts)
    known = sent_before(sending, actor=actor)
    if known is None:
        try:
            return _under_its_key(sending, agency, **facts)
        except (
            IntegrityError,
            NoWorkToHandOver,
        ):  # the same came at the same moment, and was first
            known = sent_before(sending, actor=actor)
            if known is None:
                raise
    return _moved(actor, known.at)


@transaction.atomic
def _under_its_key(sending: Sending, agency: int, **facts: Any) -> int:
    moved = hand_work_over(agency, **facts)
    actor, at = facts["actor"], facts["at"]
    first = _events(actor, at).values_list("subject", flat=True)[0]
    IdempotencyKey.objects.create(
        owner=actor.key,
        key=sending.key,
        digest=sending.digest,
        dossier=Dossier.objects.get(uuid=first),
        at=at,
    )
    return moved


def _moved(actor: PartnerActor, at: datetime) -> int:
    """How many steps the actor handed over at that instant, by the log."""
    return sum(payload["steps"] for payload in _events(actor, at).values_list("payload", flat=True))


def _events(actor: PartnerActor, at: datetime) -> QuerySet[Event]:
    return Event.objects.filter(kind=WORK_HANDED_OVER.code, actor=actor.key, at=at).order_by("pk")
