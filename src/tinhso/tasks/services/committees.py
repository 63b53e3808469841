"""Committees are founded, seated, served and ended; nothing of a former one is erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.tasks import events
from tinhso.tasks.errors import CommitteeEnded, CommitteeInvalid, CommitteeUnknown
from tinhso.tasks.models import Committee, CommitteeKind, CommitteeSeat, SeatRole, StandingAgency
from tinhso.tasks.permissions import TaskPermission

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class CommitteeFacts:
    """What a committee is, as its founding document says."""

    kind: CommitteeKind
    name: str
    since: date
    document: str = ""


@transaction.atomic
def found_committee(facts: CommitteeFacts, *, agency: int, actor: Actor, at: datetime) -> Committee:
    """Found a committee or working group (thành lập) of that agency."""
    require(actor, TaskPermission.MANAGE_COMMITTEE, agency=agency, at=at)
    if not facts.name.strip():
        raise CommitteeInvalid
    made = Committee.objects.create(
        agency_id=agency,
        kind=facts.kind,
        name=facts.name.strip(),
        document=facts.document.strip(),
        since=facts.since,
        at=at,
        actor=actor.key,
    )
    record(
        events.COMMITTEE_FOUNDED,
        subject=made.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"kind": made.kind, "since": made.since},
    )
    return made


@transaction.atomic
def seat(
    key: UUID, *, role: str, post: str, field: str = "", since: date, actor: Actor, at: datetime
) -> CommitteeSeat:
    """Add a member by post, with the field that the post answers for."""
    committee = _managed(key, since, actor, at)
    if not post.strip() or role not in SeatRole.values:
        raise CommitteeInvalid
    made = CommitteeSeat.objects.create(
        committee=committee, role=role, post=post.strip(), field=field.strip(),
        since=since, at=at, actor=actor.key,
    )  # fmt: skip
    _changed(committee, "seated", since, actor, at)
    return made


@transaction.atomic
def serve(
    key: UUID, *, subject: str, agency: int, since: date, actor: Actor, at: datetime
) -> StandingAgency:
    """Name the agency that serves the committee in a subject; who served it before ends the same day."""
    committee = _managed(key, since, actor, at)
    if not subject.strip():
        raise CommitteeInvalid
    before = StandingAgency.objects.filter(
        committee=committee, subject__iexact=subject.strip(), until=None
    )
    if before.filter(since__gte=since).exists():
        raise CommitteeInvalid
    before.update(until=since)
    made = StandingAgency.objects.create(
        committee=committee, subject=subject.strip(), agency_id=agency,
        since=since, at=at, actor=actor.key,
    )  # fmt: skip
    _changed(committee, "served", since, actor, at)
    return made


@transaction.atomic
def unseat(key: UUID, *, seat: UUID, until: date, actor: Actor, at: datetime) -> None:
    """A member leaves (thôi tham gia): the day given is the first without it."""
    committee = _managed(key, until, actor, at)
    found = CommitteeSeat.objects.filter(committee=committee, uuid=seat, until=None).first()
    if found is None:
        raise CommitteeUnknown
    _end(found, until)
    _changed(committee, "unseated", until, actor, at)


@transaction.atomic
def end_committee(key: UUID, *, until: date, actor: Actor, at: datetime) -> Committee:
    """End a committee (kết thúc hoạt động) with its seats and standing agencies."""
    committee = _managed(key, until, actor, at)
    for rows in (committee.seats, committee.standing):
        for one in rows.filter(until=None):
            _end(one, until)
    _end(committee, until)
    record(
        events.COMMITTEE_ENDED,
        subject=committee.uuid,
        actor=actor,
        at=at,
        agency=committee.agency_id,
        payload={"until": until},
    )
    return committee


def _end(row: Any, until: date) -> None:
    if until <= row.since:
        raise CommitteeInvalid
    row.until = until
    row.save(update_fields=["until"])


def _managed(key: UUID, day: date, actor: Actor, at: datetime) -> Committee:
    """The committee, locked, while it exists and from its first day on."""
    known = Committee.objects.filter(uuid=key).first()
    if known is None:
        raise CommitteeUnknown
    require(actor, TaskPermission.MANAGE_COMMITTEE, agency=known.agency_id, at=at)
    committee = Committee.objects.select_for_update().get(pk=known.pk)
    if committee.until is not None:
        raise CommitteeEnded
    if day < committee.since:
        raise CommitteeInvalid
    return committee


def _changed(committee: Committee, act: str, on: date, actor: Actor, at: datetime) -> None:
    record(
        events.COMMITTEE_CHANGED,
        subject=committee.uuid,
        actor=actor,
        at=at,
        agency=committee.agency_id,
        payload={"act": act, "on": on},
    )
