"""Each paper as the officer saw it when receiving the dossier (xác nhận thành phần hồ sơ)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tinhso.dossiers.models import HeldPaperAsked, Paper, PaperConfirmation, SeenAs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows


@dataclass(frozen=True)
class Seen:
    """As what each paper was seen, by its code; `taken` maps a paper's file to the earlier result it came from.

    A paper that is not named was seen as an electronic file: filed on line, its check is the act of receiving.
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
    """One confirmation for each paper of the case."""
    for key, paper in case.rows(Paper).items():
        known = case.definition.paper(paper["code"])
        rows.insert(
            PaperConfirmation,
            id=uuid5(key, "confirmation"),
            dossier_id=case.dossier["id"],
            at=at,
            actor=actor,
            paper_id=key,
            seen_as=seen.by_code.get(paper["code"], SeenAs.ELECTRONIC.value),
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
