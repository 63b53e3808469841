"""One inspection: what was filled in beforehand, the criteria, findings, recommendations, minutes, what may be done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.inspections.models import HINDERING, FindingKind, Inspection, Outcome
from tinhso.inspections.pages.acting import acts_open
from tinhso.inspections.pages.self_reporting import may_report
from tinhso.inspections.queries.plans import visits
from tinhso.inspections.queries.sheets import parts_of, prepared, sees_notes, sheets
from tinhso.inspections.queries.sittings import sitting_of
from tinhso.inspections.queries.standing import standing, way
from tinhso.inspections.remedies import is_remedied, outcome_of
from tinhso.tasks.models import State as TaskState

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The inspection; what was noted shows to the unit only when the minutes are put before it."""
    seen = Inspection.objects.visible_to(request.actor, at=request.at)
    inspection = seen.get_or_refuse(key)
    noted = sees_notes(inspection, request.actor, at=request.at)
    on = day_of(request.at)
    context = {
        "inspection": inspection,
        "plan": inspection.plan,
        "unit": names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id],
        "others": visits([inspection], inspection.visit_on, today=on)[0].others,
        "noted": noted,
        "standing": standing(inspection, on),
        "way": way(inspection, inspection.plan, on),
        **_checklist(inspection, noted=noted),
        **_acts(request, inspection),
        **_outcome(inspection, noted=noted),
    }
    return render(request, "inspections/inspection.html", context)


def _checklist(inspection: Inspection, *, noted: bool) -> dict[str, Any]:
    """The criteria by content, how many were noted, which comes next, and what was filled in beforehand."""
    content, filled_at = prepared(inspection)
    known = sheets(inspection)
    shown = known if noted else []
    open_ones = [sheet.item.ordinal for sheet in shown if sheet.note is None]
    return {
        "parts": parts_of(shown),
        "own": [sheet for sheet in known if sheet.own],
        "written": len(shown) - len(open_ones),
        "whole": len(shown),
        "onward": open_ones[0] if open_ones else None,
        "content": with_words(content),
        "filled_at": filled_at,
    }


def _acts(request: ActedRequest, inspection: Inspection) -> dict[str, Any]:
    acts = acts_open(request, inspection)
    slugs = {act.slug for act in acts}
    return {
        "acts": [act for act in acts if not act.is_hidden],
        "is_writing": "chot-bien-ban" in slugs,
        "may_recheck": "kiem-tra-lai" in slugs,
        "may_raise": "vuong-mac" in slugs,
        "may_report": may_report(inspection, request),
    }


def with_words(content: dict[str, Any]) -> dict[str, Any]:
    """What was filled in, days as days, outcomes of former remedies in words."""
    dated = {
        name: [{**one, "day": date.fromisoformat(one["day"])} for one in content[name]]
        for name in ("tasks", "obstacles")
    }
    return {**content, **dated, "remedies": [_remedy(one) for one in content["remedies"]]}


def _remedy(one: dict[str, Any]) -> dict[str, Any]:
    """How a former recommendation stood: by who looked again, else by its task (long ago kept as its word)."""
    outcome = Outcome(one["outcome"]).label if one["outcome"] else ""
    is_done = one["outcome"] == Outcome.DONE or one.get("is_over", False)
    state = dict(TaskState.choices).get(one["state"], one["state"])
    return {**one, "word": outcome or state or _("Chưa xong"), "done": is_done}


def _outcome(inspection: Inspection, *, noted: bool) -> dict[str, Any]:
    if not noted:
        return {"findings": [], "asked": [], "minutes": []}
    findings = inspection.findings.filter(is_dropped=False).select_related("obstacle")
    standing = list(findings.order_by("pk"))
    asked = inspection.recommendations.filter(is_dropped=False).select_related("task")
    minutes = list(inspection.minutes_acts.order_by("pk"))
    people = people_of([one.actor for one in minutes])
    return {
        "findings": [
            (kind in HINDERING, kind.label, [one for one in standing if one.kind == kind])
            for kind in FindingKind
        ],
        "has_findings": bool(standing),
        "asked": [
            (one, is_remedied(one), Outcome(found).label if (found := outcome_of(one)) else "")
            for one in asked.order_by("ordinal")
        ],
        "minutes": [(one, people[one.actor]) for one in minutes],
        "sitting": sitting_of(inspection),
        "conclusion": getattr(inspection, "conclusion", None),
        "closing": getattr(inspection, "closing", None),
    }
