"""Guide the applicant before receipt, and take in what they hand in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers import events
from tinhso.dossiers.models import Dossier, Guidance, Submission
from tinhso.dossiers.plans.intake import insert_papers
from tinhso.dossiers.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.dossiers.cases import Case
    from tinhso.events.kinds import EventKind


def _begin(case: Case, event: EventKind) -> Rows:
    rows = Rows(event)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    return rows


def plan_guide(case: Case, *, content: str, actor: str, at: datetime) -> Rows:
    """The desk says what to put right (hướng dẫn); the dossier goes on waiting for receipt."""
    rows = _begin(case, events.GUIDED)
    rows.insert(
        Guidance,
        id=case.key_for(Guidance, case.dossier["version"]),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        content=content,
    )
    return rows


def plan_correct(
    case: Case,
    *,
    answers: Mapping[str, Any],
    papers: Sequence[tuple[str, int]],
    channel: str,
    actor: str,
    at: datetime,
) -> Rows:
    """The applicant hands the form in again as they were guided (nộp lại theo hướng dẫn), before receipt."""
    rows = _begin(case, events.CORRECTED)
    submission = case.key_for(Submission)
    rows.insert(
        Submission,
        id=submission,
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        channel=channel,
        answers=dict(answers),
    )
    insert_papers(case, rows, submission, papers, actor=actor, at=at)
    return rows
