"""The fact table `inspections.inspection`: one row an inspection of one unit, by the day of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.indicators import visibility
from tinhso.inspections.models import Inspection, Note, State
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor

STATES = tuple((state.value, state.label) for state in State)
_NOTED = Exists(Note.objects.filter(item__inspection=OuterRef("pk")))


def _rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    found = Inspection.objects.all()
    if subjects is not None:
        found = found.filter(uuid__in=subjects)
    told = found.annotate(noted=_NOTED).order_by("pk")
    wanted = ("uuid", "unit", "plan__agency", "visit_on", "state", "noted")
    for uuid, *rest in told.values_list(*wanted).iterator():
        yield str(uuid), *rest


def _subjects(events: Sequence[Event]) -> Iterable[UUID]:
    """The inspections that are subjects, and those of a plan that is one."""
    touched = {event.subject for event in events}
    found = Inspection.objects.filter(Q(uuid__in=touched) | Q(plan__uuid__in=touched))
    return list(found.values_list("uuid", flat=True))


def _total(column: str) -> int:
    if column:
        raise LookupError(column)
    return Inspection.objects.count()


def _visible(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    found = Inspection.objects.visible_to(actor, at=at).filter(uuid__in=list(keys))
    return {str(key) for key in found.values_list("uuid", flat=True)}


def _links(keys: Collection[str]) -> dict[str, str]:
    return {key: reverse("inspections:inspection", args=[key]) for key in keys}


TABLE = FactTable(
    code="inspections.inspection",
    name=_("Cuộc kiểm tra"),
    counted=lambda n: npgettext("đếm", "cuộc kiểm tra", "cuộc kiểm tra", n),
    grain=_("một cuộc kiểm tra tại một đơn vị theo một kế hoạch"),
    key="uuid",
    subject="uuid",
    day="visit_on",
    agency="agency",
    columns=(
        Column("uuid", ColumnType.STRING, _("Khóa cuộc kiểm tra")),
        Column("agency", ColumnType.INTEGER, _("Đơn vị được kiểm tra")),
        Column("inspector", ColumnType.INTEGER, _("Cơ quan kiểm tra")),
        Column("visit_on", ColumnType.DATE, _("Ngày đến kiểm tra")),
        Column("state", ColumnType.STRING, _("Trạng thái"), words=STATES),
        Column("is_noted", ColumnType.BOOLEAN, _("Đã ghi kết quả tại đơn vị")),
    ),
    kinds=("inspections.",),
    subjects=_subjects,
    rows=_rows,
    total=_total,
    links=_links,
)


def declare() -> None:
    """Let the warehouse hold the table, and say who may open its rows."""
    register(TABLE)
    visibility.register(TABLE.code, _visible)
