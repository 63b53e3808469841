"""The fact table `counter.day`: one row a day of one desk whose papers were counted, as its closing stands.

A day is equal when each line of its closing is, and the system still counts what it counted then: whoever receives or
cancels afterwards makes it unequal until it is closed anew.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.clock import day_of
from tinhso.counter.models import ClosingLine, DayClosing
from tinhso.counter.queries.days import changed_since
from tinhso.dossiers.models import Dossier
from tinhso.indicators import visibility
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor


BATCH = 1000
"""Closings whose lines and dossiers are asked for at a time; by their keys they lie close in time."""
TOUCHING = ("dossiers.received", "dossiers.receipt_cancelled")
"""What changes the counts of a day."""


def _rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    found = DayClosing.objects.standing()
    if subjects is not None:
        found = found.filter(uuid__in=subjects)
    last = 0
    while rows := list(found.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        unequal = changed_since(rows)
        lines = ClosingLine.objects.filter(closing__in=[row.pk for row in rows])
        unequal |= set(lines.exclude(paper=F("system")).values_list("closing", flat=True))
        for row in rows:
            is_equal = row.pk not in unequal
            yield str(row.uuid), row.agency_id, row.day, row.paper, row.system, is_equal


def _subjects(events: Sequence[Event]) -> Iterable[UUID]:
    touched = {event.subject for event in events if event.kind not in TOUCHING}
    dossiers = {event.subject for event in events if event.kind in TOUCHING}
    received = Dossier.objects.filter(uuid__in=dossiers).exclude(received_at=None)
    days: dict[date, set[int]] = defaultdict(set)
    for agency, at in received.values_list("receiving_agency", "received_at"):
        if at is not None:
            days[day_of(at)].add(agency)
    for day, agencies in days.items():
        closed = DayClosing.objects.standing().filter(day=day, agency__in=agencies)
        touched |= set(closed.values_list("uuid", flat=True))
    return touched


def _total(column: str) -> int:
    standing = DayClosing.objects.standing()
    if not column:
        return standing.count()
    return int(standing.aggregate(of=Sum(column))["of"] or 0)


def _visible(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    found = DayClosing.objects.visible_to(actor, at=at).filter(uuid__in=list(keys))
    return {str(key) for key in found.values_list("uuid", flat=True)}


def _links(keys: Collection[str]) -> dict[str, str]:
    page = reverse("counter:day")
    found = DayClosing.objects.filter(uuid__in=keys).values_list("uuid", "agency_id", "day")
    return {str(uuid): f"{page}?co-quan={agency}&ngay={day}" for uuid, agency, day in found}


TABLE = FactTable(
    code="counter.day",
    name=_("Ngày đã đối chiếu ở quầy"),
    counted=lambda n: npgettext("đếm", "ngày đã đối chiếu ở quầy", "ngày đã đối chiếu ở quầy", n),
    grain=_("một ngày của một quầy đã đếm hồ sơ giấy và khóa sổ"),
    key="uuid",
    subject="uuid",
    day="day",
    agency="agency",
    columns=(
        Column("uuid", ColumnType.STRING, _("Khóa lần khóa sổ")),
        Column("agency", ColumnType.INTEGER, _("Cơ quan có quầy")),
        Column("day", ColumnType.DATE, _("Ngày của sổ")),
        Column("paper", ColumnType.INTEGER, _("Hồ sơ giấy đếm được"), "hồ sơ"),
        Column("system", ColumnType.INTEGER, _("Hồ sơ trên hệ thống"), "hồ sơ"),
        Column(
            "is_equal",
            ColumnType.BOOLEAN,
            _("Từng thủ tục số giấy bằng số trên hệ thống, sau khi khóa không đổi"),
        ),
    ),
    kinds=("counter.day_", *TOUCHING),
    subjects=_subjects,
    rows=_rows,
    total=_total,
    links=_links,
    version=2,
)


def declare() -> None:
    """Let the warehouse hold the table, and say who may open its rows."""
    register(TABLE)
    visibility.register(TABLE.code, _visible)
