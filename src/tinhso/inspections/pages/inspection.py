"""One inspection: what was filled in beforehand, the criteria, findings, recommendations, minutes, what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.events.naming import names_of as people_of
from tinhso.inspections.filling import outcome_of
from tinhso.inspections.models import FindingKind, Inspection, Outcome, State
from tinhso.inspections.pages.acting import acts_open
from tinhso.inspections.queries.plans import visits
from tinhso.inspections.queries.sheets import prepared, sees_notes, sheets
from tinhso.inspections.services.concluding import is_remedied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The inspection; what was noted shows to the unit only when the minutes are put before it."""
    seen = Inspection.objects.visible_to(request.actor, at=request.at)
    inspection = seen.get_or_refuse(key)
    noted = sees_notes(inspection, request.actor, at=request.at)
    content, filled_at = prepared(inspection)
    acts = acts_open(request, inspection)
    context = {
        "inspection": inspection,
        "plan": inspection.plan,
        "unit": names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id],
        "others": visits([inspection], inspection.visit_on)[0].others,
        "sheets": sheets(inspection) if noted else [],
        "noted": noted,
        "content": with_words(content),
        "filled_at": filled_at,
        "acts": [act for act in acts if not act.is_hidden],
        "is_writing": any(act.slug == "chot-bien-ban" for act in acts),
        "state": State(inspection.state).label,
        **_outcome(inspection, noted=noted),
    }
    return render(request, "inspections/inspection.html", context)


def with_words(content: dict[str, Any]) -> dict[str, Any]:
    """What was filled in, outcomes of former remedies in words."""
    remedies = [
        {**one, "outcome": Outcome(one["outcome"]).label if one["outcome"] else ""}
        for one in content["remedies"]
    ]
    return {**content, "remedies": remedies}


def _outcome(inspection: Inspection, *, noted: bool) -> dict[str, Any]:
    if not noted:
        return {"findings": [], "asked": [], "minutes": []}
    standing = list(inspection.findings.filter(is_dropped=False).order_by("pk"))
    asked = inspection.recommendations.filter(is_dropped=False).select_related("task")
    minutes = list(inspection.minutes_acts.order_by("pk"))
    people = people_of([one.actor for one in minutes])
    return {
        "findings": [
            (kind.label, [one for one in standing if one.kind == kind]) for kind in FindingKind
        ],
        "has_findings": bool(standing),
        "asked": [
            (one, is_remedied(one), Outcome(found).label if (found := outcome_of(one)) else "")
            for one in asked.order_by("ordinal")
        ],
        "minutes": [(one, people[one.actor]) for one in minutes],
        "conclusion": getattr(inspection, "conclusion", None),
    }
