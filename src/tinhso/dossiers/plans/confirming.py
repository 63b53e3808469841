"""Each paper as an officer saw it, at receipt or later (xác nhận thành phần hồ sơ)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tinhso.dossiers import events
from tinhso.dossiers.models import Dossier, HeldPaperAsked, Paper, PaperConfirmation
from tinhso.dossiers.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.dossiers.cases import Case


@dataclass(frozen=True)
class Seen:
    """As what each paper was seen, by its code; `taken` maps a paper's file to the earlier result it came from.

    A paper that is not named was not looked at yet: it has no confirmation until somebody gives one.
    """

    by_code: Mapping[str, str] = field(default_factory=dict)
    taken: Mapping[int, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedAnyway:
    """A paper that the platform holds as `result`, asked for with a reason."""

    code: str
    result: UUID
    reason: str


def insert_confirmations(case: Case, rows: Rows, seen: Seen, *, actor: str, at: datetime) -> None:
    """One confirmation for each paper of the case that was seen."""
    for key, paper in case.rows(Paper).items():
        if paper["code"] in seen.by_code:
            _insert(case, rows, key, seen, actor=actor, at=at)


def plan_confirm(case: Case, paper: UUID, seen: Seen, *, actor: str, at: datetime) -> Rows:
    """One paper of a received dossier was looked at (xác nhận giấy tờ)."""
    code = case.rows(Paper)[paper]["code"]
    rows = Rows(events.PAPER_CONFIRMED, {"paper": str(paper), "seen_as": seen.by_code[code]})
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    _insert(case, rows, paper, seen, actor=actor, at=at)
    return rows


def _insert(case: Case, rows: Rows, key: UUID, seen: Seen, *, actor: str, at: datetime) -> None:
    paper = case.rows(Paper)[key]
    known = case.definition.paper(paper["code"])
    rows.insert(
        PaperConfirmation,
        id=uuid5(key, "confirmation"),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        paper_id=key,
        seen_as=seen.by_code[paper["code"]],
        kind=known.kind if known is not None else "",
        holder_id=case.dossier["applicant_id"],
        result_id=seen.taken.get(paper["file_id"]),
    )


def insert_asked(
    case: Case, rows: Rows, asked: Sequence[AskedAnyway], by: UUID, *, actor: str, at: datetime
) -> None:
    """The papers that were asked for although they are held; `by` is the row that asks."""
    for one in asked:
        rows.insert(
            HeldPaperAsked,
            id=uuid5(by, f"held:{one.code}"),
            dossier_id=case.dossier["id"],
            at=at,
            actor=actor,
            code=one.code,
            result_id=one.result,
            reason=one.reason,
        )
