"""Which of the papers that were ever handed in a dossier still has, or had at an instant.

Every submission names again what stays: what an earlier one had, and a later one has not, was taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.models import Paper, Submission

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier


def taken_out(dossier: int, definition: Definition) -> set[tuple[str, int]]:
    """Code and file of the procedure's papers that the last submission does not name any more (giấy tờ đã bỏ).

    What was asked for in words has a slot in the answer to that request alone, and stays.
    """
    latest = Submission.objects.filter(dossier=dossier).order_by("-at").first()
    kept = set() if latest is None else set(latest.papers.values_list("code", "file"))
    codes = [paper.code for paper in definition.papers]
    known = Paper.objects.filter(dossier=dossier, code__in=codes)
    return set(known.values_list("code", "file")) - kept


def codes_at(dossier: Dossier, at: datetime) -> set[str]:
    """The codes of the papers that the dossier had at an instant: those that the last submission till then names."""
    till_then = dossier.submissions.filter(at__lte=at).order_by("-at").first()
    papers = dossier.papers if till_then is None else till_then.papers
    return set(papers.values_list("code", flat=True))
