"""Committees as they were on a day, and whom they propose where a text names their subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies.queries import heir, names_of
from tinhso.kernel.folding import fold
from tinhso.tasks.errors import CommitteeUnknown
from tinhso.tasks.models import Committee, CommitteeSeat, SeatRole, StandingAgency, Task
from tinhso.tasks.models.committees import holding_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from tinhso.tasks.models import Notice

RANK = list(SeatRole)


@dataclass(frozen=True)
class ShownCommittee:
    """A committee on a day: its seats, head first, and who serves which subject."""

    committee: Committee
    seats: list[CommitteeSeat]
    standing: list[tuple[str, str]]
    open_tasks: int


@dataclass(frozen=True)
class Proposal:
    """The agency that serves a subject which a text names."""

    agency: int
    name: str
    subject: str
    committee: str


def shown(committee: Committee, day: date) -> ShownCommittee:
    """The committee as it was on that day."""
    seats = sorted(
        CommitteeSeat.objects.filter(holding_on(day), committee=committee),
        key=lambda one: (RANK.index(SeatRole(one.role)), one.pk),
    )
    serving = list(committee.standing.filter(holding_on(day)).order_by("subject", "pk"))
    names = names_of({one.agency_id for one in serving}, day)
    return ShownCommittee(
        committee,
        seats,
        [(one.subject, names.get(one.agency_id, "")) for one in serving],
        Task.objects.open().filter(notice__committee=committee).count(),
    )


def proposals(notice: Notice, day: date) -> list[Proposal]:
    """For each subject that stands in the title or the text: who serves it, first those of the notice's committee."""
    serving = StandingAgency.objects.filter(holding_on(day)).select_related("committee")
    ranked = sorted(serving, key=lambda one: (one.committee_id != notice.committee_id, one.pk))
    told = f" {fold(notice.title)} {fold(notice.text)} "
    found = [one for one in ranked if fold(one.subject) in told]
    heirs = {one.agency_id: heir(one.agency_id, day) for one in found}
    names = names_of(set(heirs.values()), day)
    return [
        Proposal(here, names[here], one.subject, one.committee.name)
        for one in found
        if (here := heirs[one.agency_id]) in names
    ]


def of_words(known: Iterable[Proposal], text: str, title: str) -> list[Proposal]:
    """Those whose subject the words of a draft task name; where none does, those of the title."""
    named = [one for one in known if fold(one.subject) in fold(text)]
    return named or [one for one in known if fold(one.subject) in fold(title)]


def committee_of(key: UUID) -> Committee:
    """The committee of that uuid; `CommitteeUnknown` when there is none."""
    found = Committee.objects.filter(uuid=key).first()
    if found is None:
        raise CommitteeUnknown
    return found


def committees_on(day: date) -> list[Committee]:
    """Those at work on that day, steering committees first."""
    return list(Committee.objects.filter(holding_on(day)).order_by("kind", "since", "pk"))
