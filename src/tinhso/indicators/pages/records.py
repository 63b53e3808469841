"""`/chi-tieu/<code>/ho-so/`: the very records that a figure counted, and how many of them the reader may not open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.forms.expressions import names_of as names_in
from tinhso.indicators import queries as figures
from tinhso.indicators import services
from tinhso.indicators.definitions import Direction
from tinhso.indicators.judging import failing
from tinhso.indicators.pages import asking
from tinhso.kernel.errors import NotFound
from tinhso.ui import formatting, spreadsheets
from tinhso.ui.components import Tab
from tinhso.warehouse.declaring import ColumnType
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.listing import Part, Record
    from tinhso.indicators.pages.asking import Asked
    from tinhso.kernel.requests import ActedRequest
    from tinhso.warehouse.declaring import Column, FactTable

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One record: what it is called, its page, and the cells under the heads."""

    name: str
    href: str
    cells: Sequence[tuple[str, str]]


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponse:
    """One page of the records of the part that the address names."""
    asked = asking.asked_in(request, code)
    number = asking.page_number(request)
    found = _found(request, asked, page=number, size=PAGE)
    context = {
        "asked": asked,
        "indicator": asked.indicator,
        "found": found,
        "tabs": _tabs(asked),
        "heads": [title for title, _column in heads(asked.indicator)],
        "rows": rows_of(asked.indicator, found.rows),
        "page": Paginator(range(found.total), PAGE).get_page(number),
        "forms": [(form, asked.export_address(form)) for form in spreadsheets.FORMS],
    }
    return render(request, "indicators/records.html", context)


def _found(request: ActedRequest, asked: Asked, size: int, page: int = 1) -> figures.Records:
    return figures.records(
        asked.indicator.code,
        asked.cut,
        asked.group,
        asked.part,
        actor=request.actor,
        at=request.at,
        page=page,
        size=size,
    )


@require_safe
def export(request: ActedRequest, code: str, form: str) -> HttpResponseBase:
    """All of them that the reader may open, as a file that says how many more were counted; told to the log."""
    asked = asking.asked_in(request, code)
    if form not in spreadsheets.FORMS:
        raise NotFound
    found = services.export_records(
        code,
        asked.cut,
        asked.group,
        asked.part,
        form=form,
        actor=request.actor,
        at=request.at,
    )
    name = f"{code.replace('.', '-')}-{request.at:%Y%m%d-%H%M}"
    title = asked.indicator.title
    return spreadsheets.answer(form, name, title, _lines(asked.indicator, found))


def _lines(indicator: Indicator, found: figures.Records) -> Iterator[Sequence[str]]:
    columns = heads(indicator)
    yield [_("Mã"), *(str(title) for title, _column in columns)]
    for row in rows_of(indicator, found.rows):
        yield [row.name, *(cell for _title, cell in row.cells)]
    if left := found.total - len(found.rows):
        yield [_("Còn %(n)s dòng không kết xuất") % {"n": formatting.number(left)}]
    if found.hidden:
        said = _("%(n)s bản ghi khác được đếm trong số liệu nhưng bạn không được mở.")
        yield [said % {"n": formatting.number(found.hidden)}]


def _tabs(asked: Asked) -> list[Tab]:
    """The parts of a ratio with their counts; of anything else one list."""
    if not asked.indicator.is_ratio:
        return []
    seen = asked.observation
    numerator, denominator = (seen.numerator or 0, seen.denominator or 0) if seen else (0, 0)
    inside, outside = _parts_of(asked.indicator)
    parts: tuple[tuple[Part, str, int], ...] = (
        ("denominator", _("Mẫu số: tất cả"), denominator),
        ("numerator", inside, numerator),
        ("missing", outside, denominator - numerator),
    )
    bad = (failing(asked.indicator, seen) or ("", 0))[0] if seen else ""
    return [
        Tab(
            label,
            asked.part_address(part),
            count,
            "late" if part == bad and count else "",
            is_current=part == asked.part,
        )
        for part, label, count in parts
    ]


def _parts_of(indicator: Indicator) -> tuple[str, str]:
    """What the records in the numerator are called, and those outside it: by which way is better."""
    match indicator.direction:
        case Direction.HIGHER:
            return _("Tử số: đạt"), _("Chưa đạt, kéo tỷ lệ xuống")
        case Direction.LOWER:
            return _("Tử số: chưa đạt, kéo tỷ lệ lên"), _("Ngoài tử số: đạt")
        case _:
            return _("Trong tử số"), _("Ngoài tử số")


def heads(indicator: Indicator) -> list[tuple[str, Column]]:
    """The columns that a list shows: what the definition asks of a record, its day and its agency."""
    declared = table_of(indicator.fact)
    used: set[str] = {indicator.measure.column} if indicator.measure else set()
    for expression in (indicator.denominator, indicator.numerator):
        used |= names_in(expression) if expression is not None else set()
    if indicator.where is not None:
        used |= {name for name in names_in(indicator.where) if not _is_plain(declared, name)}
    first = [declared.agency, "procedure", indicator.day or declared.day]
    order = dict.fromkeys([*first, *(each.name for each in declared.columns if each.name in used)])
    shown = [declared.by_name[name] for name in order if name in declared.by_name]
    return [(_head(column), column) for column in shown if column.name not in _codes(declared)]


def _head(column: Column) -> str:
    """The title without what it says of empty cells; the definition of the figure tells that."""
    return str(column.title).partition(" (")[0]


def _is_plain(declared: FactTable, name: str) -> bool:
    """Whether a column that decides what counts at all would be the same in every row of the list."""
    column = declared.by_name.get(name)
    return column is not None and column.type is ColumnType.BOOLEAN


def _codes(declared: FactTable) -> frozenset[str]:
    return frozenset({declared.key, declared.subject, "number"})


def rows_of(indicator: Indicator, found: Sequence[Record]) -> list[Row]:
    """The records as a list shows them; agencies by their names on the day of the record."""
    declared = table_of(indicator.fact)
    columns = heads(indicator)
    agencies = {
        name for name in declared.by_name if name == declared.agency or name.endswith("agency")
    }
    keys = {row.columns[name] for row in found for name in agencies if row.columns.get(name)}
    days = {_day_of(row.columns, declared, indicator) for row in found}
    names = names_of(keys, max(days)) if keys else {}
    words = {column.name: _words(column, found) for _title, column in columns}
    return [
        Row(
            row.name,
            row.link,
            [
                (
                    title,
                    names.get(value or 0, "")
                    if column.name in agencies
                    else _cell(value, column, words),
                )
                for title, column in columns
                for value in [row.columns.get(column.name)]
            ],
        )
        for row in found
    ]


def _words(column: Column, found: Sequence[Record]) -> dict[str, str]:
    """What the codes of a column are called."""
    if column.type is not ColumnType.STRING:
        return {}
    codes = {row.columns.get(column.name) for row in found}
    return column.names_of({str(code) for code in codes if code is not None})


def _day_of(row: Mapping[str, Any], declared: FactTable, indicator: Indicator) -> date:
    day = row.get(indicator.day) or row.get(declared.day)
    return day if isinstance(day, date) else date.min


def _cell(value: Any, column: Column, words: Mapping[str, Mapping[str, str]]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("có") if value else _("không")
        case date():
            return formatting.day(value)
        case int() | float():
            return f"{formatting.number(value)} {column.unit}".strip()
        case _:
            return words[column.name].get(str(value), str(value))
