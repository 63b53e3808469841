"""Say sorry for a missed appointment: a row and an event; work, clock and appointed time stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers import events
from tinhso.dossiers.models import Apology, ApologyWaiver, Dossier
from tinhso.dossiers.rows import Rows

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.dossiers.cases import Case


def plan_apologise(case: Case, *, reason: str, promised_on: date, actor: str, at: datetime) -> Rows:
    """The applicant is told why it is late and for which day it is promised now (xin lỗi khi đã quá hạn)."""
    rows = Rows(events.APOLOGISED)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    rows.payload["promised_on"] = promised_on.isoformat()
    rows.insert(
        Apology,
        id=case.key_for(Apology, case.dossier["version"]),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        reason=reason,
        due_at=case.due_at,
        promised_on=promised_on,
    )
    return rows


def plan_waive_apology(case: Case, *, reason: str, actor: str, at: datetime) -> Rows:
    """Why nobody is owed an apology for the late result (không phải xin lỗi)."""
    rows = Rows(events.APOLOGY_WAIVED)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    rows.insert(
        ApologyWaiver,
        id=case.key_for(ApologyWaiver, case.dossier["version"]),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        reason=reason,
    )
    return rows
