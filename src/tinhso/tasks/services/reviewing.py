"""Change the draft tasks of a notice before they are issued: each change is one further review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import require
from tinhso.tasks import drafts, events
from tinhso.tasks.errors import LeadUnfit, NothingToUndo, NoticeDiscarded, NoticeIssued
from tinhso.tasks.matching import matched, names_for
from tinhso.tasks.models import Notice, NoticeEnd, Outcome, Review
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.rereading import of_words, part_of
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission
    from tinhso.tasks.drafts import Item, Items
    from tinhso.tasks.matching import Names


def opened(
    key: UUID, right: Permission, *, expected: int, actor: Actor, at: datetime
) -> tuple[Notice, Review]:
    """The notice, locked, and its present review; refuses one that ended, or that somebody changed meanwhile."""
    found = Notice.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=found.agency_id, at=at)
    notice = Notice.objects.select_for_update().get(pk=found.pk)
    refuse_ended(notice)
    review = notice.reviews.latest("number")
    if review.number != expected:
        raise StaleVersion
    return notice, review


def refuse_ended(notice: Notice) -> None:
    """Refuse what was issued or discarded."""
    end = NoticeEnd.objects.filter(notice=notice).first()
    if end is None:
        return
    if end.outcome == Outcome.DISCARDED:
        raise NoticeDiscarded
    raise NoticeIssued(at=moment(end.at))


def items_of(review: Review) -> Items:
    """The draft tasks of a review."""
    return tuple(drafts.of_json(value) for value in review.items)


@transaction.atomic
def edit(
    key: UUID, item: UUID, changes: dict[str, Any], *, expected: int, actor: Actor, at: datetime
) -> Review:
    """Change what a draft task says (sửa mục); `changes` are fields of `drafts.Item`, agencies by their keys."""
    agencies = {*changes.get("leads", ()), *changes.get("coordinators", ())}
    if Agency.objects.alive(day_of(at)).filter(pk__in=agencies).count() != len(agencies):
        raise LeadUnfit
    return _review(
        key,
        "edit",
        lambda _notice, items: drafts.edited(items, item, **changes),
        expected=expected,
        actor=actor,
        at=at,
    )


@transaction.atomic
def drop(key: UUID, item: UUID, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Cross a draft task out (bỏ mục)."""
    return _review(
        key,
        "drop",
        lambda _notice, items: drafts.dropped(items, item),
        expected=expected,
        actor=actor,
        at=at,
    )


@transaction.atomic
def restore(key: UUID, item: UUID, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Take a crossed out draft task back (lấy lại mục)."""
    return _review(
        key,
        "restore",
        lambda _notice, items: drafts.restored(items, item),
        expected=expected,
        actor=actor,
        at=at,
    )


@transaction.atomic
def split(
    key: UUID, item: UUID, words: str, *, expected: int, actor: Actor, at: datetime
) -> Review:
    """Make two draft tasks of one (tách mục): the second begins at those words."""

    def change(notice: Notice, items: Items) -> Items:
        whole, known = drafts.find(items, item), {one.key for one in items} - {item}
        halves = drafts.split(items, item, notice.text, words)
        return tuple(
            one if one.key in known else _part(one, whole, notice, at=at) for one in halves
        )

    return _review(key, "split", change, expected=expected, actor=actor, at=at)


def _part(half: Item, whole: Item, notice: Notice, *, at: datetime) -> Item:
    """Half of a draft task, read anew; matched anew where it names another lead."""
    read = part_of(half, whole, notice.text, written=notice.issued_on)
    return read if read.lead_names == whole.lead_names else matched(read, names_at(notice, at))


@transaction.atomic
def merge(key: UUID, item: UUID, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Make one draft task of this and the next (gộp mục)."""
    return _review(
        key,
        "merge",
        lambda _notice, items: drafts.merged(items, item),
        expected=expected,
        actor=actor,
        at=at,
    )


@transaction.atomic
def add(key: UUID, words: str, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Add a sentence of the notice as a draft task (thêm mục), by its own words."""

    def change(notice: Notice, items: Items) -> Items:
        longer = drafts.added(items, notice.text, words)
        known, names = {one.key for one in items}, names_at(notice, at)
        return tuple(
            one
            if one.key in known
            else matched(of_words(one, notice.text, written=notice.issued_on), names)
            for one in longer
        )

    return _review(key, "add", change, expected=expected, actor=actor, at=at)


def names_at(notice: Notice, at: datetime) -> Names:
    """The agencies by the names of the day of the notice."""
    today = day_of(at)
    return names_for(notice.agency_id, written=notice.issued_on or today, today=today)


@transaction.atomic
def undo(key: UUID, *, expected: int, actor: Actor, at: datetime) -> Review:
    """Go back to the list before the last change (hoàn tác); again, to the one before that."""
    notice, review = opened(key, TaskPermission.BRING_IN, expected=expected, actor=actor, at=at)
    if review.based_on is None:
        raise NothingToUndo
    before = notice.reviews.get(number=review.based_on)
    made = Review(based_on=before.based_on, items=before.items)
    return write_review(made, "undo", notice, review, actor=actor, at=at)


def _review(
    key: UUID,
    act: str,
    change: Callable[[Notice, Items], Items],
    *,
    expected: int,
    actor: Actor,
    at: datetime,
) -> Review:
    """Load, require, lock, refuse; change by a pure function; write the further review and its event."""
    notice, review = opened(key, TaskPermission.BRING_IN, expected=expected, actor=actor, at=at)
    changed = change(notice, items_of(review))
    made = Review(based_on=review.number, items=[item.as_json() for item in changed])
    return write_review(made, act, notice, review, actor=actor, at=at)


def write_review(
    made: Review, act: str, notice: Notice, before: Review, *, actor: Actor, at: datetime
) -> Review:
    """Write the further review and its event; part of an act that has opened the notice."""
    made.notice, made.number, made.act = notice, before.number + 1, act
    made.at, made.actor = at, actor.key
    made.save(force_insert=True)
    record(
        events.REVIEWED,
        subject=notice.uuid,
        actor=actor,
        at=at,
        agency=notice.agency_id,
        payload={"act": act, "review": made.number},
    )
    return made
