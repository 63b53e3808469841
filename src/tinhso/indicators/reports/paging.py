"""Reports as partner systems list them: by keyset, so that a page costs the same however deep it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tinhso.accounts.errors import CursorUnknown
from tinhso.indicators.models.reports import Report, held
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which reports: those that one's agencies make, or those made to them; of a state, a regime, a period, a term."""

    side: Literal["own", "incoming"] | None = None
    state: str | None = None
    regime: str | None = None
    period: str | None = None
    due_to: date | None = None


@dataclass(frozen=True)
class ReportPage:
    """Reports of one page, and the key after which the next begins."""

    reports: list[Report]
    following: UUID | None


def page(actor: Actor, wanted: Wanted, *, at: datetime, cursor: UUID | None = None) -> ReportPage:
    """Reports that the actor may see, the newest first."""
    require(actor, ReportPermission.READ, at=at)
    visible = Report.objects.visible_to(actor, at=at)
    found = visible
    agencies = held(actor, ReportPermission.READ, at=at)
    if wanted.side == "own":
        found = found.made_by(agencies)
    elif wanted.side == "incoming":
        found = found.made_to(agencies)
    given: dict[str, str | date | None] = {
        "state": wanted.state,
        "regime": wanted.regime,
        "period": wanted.period,
    }
    given |= {"due_on__lte": wanted.due_to}
    found = found.filter(**{name: value for name, value in given.items() if value is not None})
    if cursor is not None:
        last = visible.filter(uuid=cursor).values_list("pk", flat=True).first()
        if last is None:
            raise CursorUnknown
        found = found.filter(pk__lt=last)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return ReportPage(rows[:PAGE], rows[PAGE - 1].uuid if len(rows) > PAGE else None)
