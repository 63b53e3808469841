"""Recording figures that others worked out (số liệu báo cáo, số liệu nhận được)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.events.services import record
from tinhso.indicators import catalogue
from tinhso.indicators.errors import FigureInvalid
from tinhso.indicators.events import FIGURE_RECORDED
from tinhso.indicators.models import FigureKind, ReportedFigure
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.rights import require_over

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class ReportedFacts:
    """A figure as it was told: by whom (`source`), of which interval, of what whole, in which words."""

    indicator: str
    first: date
    last: date
    kind: FigureKind
    source: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    agency: int | None = None
    place: str = ""
    at_least: bool = False
    is_unclear: bool = False
    quotation: str = ""
    origin: str = ""
    edition: str = ""


@transaction.atomic
def record_reported(facts: ReportedFacts, *, actor: Actor, at: datetime) -> ReportedFigure:
    """Keep a figure that somebody told, beside what the records say (ghi số liệu báo cáo).

    Refuses with `IndicatorUnknown`, `FigureInvalid`.
    """
    require_over(actor, IndicatorPermission.RECORD, agency=facts.agency, at=at)
    _refuse_invalid(facts)
    row = asdict(facts)
    agency = row.pop("agency")
    figure = ReportedFigure.objects.create(agency_id=agency, at=at, actor=actor.key, **row)
    payload = {
        "indicator": facts.indicator,
        "kind": facts.kind.value,
        "first": facts.first,
        "last": facts.last,
    }
    record(
        FIGURE_RECORDED,
        subject=figure.uuid,
        actor=actor,
        at=at,
        agency=facts.agency,
        payload=payload,
    )
    return figure


def _refuse_invalid(facts: ReportedFacts) -> None:
    catalogue.indicator(facts.indicator)
    wrong: dict[str, list[str]] = {}
    if facts.last < facts.first:
        wrong["last"] = [_("Ngày cuối trước ngày đầu.")]
    if facts.kind is FigureKind.COMPUTED:
        wrong["kind"] = [_("Số liệu hệ thống tính không nhập bằng tay.")]
    if not facts.source.strip():
        wrong["source"] = [_("Cần ghi nguồn số liệu.")]
    if facts.value is None and facts.numerator is None and not facts.quotation:
        wrong["value"] = [_("Cần ghi giá trị, hoặc lời của nguồn khi nguồn không nêu số.")]
    parts = facts.numerator, facts.denominator
    if None not in parts and (facts.numerator or 0) > (facts.denominator or 0):
        wrong["numerator"] = [_("Tử số lớn hơn mẫu số.")]
    if wrong:
        raise FigureInvalid(wrong)
