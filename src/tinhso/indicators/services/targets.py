"""Assigning and ending targets (giao, thôi giao chỉ tiêu)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.events.services import record
from tinhso.indicators import catalogue
from tinhso.indicators.errors import TargetEnded, TargetInvalid, TargetUnknown
from tinhso.indicators.events import TARGET_ASSIGNED, TARGET_ENDED
from tinhso.indicators.models import Target, TargetEnd
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.rights import require_over
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from tinhso.kernel.actors import Actor

HUNDRED = 100


@dataclass(frozen=True)
class TargetFacts:
    """What is to be reached, when, by whom (`agency`; the province when None), who said so and in which document."""

    indicator: str
    value: Decimal
    first: date
    last: date
    level: Target.Level
    issuer: str
    agency: int | None = None
    place: str = ""
    document: str = ""
    dated: date | None = None
    quotation: str = ""
    origin: str = ""
    edition: str = ""


@transaction.atomic
def assign_target(facts: TargetFacts, *, actor: Actor, at: datetime) -> Target:
    """Assign a target (giao chỉ tiêu phấn đấu); others for the same indicator stand beside it.

    Refuses with `IndicatorUnknown`, `TargetInvalid`.
    """
    require_over(actor, IndicatorPermission.ASSIGN, agency=facts.agency, at=at)
    _refuse_invalid(facts)
    row = asdict(facts)
    agency = row.pop("agency")
    target = Target.objects.create(agency_id=agency, at=at, actor=actor.key, **row)
    payload = {"indicator": facts.indicator, "first": facts.first, "last": facts.last}
    record(
        TARGET_ASSIGNED,
        subject=target.uuid,
        actor=actor,
        at=at,
        agency=facts.agency,
        payload=payload,
    )
    return target


def _refuse_invalid(facts: TargetFacts) -> None:
    indicator = catalogue.indicator(facts.indicator)
    wrong: dict[str, list[str]] = {}
    if facts.last < facts.first:
        wrong["last"] = [_("Ngày cuối trước ngày đầu.")]
    if facts.value < 0 or (indicator.is_ratio and facts.value > HUNDRED):
        wrong["value"] = [_("Giá trị nằm ngoài khoảng có thể đạt.")]
    if not facts.issuer.strip():
        wrong["issuer"] = [_("Cần ghi cơ quan giao.")]
    if wrong:
        raise TargetInvalid(wrong)


@transaction.atomic
def end_target(key: UUID, *, actor: Actor, on: date, reason: str, at: datetime) -> TargetEnd:
    """A target no longer holds from a day on (thôi giao chỉ tiêu).

    Refuses with `TargetUnknown`, `TargetEnded`, `TargetInvalid` without a reason.
    """
    target = Target.objects.select_for_update().filter(uuid=key).first()
    if target is None:
        raise TargetUnknown
    require_over(actor, IndicatorPermission.ASSIGN, agency=target.agency_id, at=at)
    ended = TargetEnd.objects.filter(target=target).first()
    if ended is not None:
        raise TargetEnded(on=formatting.day(ended.on))
    if not reason.strip():
        raise TargetInvalid({"reason": [_("Cần ghi rõ lý do.")]})
    end = TargetEnd.objects.create(target=target, on=on, reason=reason, at=at, actor=actor.key)
    payload = {"indicator": target.indicator, "on": on}
    record(
        TARGET_ENDED,
        subject=target.uuid,
        actor=actor,
        at=at,
        agency=target.agency_id,
        payload=payload,
    )
    return end
