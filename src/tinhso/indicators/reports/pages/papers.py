"""A report as a paper to take along: PDF, Word, spreadsheet; of the draft, or of a version that was sent."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_safe

from tinhso.indicators.models.reports import Report, ReportState
from tinhso.indicators.reports import queries
from tinhso.indicators.reports.content import Content, content_of
from tinhso.indicators.reports.errors import ReportUnknown
from tinhso.indicators.reports.printing import paper, sheet, word

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "pdf": (paper.pdf, "application/pdf"),
    "docx": (word.docx, f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": (sheet.xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
}


@require_safe
def take(request: ActedRequest, key: UUID, form: str) -> FileResponse:
    """The paper in that form; `?lan=2` of that version, else as the report stands, or as it was sent last."""
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    if form not in FORMS:
        raise ReportUnknown
    write, content_type = FORMS[form]
    content, version = _content(request, report)
    name = f"bao-cao-{report.regime}-{report.period}{version}.{form}"
    return FileResponse(
        BytesIO(write(content)), as_attachment=True, filename=name, content_type=content_type
    )


def _content(request: ActedRequest, report: Report) -> tuple[Content, str]:
    """What is printed, and the end of the file's name: a draft is nobody's but the agency's own."""
    wanted = request.GET.get("lan", "")
    is_ours = queries.is_ours(report, request.actor, at=request.at)
    sent = report.submissions.order_by("number")
    if wanted.isdecimal() and len(wanted) < 6:  # noqa: PLR2004
        sent = sent.filter(number=int(wanted))
        found = sent.last()
    elif is_ours and report.is_writable:
        return content_of(report), "-du-thao"
    else:
        found = sent.last()
        if found is None and is_ours and report.state != ReportState.DUE:
            return content_of(report), "-du-thao"
    if found is None:
        raise ReportUnknown
    return found.content, f"-lan-{found.number}"
