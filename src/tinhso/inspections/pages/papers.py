"""Minutes and report to take along (biên bản, báo cáo): PDF and Word."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import ancestors, names_of
from tinhso.inspections.errors import InspectionUnknown
from tinhso.inspections.models import Inspection
from tinhso.inspections.printing.words import minutes_paper, report_paper
from tinhso.inspections.queries.sheets import sees_notes
from tinhso.ui.printing import pdf
from tinhso.ui.word import docx

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

PAPERS = {"bien-ban": minutes_paper, "bao-cao": report_paper}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": "application/pdf", "docx": WORD}
TEMPLATE = "inspections/printing/paper.typ"


@require_safe
def give(request: ActedRequest, key: UUID, paper: str, form: str) -> HttpResponse:
    """The paper, for whoever sees what was noted."""
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    is_known = paper in PAPERS and form in FORMS
    if not is_known or not sees_notes(inspection, request.actor, at=request.at):
        raise InspectionUnknown
    words = {**PAPERS[paper](inspection), "place": place_of(inspection)}
    content = pdf(TEMPLATE, words) if form == "pdf" else docx(words)
    answer = HttpResponse(content, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{paper}-{inspection.visit_on}.{form}"'
    return answer


def place_of(inspection: Inspection) -> str:
    """The place before the date: the province of the agency that inspects, without "UBND tỉnh"."""
    plan = inspection.plan
    above = [plan.agency_id, *ancestors(plan.agency_id, inspection.visit_on)]
    name = names_of([above[-1]], inspection.visit_on).get(above[-1], "")
    return name.removeprefix("UBND ").removeprefix("tỉnh ").removeprefix("Tỉnh ")
