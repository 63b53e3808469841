"""The worklist held to its derivation, and rebuilt where it differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Max, OuterRef, Subquery

from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import events
from tinhso.dossiers.finding import found_under
from tinhso.dossiers.models import (
    WAIT,
    Alarm,
    Complaint,
    DossierKey,
    DossierSearch,
    OpinionRequest,
    Reopening,
    State,
    Step,
    Suspension,
    Token,
    TransferRequest,
    WorkItem,
)
from tinhso.dossiers.queries.derivation import work_item
from tinhso.events.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Differences:
    """Steps whose worklist row is missing, is there without an open step (stray), or says something else (wrong)."""

    missing: tuple[UUID, ...]
    stray: tuple[UUID, ...]
    wrong: tuple[UUID, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stray or self.wrong)


def check() -> Differences:
    """Where the worklist differs from what follows from the open steps (đối chiếu danh sách việc)."""
    return _compare(derived(), _written())


@transaction.atomic
def rebuild(*, actor: Actor, at: datetime) -> Differences:
    """Put the worklist right (dựng lại danh sách việc), in one transaction during which no act writes; what was wrong.

    The lock of the table is taken before anything is read: an act writes its step and its worklist row in one
    statement, so it is seen whole or not at all.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_workitem IN SHARE ROW EXCLUSIVE MODE")
    right = derived()
    found = _compare(right, _written())
    WorkItem.objects.filter(pk__in=[*found.stray, *found.wrong]).delete()
    WorkItem.objects.bulk_create(WorkItem(**right[key]) for key in (*found.missing, *found.wrong))
    if found:
        record(
            events.WORKLIST_REBUILT,
            subject=uuid4(),
            actor=actor,
            at=at,
            payload={
                "missing": len(found.missing),
                "stray": len(found.stray),
                "wrong": len(found.wrong),
            },
        )
    return found


def derived() -> dict[UUID, dict[str, Any]]:
    """The whole worklist as it follows from open steps and from waits, by the key of the step or of the token."""
    calendar = working_calendar()
    asked = {
        step: due_at
        for asking in (OpinionRequest.objects, TransferRequest.objects, Complaint.objects)
        for step, due_at in asking.filter(step__closed_at=None).values_list("step", "due_at")
    }
    stopped = set(Suspension.objects.filter(resumption=None).values_list("dossier", flat=True))
    reopened = dict(Reopening.objects.values_list("dossier").annotate(last=Max("at")))
    items = {}
    words = _words()
    waits = _waits()
    steps = Step.objects.filter(closed_at=None).select_related("dossier")
    open_work = [(step.dossier, _values(step)) for step in steps] + waits
    for dossier, step in open_work:
        state = State(dossier.state)
        is_stopped = state.is_standing_still or (
            state is State.AWAITING_SUPPLEMENT
            and (dossier.received_at is None or dossier.pk in stopped)
        )
        items[step["id"]] = work_item(
            step,
            _values(dossier),
            asked_until=asked.get(step["id"]),
            reopened_at=reopened.get(dossier.pk),
            is_stopped=is_stopped,
            calendar=calendar,
            words=words.get(dossier.pk, []),
            waits_until=step.get("waits_until"),
        )
    return items


def _waits() -> list[tuple[Dossier, dict[str, Any]]]:
    """Tokens that rest at a timer on the way, each with its dossier, as a step would look that waits there."""
    on_the_way = Alarm.objects.filter(token=OuterRef("pk"), timer=OuterRef("node"))
    rings = on_the_way.values("fires_at")[:1]
    tokens = Token.objects.annotate(waits_until=Subquery(rings)).exclude(waits_until=None)
    return [
        (
            token.dossier,
            {
                **_values(token),
                "opened_at": token.since,
                "act": WAIT,
                "role": "",
                "agency_id": token.dossier.competent_agency_id,
                "waits_until": token.waits_until,
            },
        )
        for token in tokens.select_related("dossier")
    ]


def _words() -> dict[int, list[str]]:
    """What the work of each open dossier is found under."""
    steps = Step.objects.filter(closed_at=None).values("dossier")
    is_open = steps.union(Token.objects.values("dossier"))
    codes: dict[int, list[str]] = defaultdict(list)
    for dossier, value in DossierKey.objects.filter(dossier__in=is_open).values_list(
        "dossier", "value"
    ):
        codes[dossier].append(value)
    found = DossierSearch.objects.filter(dossier__in=is_open).values_list("dossier", "words")
    return {dossier: found_under(words, codes[dossier]) for dossier, words in found}


def _written() -> dict[UUID, dict[str, Any]]:
    return {
        item.pk: {**_values(item), "words": found_under(item.words, [])}
        for item in WorkItem.objects.all()
    }


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001


def _compare(
    right: Mapping[UUID, Mapping[str, Any]], written: Mapping[UUID, Mapping[str, Any]]
) -> Differences:
    both = right.keys() & written.keys()
    return Differences(
        missing=tuple(sorted(right.keys() - written.keys())),
        stray=tuple(sorted(written.keys() - right.keys())),
        wrong=tuple(sorted(key for key in both if right[key] != written[key])),
    )
