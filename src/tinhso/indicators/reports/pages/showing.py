"""The content of a report as the tables of a page: each figure with its words, shapes and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.indicators.models.reports import Source
from tinhso.ui.formatting import number, told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

KINDS = {
    Source.COMPUTED: "ok",
    Source.SUMMED: "ok",
    Source.NO_SOURCE: "plain",
    Source.UNAVAILABLE: "late",
}
NAMED = 10
"""Units that a line names; of the others it says how many."""


@dataclass(frozen=True)
class ShownFigure:
    """One figure: what the records say, and beside it what the agency says; each with its own words."""

    uuid: str
    indicator: str
    unit: str
    source: str
    source_name: str
    pill: str
    computed: str
    computed_of: str
    stated: str
    stated_of: str
    reason: str
    wanting: str

    @property
    def standing(self) -> str:
        """The number that counts, with its unit."""
        return self.stated or self.computed


@dataclass(frozen=True)
class ShownLine:
    """The figures of one unit."""

    name: str
    figures: list[ShownFigure]


@dataclass(frozen=True)
class ShownTable:
    """A table of a section: the agency's own figures (or those of all units), and a line for each unit."""

    name: str
    indicators: list[Mapping[str, Any]]
    own: list[ShownFigure]
    units: list[ShownLine]


def shown_tables(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a report with their tables as they are shown, and their sentences as they were sent.

    Units that sent nothing are named once, for the whole report; at a figure only those that lack it besides.
    """
    silent = frozenset((content["gathered"] or {}).get("missing", ()))
    return [
        {
            "name": section["name"],
            "tables": [_table(table, silent) for table in section["tables"]],
            "sentences": section["sentences"],
        }
        for section in content["sections"]
    ]


def _table(table: Mapping[str, Any], silent: Collection[str]) -> ShownTable:
    known = {each["code"]: each for each in table["indicators"]}
    lines = [
        ShownLine(
            line["name"],
            [shown_figure(each, known[each["indicator"]], silent) for each in line["figures"]],
        )
        for line in table["lines"]
    ]
    return ShownTable(table["name"], table["indicators"], lines[0].figures, lines[1:])


def shown_figure(
    figure: Mapping[str, Any], indicator: Mapping[str, Any], silent: Collection[str] = ()
) -> ShownFigure:
    """A figure of the content in words."""
    said = figure["stated"]
    source = Source(figure["source"])
    return ShownFigure(
        uuid=figure["uuid"],
        indicator=indicator["name"],
        unit=indicator["unit"],
        source=source.value,
        source_name=str(source.label),
        pill=KINDS[source],
        computed=value_words(figure, indicator)
        if source in {Source.COMPUTED, Source.SUMMED}
        else "",
        computed_of=_of(figure),
        stated=value_words(said, indicator) if said else "",
        stated_of=_of(said) if said else "",
        reason=figure["reason"],
        wanting=wanting_words(figure, silent),
    )


def wanting_words(figure: Mapping[str, Any], silent: Collection[str] = ()) -> str:
    """Of a figure added up, which units are not in it; of those that sent nothing at all how many.

    What was sent before this was told says nothing; what nobody has has no source at all.
    """
    wanting = figure.get("wanting")
    if not wanting or len(wanting["units"]) in {0, wanting["of"]}:
        return ""
    units = [unit for unit in wanting["units"] if unit not in silent]
    rest = len(wanting["units"]) - len(units)
    said = {"n": number(len(wanting["units"])), "of": number(wanting["of"]), "rest": number(rest)}
    if not units:
        return _("chưa có %(n)s/%(of)s đơn vị (chưa gửi báo cáo)") % said
    said["names"] = _named(units)
    if rest:
        words = _("chưa có %(n)s/%(of)s đơn vị: %(names)s, và %(rest)s đơn vị chưa gửi báo cáo")
        return words % said
    return _("chưa có %(n)s/%(of)s đơn vị: %(names)s") % said


def _named(units: Sequence[str]) -> str:
    """As many names as a line has room for, and how many more."""
    names = ", ".join(units[:NAMED])
    if len(units) <= NAMED:
        return names
    more = number(len(units) - NAMED)
    return _("%(names)s và %(more)s đơn vị khác") % {"names": names, "more": more}


def value_words(numbers: Mapping[str, Any], indicator: Mapping[str, Any]) -> str:
    """The value with its unit; without a denominator it says so."""
    if numbers["value"] is None:
        if indicator["is_ratio"]:
            return _("không có mẫu số")
        return _("không cộng được")
    value = Decimal(str(numbers["value"]))
    return told(value, indicator["unit"], numbers["numerator"], numbers["denominator"])


def _of(numbers: Mapping[str, Any]) -> str:
    if numbers["numerator"] is None or numbers["denominator"] is None:
        return ""
    return f"{number(numbers['numerator'])}/{number(numbers['denominator'])}"
