"""The fact table of what reports must tell (chỉ tiêu báo cáo): one row an indicator that a regime in force asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.indicators import visibility
from tinhso.indicators.reports import regimes
from tinhso.packs.models import PackEntry
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from tinhso.events.models import Event
    from tinhso.indicators.reports.regimes import Regime
    from tinhso.kernel.actors import Actor
    from tinhso.warehouse.declaring import Rows

NAMESPACE = UUID("0c2d9a52-5f0c-5f3e-8f6e-2f0a8f1f7c48")
"""From it and its code each regime gets the key under which its rows stand together."""
SETTERS = (
    ("government", _("Chính phủ, Thủ tướng Chính phủ")),
    ("ministry", _("Bộ, ngành trung ương")),
    ("province", _("Tỉnh")),
)
_LAID_DOWN = """
SELECT count(*) FROM (
    SELECT DISTINCT e.code, e.version, jsonb_path_query(e.content, '$.sections[*].tables[*].indicators[*]')
    FROM packs_packentry e WHERE e.kind = %s
) asked
"""


def _rows(subjects: Sequence[UUID] | None) -> Rows:
    versions: dict[str, list[Regime]] = {}
    for entry in PackEntry.objects.filter(kind=regimes.KIND).order_by("id"):
        versions.setdefault(entry.code, []).append(regimes.regime_of(entry))
    for code, known in sorted(versions.items()):
        subject = uuid5(NAMESPACE, code)
        if subjects is None or subject in subjects:
            ends = [each.since for each in known[1:]]
            for regime, until in zip(known, [*ends, None], strict=True):
                yield from _of_version(regime, subject, until)


def _of_version(regime: Regime, subject: UUID, until: date | None) -> Rows:
    for indicator in regime.indicators:
        yield (
            f"{regime.code}@{regime.version}:{indicator}",
            str(subject),
            regime.code,
            indicator,
            None,
            regime.set_by or None,
            regime.frequency.value,
            regime.since,
            until,
        )


def _total(column: str) -> int:
    if column:
        raise LookupError(column)
    with connection.cursor() as cursor:
        cursor.execute(_LAID_DOWN, [regimes.KIND])
        (number,) = cursor.fetchone()
    return int(number)


def _subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """All: packs are published seldom, and regimes are few."""
    return None if events else ()


def _everybody_s(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    del actor, at
    return keys


REQUIREMENTS = FactTable(
    code="indicators.requirement",
    name=_("Chỉ tiêu báo cáo"),
    counted=lambda n: npgettext("đếm", "chỉ tiêu báo cáo", "chỉ tiêu báo cáo", n),
    grain=_("một chỉ tiêu mà một phiên bản chế độ báo cáo yêu cầu"),
    key="key",
    subject="uuid",
    day="from_day",
    agency="agency",
    columns=(
        Column("key", ColumnType.STRING, _("Khóa")),
        Column("uuid", ColumnType.STRING, _("Khóa chế độ báo cáo")),
        Column("regime", ColumnType.STRING, _("Chế độ báo cáo")),
        Column("indicator", ColumnType.STRING, _("Chỉ tiêu")),
        Column("agency", ColumnType.INTEGER, _("Cơ quan (luôn trống)")),
        Column("set_by", ColumnType.STRING, _("Nơi đặt ra"), words=SETTERS),
        Column("frequency", ColumnType.STRING, _("Tần suất")),
        Column("from_day", ColumnType.DATE, _("Từ ngày")),
        Column("until_day", ColumnType.DATE, _("Đến trước ngày")),
    ),
    kinds=("packs.applied",),
    subjects=_subjects,
    rows=_rows,
    total=_total,
    is_public=True,
)


def declare() -> None:
    """Let the warehouse hold the table; what packs ask for is public."""
    register(REQUIREMENTS)
    visibility.register(REQUIREMENTS.code, _everybody_s, opens_all=lambda _actor, _at: True)
