"""A definition in words (định nghĩa bằng lời): what counts, of what it is a part, and what each named column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.forms.expressions import names_of
from tinhso.indicators import catalogue
from tinhso.indicators.definitions import MeasureKind
from tinhso.indicators.pages import phrasing
from tinhso.ui import formatting
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.indicators.definitions import Indicator


@dataclass(frozen=True)
class Part:
    """A part of the definition: in words (empty where there are none), and as declared (empty: every row counts)."""

    label: str
    words: str
    text: str


@dataclass(frozen=True)
class Told:
    """The definition: what one row is; its parts; the names in them."""

    grain: str
    day: str
    parts: tuple[Part, ...]
    names: tuple[tuple[str, str], ...]
    measure: str = ""


def told(indicator: Indicator) -> Told | None:
    """The definition in words; None of what has no source."""
    if not indicator.fact:
        return None
    declared = table_of(indicator.fact)
    content = catalogue.contents().get(indicator.code, {})
    day = (
        "" if indicator.is_standing else str(declared.by_name[indicator.day or declared.day].title)
    )
    used = _used(indicator)
    words = {
        name: str(declared.by_name[name].title) for name in sorted(used) if name in declared.by_name
    }
    words |= {name: meaning for name, meaning in phrasing.days().items() if name in used}
    return Told(
        grain=str(declared.grain),
        day=day,
        parts=tuple(_parts(indicator, content)),
        names=tuple(words.items()),
        measure=_measure(indicator),
    )


def _used(indicator: Indicator) -> set[str]:
    used: set[str] = set()
    for expression in (indicator.where, indicator.denominator, indicator.numerator):
        used |= names_of(expression) if expression is not None else set()
    return used


def _parts(indicator: Indicator, content: Mapping[str, Any]) -> list[Part]:
    ratio = content.get("ratio", {})
    found = [(_("Chỉ kể"), indicator.where, content["where"])] if content.get("where") else []
    if indicator.is_ratio:
        found += [
            (_("Mẫu số"), indicator.denominator, ratio.get("of", "")),
            (_("Tử số"), indicator.numerator, ratio["is"]),
        ]
    columns = table_of(indicator.fact).by_name
    return [
        Part(label, phrasing.phrase(expression, columns) if expression else "", text)
        for label, expression, text in found
    ]


def _measure(indicator: Indicator) -> str:
    measure = indicator.measure
    if measure is None:
        return ""
    column = table_of(indicator.fact).by_name.get(measure.column)
    of = str(column.title) if column else ""
    words = {
        MeasureKind.COUNT: _("Số dòng được kể"),
        MeasureKind.SUM: _("Tổng của “%(of)s”"),
        MeasureKind.MEAN: _("Trung bình của “%(of)s”"),
        MeasureKind.MEDIAN: _("Trung vị của “%(of)s”"),
        MeasureKind.PERCENTILE: _("Bách phân vị %(share)s của “%(of)s”"),
        MeasureKind.DISTINCT: _("Số giá trị khác nhau của “%(of)s”"),
    }
    share = formatting.number((measure.share or 0) * 100)
    return words[measure.kind] % {"of": of, "share": share}
