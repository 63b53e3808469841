"""Reads of one inspection: who sees what was noted, its criteria with figures and notes, what was left aside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.agencies.queries import carried_on
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.indicators.models.reports import Source
from tinhso.inspections import checklists
from tinhso.inspections.checklists import in_words
from tinhso.inspections.models import Inspection, Judgement, Note, State
from tinhso.inspections.models.plans import teams_of
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.self_reports import standing_of
from tinhso.ui import formatting
from tinhso.ui.formatting import day as shown_day
from tinhso.ui.formatting import number as shown_number
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.inspections.checklists import Checklist
    from tinhso.inspections.models import Item, Photo, SelfReport
    from tinhso.kernel.actors import Actor

SHAPES = {
    Judgement.MET.value: "ok",
    Judgement.PARTLY.value: "near",
    Judgement.UNMET.value: "late",
    Judgement.DOES_NOT_APPLY.value: "plain",
}
"""Which shape of the layout's pills a judgement has."""


@dataclass(frozen=True)
class ShownFigure:
    """A figure that answers a criterion, as text; `value` is empty where there is none, then `why` says why.

    `days` are those of which the unit reported, `beside` what the records say of these very days.
    """

    code: str
    name: str
    value: str
    why: str
    parts: str
    reported: str
    days: str
    beside: str
    difference: str
    differs: bool


@dataclass(frozen=True)
class ShownNote:
    """A version of a note with who wrote it."""

    note: Note
    by: str


@dataclass(frozen=True)
class Sheet:
    """One criterion with all that is known of it."""

    item: Item
    text: str
    group: str
    records: str
    figures: list[ShownFigure]
    note: ShownNote | None
    judgement: str
    shape: str
    photos: list[Photo] = field(default_factory=list)
    asides: list[ShownNote] = field(default_factory=list)
    own: SelfReport | None = None

    @property
    def own_shape(self) -> str:
        """The shape of what the unit thinks of itself."""
        return SHAPES.get(self.own.judgement, "wait") if self.own else ""

    @property
    def version(self) -> int:
        """The version that a page shows; 0 when nothing was noted."""
        return self.note.note.version if self.note else 0


@dataclass(frozen=True)
class Part:
    """One content of the checklist with its criteria (nội dung kiểm tra)."""

    name: str
    sheets: list[Sheet]


def parts_of(found: Sequence[Sheet]) -> list[Part]:
    """The criteria by the content that they stand in, in order."""
    return [Part(name, list(part)) for name, part in groupby(found, key=lambda sheet: sheet.group)]


def sees_notes(inspection: Inspection, actor: Actor, *, at: datetime) -> bool:
    """The unit sees what was noted when the minutes are put before it, the inspecting side always."""
    if inspection.state != State.OPEN:
        return True
    scope = actor.scope(InspectionPermission.READ, at=at)
    here = scope.agencies | carried_on(scope.agencies, day_of(at)) if scope.agencies else set()
    if scope.everywhere or inspection.plan.agency_id in here:
        return True
    return teams_of(actor).filter(plan=inspection.plan_id).exists()


def prepared(inspection: Inspection) -> tuple[dict[str, Any], datetime | None]:
    """What was filled in last, and when."""
    last = inspection.preparations.order_by("-pk").first()
    if last is None:
        return {"figures": {}, "tasks": [], "obstacles": [], "remedies": []}, None
    return last.content, last.at


def sheets(inspection: Inspection, *, only: int | None = None) -> list[Sheet]:
    """The criteria in order, each with figures, the note that stands, photos, and what was left aside since."""
    items = inspection.items.order_by("ordinal").prefetch_related("photos__file__blob")
    if only is not None:
        items = items.filter(ordinal=only)
    content = prepared(inspection)[0]
    notes = _notes(list(items))
    checklist = checklists.in_force().get(inspection.plan.checklist)
    own = standing_of(items)
    return [
        replace(
            _sheet(item, content["figures"].get(item.code, []), notes, checklist),
            own=own.get(item.pk),
        )
        for item in items
    ]


def _notes(items: Sequence[Item]) -> Mapping[int, list[ShownNote]]:
    rows = list(Note.objects.filter(item__in=items).order_by("pk"))
    people = people_of([row.actor for row in rows])
    found: dict[int, list[ShownNote]] = {item.pk: [] for item in items}
    for row in rows:
        found[row.item_id].append(ShownNote(row, people[row.actor]))
    return found


def _sheet(
    item: Item,
    figures: Sequence[Mapping[str, Any]],
    notes: Mapping[int, list[ShownNote]],
    checklist: Checklist | None,
) -> Sheet:
    told = notes[item.pk]
    standing = [one for one in told if not one.note.is_aside]
    last = standing[-1] if standing else None
    judgement = last.note.judgement if last else ""
    return Sheet(
        item=item,
        text=in_words(item.code, item.text, checklist),
        group=in_words(item.code, item.group, checklist),
        records=in_words(item.code, item.records, checklist),
        figures=[shown_figure(one) for one in figures],
        note=last,
        judgement=str(Judgement(judgement).label),
        shape=SHAPES.get(judgement, "wait"),
        photos=list(item.photos.all()),
        asides=_waiting(told),
    )


def _waiting(told: Sequence[ShownNote]) -> list[ShownNote]:
    """Texts kept aside that their writers did not put together with the newest yet."""
    waiting: dict[str, ShownNote] = {}
    for one in told:
        if one.note.is_aside:
            waiting[one.note.actor] = one
        else:
            waiting.pop(one.note.actor, None)
    return list(waiting.values())


def shown_figure(told: Mapping[str, Any]) -> ShownFigure:
    """A figure that was filled in, in the numbers and words of the page."""
    parts, days = "", ""
    if told["numerator"] is not None and told["denominator"] is not None:
        parts = f"{shown_number(told['numerator'])}/{shown_number(told['denominator'])}"
    if told.get("reported_first"):
        first, last = (date.fromisoformat(told[f"reported_{end}"]) for end in ("first", "last"))
        days = f"{shown_day(first)} – {shown_day(last)}"
    unit = worded(told["unit"], told.get("unit_en", ""))
    return ShownFigure(
        code=told["code"],
        name=worded(told["name"], told.get("name_en", "")),
        value=_number(told["value"], unit),
        why=_why(told),
        parts=parts,
        reported=_number(told["reported"], unit),
        days=days,
        beside=_number(told.get("beside"), unit),
        difference=_number(told["difference"], unit, signed=True),
        differs=told["difference"] is not None and Decimal(told["difference"]) != 0,
    )


def _why(told: Mapping[str, Any]) -> str:
    """Why there is no figure: nobody has records of it, they cannot be read now, or none lie in these days."""
    if told["value"] is not None:
        return ""
    source = told.get("source", Source.NO_SOURCE)
    if source == Source.UNAVAILABLE:
        return _("chưa tính được lúc điền")
    return _("chưa có nguồn") if source == Source.NO_SOURCE else _("không phát sinh trong kỳ")


def _number(value: str | None, unit: str, *, signed: bool = False) -> str:
    if value is None:
        return ""
    amount = Decimal(value).normalize()
    places = max(-int(amount.as_tuple().exponent), 0)
    said = shown_number(amount, places)
    if not signed:
        return (
            formatting.told(amount, unit)
            if unit == formatting.PERCENT
            else f"{said} {unit}".strip()
        )
    sign = "+" if amount > 0 else ""
    return f"{sign}{said} {_('điểm %') if unit == formatting.PERCENT else unit}".strip()
