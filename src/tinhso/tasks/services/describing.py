"""Correct what a notice is (sửa thông tin văn bản): kind, number, day, issuer, level, while under review."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.tasks.errors import CommitteeUnknown, NoticeDayToCome, NoticeKnown
from tinhso.tasks.models import Committee, Notice, Outcome, Review
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.rereading import redated
from tinhso.tasks.services.reviewing import items_of, opened, write_review
from tinhso.ui.formatting import day as shown_day
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Description:
    """What the paper says of itself, and the committee (its key) that orders by it."""

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    level: int | None
    title: str
    committee: int | None = None


@transaction.atomic
def describe(key: UUID, said: Description, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Say what the notice is. Of another day, what its draft tasks owe to that day is read anew, and begins anew.

    Refuses a day to come, and the number and day of a notice that is known.
    """
    notice, review = opened(key, TaskPermission.BRING_IN, expected=expected, actor=actor, at=at)
    before = notice.issued_on
    for name, value in asdict(said).items():
        setattr(notice, "committee_id" if name == "committee" else name, value)
    refuse_day_to_come(notice.issued_on, at)
    refuse_known(notice)
    if said.committee and not Committee.objects.filter(pk=said.committee).exists():
        raise CommitteeUnknown
    notice.save(update_fields=list(asdict(said)))
    is_same = before == notice.issued_on
    items = [
        redated(item, before=before, after=notice.issued_on).as_json() for item in items_of(review)
    ]
    made = Review(
        based_on=review.based_on if is_same else None, items=review.items if is_same else items
    )
    return write_review(made, "describe", notice, review, actor=actor, at=at)


def refuse_day_to_come(issued_on: date | None, at: datetime) -> None:
    """A paper bears the day on which it was signed, never one to come."""
    if issued_on is not None and issued_on > day_of(at):
        raise NoticeDayToCome(day=shown_day(issued_on), today=shown_day(day_of(at)))


def refuse_known(notice: Notice) -> None:
    """The same number of the same day and agency is brought in once, unless it was discarded."""
    if not notice.number or notice.issued_on is None:
        return
    known = Notice.objects.filter(
        agency=notice.agency_id, number__iexact=notice.number, issued_on=notice.issued_on
    ).exclude(end__outcome=Outcome.DISCARDED)
    before = known.exclude(pk=notice.pk).first()
    if before is not None:
        raise NoticeKnown(
            number=notice.number, day=shown_day(notice.issued_on), at=moment(before.at)
        )
