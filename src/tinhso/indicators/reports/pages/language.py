"""The content of a report in the language of its page: names that packs and registers know in English too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import names_of
from tinhso.indicators import catalogue
from tinhso.indicators.reports import regimes
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.indicators.reports.regimes import Section

Content = dict[str, Any]


def in_page_language(content: Content) -> Content:
    """On an English page with the English names of sections, tables, indicators and units; else as it is.

    The content itself, what was sent and its papers stay Vietnamese.
    """
    if is_vietnamese():
        return content
    regime = regimes.version_of(content["regime"], content["regime_version"])
    tables = [table for section in content["sections"] for table in section["tables"]]
    units = {line["agency"] for table in tables for line in table["lines"]} - {None}
    names = names_of(units, date.fromisoformat(content["last"]))
    outline = {section.code: section for section in regime.sections}
    sections = [_section(each, outline[each["code"]], names) for each in content["sections"]]
    return content | {"sections": sections}


def _section(content: Content, section: Section, names: Mapping[int, str]) -> Content:
    titles = {table.code: table.title for table in section.tables}
    tables = [
        table
        | {
            "name": titles[table["code"]],
            "indicators": [_indicator(each) for each in table["indicators"]],
            "lines": [
                line | {"name": names.get(line["agency"], line["name"])} for line in table["lines"]
            ],
        }
        for table in content["tables"]
    ]
    return content | {"name": section.title, "tables": tables}


def _indicator(content: Content) -> Content:
    known = catalogue.in_force().get(content["code"])
    return content | {"name": known.title, "unit": known.unit_title} if known else content
