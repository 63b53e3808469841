"""Plans and inspections as the shapes that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.api.agencies import ShownAgency, shown_agencies
from tinhso.inspections.api import shown
from tinhso.inspections.queries import sittings
from tinhso.inspections.queries.self_reports import standing_of, version_of
from tinhso.inspections.queries.sheets import prepared, sees_notes, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tinhso.inspections.models import Inspection, Plan
    from tinhso.inspections.queries.sheets import Sheet
    from tinhso.kernel.actors import Actor


def plans(found: Sequence[Plan], on: date) -> shown.ShownPlans:
    """Plans of a list."""
    agencies = shown_agencies({plan.agency_id for plan in found}, on)
    return shown.ShownPlans(plans=[shown.ShownPlan(**_plan(plan, agencies)) for plan in found])


def plan_whole(plan: Plan, inspections: Sequence[Inspection], on: date) -> shown.ShownPlanWhole:
    """A plan with its visits."""
    agencies = shown_agencies({plan.agency_id, *(one.unit_id for one in inspections)}, on)
    visits = [shown.ShownVisit(**_visit(one, agencies)) for one in inspections]
    return shown.ShownPlanWhole(**_plan(plan, agencies), inspections=visits)


def _plan(plan: Plan, agencies: Mapping[int, ShownAgency]) -> dict[str, Any]:
    return {
        "uuid": plan.uuid,
        "agency": agencies[plan.agency_id],
        "number": plan.number,
        "issued_on": plan.issued_on,
        "title": plan.title,
        "first": plan.first,
        "last": plan.last,
        "checklist": plan.checklist,
    }


def _visit(one: Inspection, agencies: Mapping[int, ShownAgency]) -> dict[str, Any]:
    return {
        "uuid": one.uuid,
        "unit": agencies[one.unit_id],
        "visit_on": one.visit_on,
        "state": one.state,
    }


def inspection_whole(
    inspection: Inspection, actor: Actor, *, at: datetime
) -> shown.ShownInspection:
    """An inspection with its checklist, as far as the actor sees what was noted."""
    agencies = shown_agencies({inspection.unit_id}, inspection.visit_on)
    is_told = sees_notes(inspection, actor, at=at)
    content, filled_in_at = prepared(inspection)
    return shown.ShownInspection(
        **_visit(inspection, agencies),
        plan=inspection.plan.uuid,
        filled_in_at=filled_in_at,
        items=[_item(one, content) for one in sheets(inspection)] if is_told else [],
        self_report=_self_report(inspection),
        self_report_version=version_of(inspection),
        sitting=_sitting(inspection) if is_told else None,
        sitting_version=sittings.version_of(inspection),
        **_outcome(inspection, is_told=is_told),
    )


def _sitting(inspection: Inspection) -> shown.ShownSitting | None:
    last = sittings.sitting_of(inspection)
    if last is None:
        return None
    return shown.ShownSitting(
        place=last.place,
        begins_at=last.begins_at,
        ends_at=last.ends_at,
        attendees=len(last.attendees.all()),
        unit_opinion=last.unit_opinion,
        team_opinion=last.team_opinion,
    )


def _self_report(inspection: Inspection) -> list[shown.ShownSelfSaid]:
    """What the unit said, which both sides may see at any time."""
    items = list(inspection.items.order_by("ordinal"))
    own = standing_of(items)
    return [
        shown.ShownSelfSaid(
            ordinal=item.ordinal, judgement=own[item.pk].judgement, text=own[item.pk].text
        )
        for item in items
        if item.pk in own
    ]


def _item(sheet: Sheet, content: Mapping[str, Any]) -> shown.ShownItem:
    item, note = sheet.item, sheet.note
    figures = content["figures"].get(item.code, [])
    return shown.ShownItem(
        ordinal=item.ordinal,
        code=item.code,
        group=item.group,
        text=item.text,
        figures=[shown.ShownFilledIn.model_validate(one) for one in figures],
        judgement=note.note.judgement if note else "",
        note=note.note.text if note else "",
        version=sheet.version,
        asides=[one.note.text for one in sheet.asides],
        photos=[photo.uuid for photo in sheet.photos],
    )


def _outcome(inspection: Inspection, *, is_told: bool) -> dict[str, Any]:
    """Findings, recommendations and minutes; nothing of them while the team still writes."""
    if not is_told:
        return {"findings": [], "recommendations": [], "minutes": []}
    found = inspection.findings.filter(is_dropped=False).order_by("pk")
    found = found.select_related("item", "obstacle")
    asked = inspection.recommendations.filter(is_dropped=False).select_related("task")
    return {
        "findings": [
            shown.ShownFinding(
                kind=one.kind,
                text=one.text,
                ordinal=one.item.ordinal if one.item else None,
                obstacle=one.obstacle.uuid if one.obstacle else None,
            )
            for one in found
        ],
        "recommendations": [
            shown.ShownRecommendation(
                ordinal=one.ordinal,
                text=one.text,
                deadline_on=one.deadline_on,
                task=one.task.uuid if one.task else None,
            )
            for one in asked.order_by("ordinal")
        ],
        "minutes": [
            shown.ShownMinutesAct(at=one.at, act=one.kind, words=one.words, digest=one.digest)
            for one in inspection.minutes_acts.order_by("pk")
        ],
    }
