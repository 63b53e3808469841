"""A reform carried out, as one act."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from tinhso.agencies import events, reform_documents, writing
from tinhso.agencies.errors import ReformDoesNotFit, ReformTooEarly, WorkUnassigned
from tinhso.agencies.models import (
    Agency,
    AgencyPeriod,
    Competence,
    Membership,
    ReformCarriedOut,
)
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.queries import names_of
from tinhso.agencies.reform_plan import plan_reform, problems
from tinhso.agencies.services.preparing import locked, refuse_if_closed, require_at_roots
from tinhso.agencies.standing import load_standing
from tinhso.agencies.work_in_hand import WorkTransfer, providers
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.errors import StaleVersion
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.agencies.models import Reform
    from tinhso.agencies.reform_plan import ReformRows
    from tinhso.kernel.actors import Actor

AFTER = timedelta(days=7)
"""So long after its day it is looked for what came to its agencies in between."""
AHEAD = timedelta(days=3)
"""So long before its day work may move: from the last working day before a day that follows a week-end."""


@transaction.atomic
def carry_out_reform(
    key: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> ReformCarriedOut:
    """Carry a reform out (thực hiện sắp xếp): directory, successions, competences, work in hand.

    One transaction, one event; a second call changes nothing and returns the first. Refused while
    the reform does not fit the directory, while work would stay at an agency that ends, or where
    work would move before `earliest_day`.
    """
    reform = locked(key)
    document = reform_documents.from_json(reform.document)
    standing = load_standing(document.on)
    require_at_roots(actor, AgencyPermission.CARRY_OUT_REFORM, document, standing, at)
    if done := ReformCarriedOut.objects.filter(reform=reform).first():
        return done
    refuse_if_closed(reform)
    if expected_version is not None and reform.version != expected_version:
        raise StaleVersion
    list(Agency.objects.select_for_update().filter(key__in=document.end).order_by("pk"))
    if wrong := problems(document, standing):
        raise ReformDoesNotFit(on=formatting.day(document.on), reason="; ".join(wrong[:5]))

    rows = plan_reform(document, standing)
    _write(rows, on=document.on)
    transfers = _transfers(rows)
    moved = _move_work(transfers, on=document.on, actor=actor, at=at)
    if any(moved.values()):
        _refuse_too_early(document.on, at)
    _refuse_work_left(rows.ended, document.on)
    done = ReformCarriedOut.objects.create(
        reform=reform,
        at=at,
        actor=actor.key,
        moved=moved,
        transfers=[astuple(each) for each in transfers],
    )
    counts = _counts(rows, reform, sum(moved.values()))
    record(events.REFORM_CARRIED_OUT, subject=reform.uuid, actor=actor, at=at, payload=counts)
    return done


def earliest_day(on: date) -> date:
    """The first day on which a reform of that day may move work in hand."""
    return on - AHEAD


def _refuse_too_early(on: date, at: datetime) -> None:
    earliest = earliest_day(on)
    if day_of(at) < earliest:
        raise ReformTooEarly(on=f"{on:%d/%m/%Y}", earliest=f"{earliest:%d/%m/%Y}")


def _counts(rows: ReformRows, reform: Reform, work_moved: int) -> dict[str, str | int]:
    """What the event of the act says: which reform, and how many rows of each kind."""
    return {
        "code": reform.code,
        "on": reform.on.isoformat(),
        "begun": len(rows.begun),
        "ended": len(rows.ended),
        "continued": len(rows.amended),
        "successions": len(rows.successions),
        "competences": len(rows.new_competences),
        "work_moved": work_moved,
    }


def _write(rows: ReformRows, *, on: date) -> None:
    AgencyPeriod.objects.filter(pk__in=rows.closed_periods).update(until=on)
    Competence.objects.filter(pk__in=rows.closed_competences).update(until=on)
    writing.write_agencies(rows.begun, since=on)
    writing.write_periods(rows.amended, since=on)
    writing.write_successions(rows.successions, on=on)
    writing.write_competences(rows.new_competences, since=on)
    of_ended = Q(committee__key__in=rows.ended) | Q(member__key__in=rows.ended)
    Membership.objects.on(on).filter(of_ended).update(until=on)


def _transfers(rows: ReformRows) -> list[WorkTransfer]:
    """Whose work goes to whom, fields before the rest."""
    pks = writing.keys_to_rows()
    return [
        WorkTransfer(pks[move.predecessor], pks[move.successor], move.field)
        for move in sorted(rows.transfers, key=lambda move: not move.field)
    ]


def _move_work(
    transfers: Sequence[WorkTransfer], *, on: date, actor: Actor, at: datetime
) -> dict[str, int]:
    """Every provider's work; how many items moved, by provider."""
    return {
        code: provider.move(transfers, on=on, actor=actor, at=at)
        for code, provider in providers.items()
    }


@transaction.atomic
def move_what_came_since(*, actor: Actor, at: datetime) -> int:
    """Move what came to agencies between a reform carried out ahead of its day and that day; how many items."""
    today = day_of(at)
    lately = ReformCarriedOut.objects.filter(reform__on__lte=today, reform__on__gt=today - AFTER)
    moved = 0
    for done in lately.select_related("reform"):
        transfers = [WorkTransfer(*each) for each in done.transfers]
        left = {each.predecessor for each in transfers}
        if day_of(done.at) < done.reform.on and any(
            provider.count(left) for provider in providers.values()
        ):
            found = _move_work(transfers, on=done.reform.on, actor=actor, at=at)
            moved += sum(found.values())
    return moved


def _refuse_work_left(ended: Collection[str], on: date) -> None:
    """Nothing may be left at an agency that ended; the whole act is rolled back otherwise."""
    pks = frozenset(Agency.objects.filter(key__in=ended).values_list("pk", flat=True))
    left: Counter[int] = Counter()
    for provider in providers.values():
        for (agency, _field), count in provider.count(pks).items():
            left[agency] += count
    left += Counter()
    if left:
        names = names_of(left, on)
        raise WorkUnassigned(
            count=sum(left.values()), agencies=", ".join(sorted(names.values())[:5])
        )
