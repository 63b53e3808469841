"""A report in the words of its paper: what PDF and Word lay out alike. Vietnamese, whatever the page."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import translation

from tinhso.indicators.reports.pages.showing import ShownFigure, ShownTable, shown_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
HEADINGS = ["Chỉ tiêu", "Hệ thống tính", "Đơn vị báo cáo", "Ghi chú"]
KIND = "Báo cáo"
LAST_WITH_ZERO = 2
BLANK_DATE = "ngày      tháng      năm 20    "


def laid_out(content: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the paper says, in its order, as plain values."""
    with translation.override("vi"):
        return _laid_out(content)


def _laid_out(content: Mapping[str, Any]) -> dict[str, Any]:
    signing, agency = content["signing"], content["agency"]
    shown = shown_tables(content)
    return {
        "kind": KIND,
        "about": content["about"],
        "parent": in_full(agency["parent"]),
        "agency": in_full(agency["name"]),
        "number": signing.get("number") or "          /BC",
        "place": agency["place"],
        "date": _dated(signing.get("on", "")),
        "to": content["receiver"]["name"],
        "basis": [f"Căn cứ {article};" for article in content["legal_basis"]],
        "opening": _opening(content),
        "sections": [_section(place, each) for place, each in enumerate(shown)],
        "appendix": [_by_unit(table) for each in shown for table in each["tables"] if table.units],
        "recipients": ["Như trên;", "Lưu: VT."],
        "capacity": signing.get("capacity", ""),
        "post": signing.get("post", ""),
        "name": signing.get("name", ""),
        "title": f"{KIND} {content['about']}",
    }


def in_full(name: str) -> str:
    """The name of a committee as a head of a paper writes it."""
    return name.replace("UBND ", "Ủy ban nhân dân ", 1) if name.startswith("UBND ") else name


def _dated(on: str) -> str:
    """Days below ten and the first two months with a zero before them (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    if not on:
        return BLANK_DATE
    day = date.fromisoformat(on)
    month = f"{day.month:02d}" if day.month <= LAST_WITH_ZERO else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _opening(content: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(content[end]) for end in ("first", "last"))
    days = f"số liệu từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}"
    about = content["about"][:1].lower() + content["about"][1:]
    said = f"{content['agency']['name']} báo cáo {about} ({days}) như sau:"
    gathered = content["gathered"]
    if not gathered:
        return said
    missing = "; ".join(gathered["missing"])
    rest = f" Chưa có báo cáo của: {missing}." if missing else ""
    return f"{said} Báo cáo tổng hợp từ {gathered['units']}/{gathered['of']} đơn vị.{rest}"


def _section(place: int, shown: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": f"{ROMAN[place]}. {shown['name']}",
        "tables": [
            {"name": table.name, "headings": HEADINGS, "rows": [_own(each) for each in table.own]}
            for table in shown["tables"]
        ],
        "groups": _groups(shown["sentences"]),
        "is_empty": not shown["sentences"] and not shown["tables"],
    }


def _own(figure: ShownFigure) -> list[str]:
    """One figure as a line: both numbers where the agency corrected it, with the reason."""
    computed = with_parts(figure.computed, figure.computed_of) or figure.source_name
    reason = f"Sửa vì: {figure.reason}" if figure.reason else ""
    wanting = figure.wanting[:1].upper() + figure.wanting[1:]
    note = "; ".join(part for part in (reason, wanting) if part)
    return [figure.indicator, computed, with_parts(figure.stated, figure.stated_of), note]


def with_parts(value: str, parts: str) -> str:
    """A value with its part and whole in brackets."""
    return f"{value} ({parts})" if value and parts else value


def _groups(sentences: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sentences of units by their kind, each with its unit; those of one agency as they stand."""
    if not any(each["unit"] for each in sentences):
        lines = [_unbroken(each["words"]) for each in sentences]
        return [{"title": "", "lines": lines}] if lines else []
    by_kind = sorted(sentences, key=lambda each: (each["unit"] == "", each["kind_name"]))
    return [
        {
            "title": kind,
            "lines": [_unbroken(f"{e['unit']}: {e['words']}".removeprefix(": ")) for e in found],
        }
        for kind, found in groupby(by_kind, key=lambda each: each["kind_name"])
    ]


def _unbroken(words: str) -> str:
    """No line ends between a number and its sign."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


def _by_unit(table: ShownTable) -> dict[str, Any]:
    """A table of the appendix: a line for each unit, a column for each indicator."""
    return {
        "name": table.name,
        "headings": ["Đơn vị", *(each["name"] for each in table.indicators)],
        "rows": [
            ["Toàn bộ", *(_standing(each) for each in table.own)],
            *([line.name, *(_standing(each) for each in line.figures)] for line in table.units),
        ],
    }


def _standing(figure: ShownFigure) -> str:
    if figure.stated:
        return f"{with_parts(figure.stated, figure.stated_of)} *"
    return with_parts(figure.computed, figure.computed_of) or figure.source_name
