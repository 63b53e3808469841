"""The fact table of judged targets (đánh giá mục tiêu): one row a target when the figures of its own period are closed.

Judged is what was closed, by the definition of then, against the targets that stood then: a judgement never changes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.indicators import catalogue, visibility
from tinhso.indicators.events import PERIOD_CLOSED
from tinhso.indicators.judging import Verdict, judge
from tinhso.indicators.models import ClosedFigure, Target
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor
    from tinhso.warehouse.declaring import Rows

LEVELS = tuple((level.value, level.label) for level in Target.Level)
_STOOD = """
SELECT count(*) FROM indicators_target t
JOIN indicators_periodclosing p ON p.first = t.first AND p.last = t.last AND t.at <= p.at
JOIN indicators_closedfigure f
     ON f.closing_id = p.id AND f.indicator = t.indicator AND f.agency_id IS NOT DISTINCT FROM t.agency_id
LEFT JOIN indicators_targetend e ON e.target_id = t.id
WHERE t.place = '' AND (e.at IS NULL OR e.at > p.at)
"""


def _rows(subjects: Sequence[UUID] | None) -> Rows:
    figures = ClosedFigure.objects.select_related("closing").order_by("pk")
    if subjects is not None:
        figures = figures.filter(closing__uuid__in=subjects)
    targets = _targets()
    for figure in figures.iterator():
        closing = figure.closing
        asked = (figure.indicator, figure.agency_id, closing.first, closing.last)
        for target in targets.get(asked, ()):
            if target.at <= closing.at and not _ended(target, closing.at):
                yield _row(figure, target)


def _targets() -> dict[tuple[object, ...], list[Target]]:
    found: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for each in Target.objects.filter(place="").select_related("end").order_by("pk"):
        found[each.indicator, each.agency_id, each.first, each.last].append(each)
    return found


def _ended(target: Target, at: datetime) -> bool:
    end = getattr(target, "end", None)
    return end is not None and end.at <= at


def _row(figure: ClosedFigure, target: Target) -> tuple[object, ...]:
    definition = catalogue.version_of(figure.indicator, figure.version)
    verdict = judge(definition, figure, target).verdict
    is_judged = verdict is not Verdict.NONE
    return (
        f"{target.indicator}:{target.uuid}",
        str(figure.closing.uuid),
        target.indicator,
        figure.agency_id,
        target.level,
        target.first,
        target.last,
        None if figure.value is None else float(figure.value),
        float(target.value),
        verdict.value,
        verdict is Verdict.MET if is_judged else None,
    )


def _total(column: str) -> int:
    if column:
        raise LookupError(column)
    with connection.cursor() as cursor:
        cursor.execute(_STOOD)
        (number,) = cursor.fetchone()
    return int(number)


def _subjects(events: Sequence[Event]) -> Iterable[UUID]:
    return {event.subject for event in events}


def _visible(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    """Closings are for who reads figures; of whom each row tells is held by its agency."""
    return keys if actor.holds(IndicatorPermission.READ, at=at) else ()


def _links(keys: Collection[str]) -> dict[str, str]:
    return {key: reverse("indicators:indicator", args=[key.partition(":")[0]]) for key in keys}


JUDGEMENTS = FactTable(
    code="indicators.judgement",
    name=_("Mục tiêu đã đánh giá"),
    counted=lambda n: npgettext("đếm", "mục tiêu đã đánh giá", "mục tiêu đã đánh giá", n),
    grain=_("một chỉ tiêu phấn đấu khi số liệu của đúng kỳ đó được chốt"),
    key="key",
    subject="closing",
    day="last",
    agency="agency",
    columns=(
        Column("key", ColumnType.STRING, _("Khóa")),
        Column("closing", ColumnType.STRING, _("Lần chốt")),
        Column("indicator", ColumnType.STRING, _("Chỉ tiêu")),
        Column("agency", ColumnType.INTEGER, _("Cơ quan (trống: toàn tỉnh)")),
        Column("level", ColumnType.STRING, _("Cấp giao"), words=LEVELS),
        Column("first", ColumnType.DATE, _("Từ ngày")),
        Column("last", ColumnType.DATE, _("Đến hết ngày")),
        Column("value", ColumnType.DECIMAL, _("Giá trị đã chốt")),
        Column("goal", ColumnType.DECIMAL, _("Mức phải đạt")),
        Column(
            "verdict",
            ColumnType.STRING,
            _("Đánh giá"),
            words=tuple((each.value, each.label) for each in Verdict),
        ),
        Column("is_met", ColumnType.BOOLEAN, _("Đạt hoặc vượt (trống khi không đánh giá)")),
    ),
    kinds=(PERIOD_CLOSED.code,),
    subjects=_subjects,
    rows=_rows,
    total=_total,
    links=_links,
)


def declare() -> None:
    """Let the warehouse hold the table, and say who may open its rows."""
    register(JUDGEMENTS)
    visibility.register(JUDGEMENTS.code, _visible)
