"""How papers reach the desk: by post with the day of arrival, by a helper with consent, at which desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tinhso.dossiers.models import Consent, PaperException, PostalItem

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows


@dataclass(frozen=True)
class Posted:
    """A postal item (bưu gửi): when it arrived, the day on its envelope, its tracking number."""

    arrived_at: datetime
    posted_on: date | None = None
    tracking: str = ""


@dataclass(frozen=True)
class Agreed:
    """The consent of the applicant (đồng ý cho nộp hộ): who helps, who agreed, on which day, how (`ConsentWay`)."""

    helper: str
    given_by: str
    given_on: date
    way: str


@dataclass(frozen=True)
class OnPaper:
    """Why paper was taken although the procedure is filed on line: a `PaperReason`, in other words where it is other.

    `duty` is filled in by the act itself.
    """

    reason: str
    note: str = ""
    duty: int | None = None


@dataclass(frozen=True)
class Bringing:
    """What a desk records of how it came.

    `desk` is the agency whose counter takes it in, `helping` the agency that helped to file (both keys).
    """

    desk: int | None = None
    helping: int | None = None
    posted: Posted | None = None
    agreed: Agreed | None = None
    on_paper: OnPaper | None = None

    def came_at(self, at: datetime) -> datetime:
        """From when the administration holds it: the arrival of the post, else now."""
        return self.posted.arrived_at if self.posted else at


IN_PERSON = Bringing()


def insert_bringing(
    case: Case, rows: Rows, submission: UUID, bringing: Bringing, *, actor: str, at: datetime
) -> None:
    """The rows that tell how a submission came; none for what was handed in directly."""
    by = {"dossier_id": case.dossier["id"], "at": at, "actor": actor, "submission_id": submission}
    if bringing.posted is not None:
        rows.insert(
            PostalItem,
            id=uuid5(submission, "postal_item"),
            **by,
            arrived_at=bringing.posted.arrived_at,
            posted_on=bringing.posted.posted_on,
            tracking=bringing.posted.tracking,
        )
    if bringing.agreed is not None:
        rows.insert(
            Consent,
            id=uuid5(submission, "consent"),
            **by,
            helper=bringing.agreed.helper,
            given_by=bringing.agreed.given_by,
            given_on=bringing.agreed.given_on,
            way=bringing.agreed.way,
        )
    if bringing.on_paper is not None and bringing.on_paper.duty is not None:
        rows.insert(
            PaperException,
            id=uuid5(submission, "paper_exception"),
            dossier_id=case.dossier["id"],
            at=at,
            actor=actor,
            duty_id=bringing.on_paper.duty,
            reason=bringing.on_paper.reason,
            note=bringing.on_paper.note,
        )
