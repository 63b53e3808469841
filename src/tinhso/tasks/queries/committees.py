"""Committees as they were on a day, and whom they propose where a text names their subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Q

from tinhso.agencies.queries import heir, names_of
from tinhso.kernel.folding import fold
from tinhso.tasks.errors import CommitteeUnknown
from tinhso.tasks.models import Committee, CommitteeSeat, SeatRole, StandingAgency, Task
from tinhso.tasks.models.committees import holding_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from tinhso.tasks.models import Notice

RANK = list(SeatRole)
Row = TypeVar("Row", CommitteeSeat, StandingAgency)


@dataclass(frozen=True)
class ShownCommittee:
    """A committee on a day: its seats, head first, and who serves which subject."""

    committee: Committee
    seats: list[CommitteeSeat]
    serving: list[StandingAgency]
    names: Mapping[int, str]
    open_tasks: int

    @property
    def standing(self) -> list[tuple[str, str]]:
        """Who serves it in which subject."""
        return [(one.subject, self.names.get(one.agency_id, "")) for one in self.serving]


@dataclass(frozen=True)
class Proposal:
    """The agency that serves a subject which a text names."""

    agency: int
    name: str
    subject: str
    committee: str


@dataclass(frozen=True)
class Answering:
    """A member by post who answers for a field (thành viên phụ trách lĩnh vực)."""

    post: str
    field: str
    committee: str


def shown(committees: Sequence[Committee], day: date) -> list[ShownCommittee]:
    """The committees as they were on that day, all with the same few questions."""
    among = Q(committee__in=committees) & holding_on(day)
    seats = _by_committee(
        sorted(
            CommitteeSeat.objects.filter(among),
            key=lambda one: (RANK.index(SeatRole(one.role)), one.pk),
        )
    )
    serving = _by_committee(StandingAgency.objects.filter(among).order_by("subject", "pk"))
    names = names_of({one.agency_id for found in serving.values() for one in found}, day)
    tasks = Task.objects.to_do().open().filter(notice__committee__in=committees).order_by()
    counted = tasks.values("notice__committee").annotate(count=Count("pk"))
    counts = {one["notice__committee"]: one["count"] for one in counted}
    return [
        ShownCommittee(
            one, seats.get(one.pk, []), serving.get(one.pk, []), names, counts.get(one.pk, 0)
        )
        for one in committees
    ]


def _by_committee(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.committee_id, []).append(row)
    return found


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


def members(notice: Notice, day: date) -> list[Answering]:
    """Who answers for which field in the notice's committee; where it names none, in those at work that day."""
    seats = CommitteeSeat.objects.filter(holding_on(day)).exclude(field="")
    if notice.committee_id is not None:
        seats = seats.filter(committee=notice.committee_id)
    return [
        Answering(seat.post, name.strip(), seat.committee.name)
        for seat in seats.select_related("committee").order_by("committee", "pk")
        for name in re.split(r"[,;]", seat.field)
    ]


def by_field(known: Iterable[Answering], text: str) -> list[Answering]:
    """Those whose field the words name, each post once."""
    told = _words(text)
    found = {one.post: one for one in known if one.field and _words(one.field) in told}
    return list(found.values())


def _words(text: str) -> str:
    """Folded, word after word, so that a field is found as whole words."""
    return f" {' '.join(re.findall(r'[0-9a-z]+', fold(text)))} "


def committee_of(key: UUID) -> Committee:
    """The committee of that uuid; `CommitteeUnknown` when there is none."""
    found = Committee.objects.filter(uuid=key).first()
    if found is None:
        raise CommitteeUnknown
    return found


def committees_on(day: date) -> list[Committee]:
    """Those at work on that day, steering committees first."""
    return list(Committee.objects.filter(holding_on(day)).order_by("kind", "since", "pk"))
