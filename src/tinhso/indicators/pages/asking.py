"""Which figure an address asks for (số liệu nào): indicator, days, place, group, and which part of its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.indicators import catalogue
from tinhso.indicators import queries as figures
from tinhso.indicators.cutting import AGENCY, COMMUNE, MONTH, UNALLOCATED, UNKNOWN
from tinhso.indicators.definitions import Status
from tinhso.indicators.pages import places
from tinhso.indicators.pages.choosing import chosen_in
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require
from tinhso.ui import formatting
from tinhso.ui.templatetags.ui import PAGE_PARAMETER
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.http import HttpRequest

    from tinhso.indicators.cells import Group
    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.listing import Part
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.places import Place
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

PARTS: dict[str, Part] = {
    "mau-so": "denominator",
    "tu-so": "numerator",
    "con-thieu": "missing",
}
WORDS = {part: word for word, part in PARTS.items()}
LONGEST = 60


@dataclass(frozen=True)
class Asked:
    """One figure of one group, with the words of its address."""

    indicator: Indicator
    chosen: Chosen
    place: Place
    actor: Actor
    at: datetime
    by: str | None = None
    group: Group = None
    part: Part = "denominator"

    @property
    def cut(self) -> Cut:
        """As the figure is cut."""
        return self.chosen.cut(self.by, self.place.within)

    @property
    def query(self) -> dict[str, str]:
        """The whole question as parameters of an address, but the page."""
        found = dict(self.chosen.query)
        if self.place.uuid:
            found["co_quan"] = str(self.place.uuid)
        if self.by is not None:
            found |= {"chia": self.by, "nhom": str(self.group)}
        return found | {"phan": WORDS[self.part]}

    @property
    def observation(self) -> Observation | None:
        """The figure of the group."""
        if self.indicator.status is not Status.COMPUTED:
            return None
        found = figures.observe([self.indicator.code], self.cut, actor=self.actor, at=self.at)
        return next(
            (each for each in found[self.indicator.code] if str(each.group) == str(self.group)),
            None,
        )

    @property
    def group_name(self) -> str:
        """What the group is called on the day shown."""
        return group_names(self.indicator, self.by, [self.group], self.chosen.day)[self.group]

    @property
    def figure_address(self) -> str:
        """The page of the indicator, for the same days and place."""
        kept = {key: value for key, value in self.query.items() if key in _OF_FIGURE}
        page = reverse("indicators:indicator", args=[self.indicator.code])
        return f"{page}?{urlencode(kept)}"

    def part_address(self, part: Part) -> str:
        """The same question for another part."""
        page = reverse("indicators:records", args=[self.indicator.code])
        return f"{page}?{urlencode(self.query | {'phan': WORDS[part]})}"

    def export_address(self, form: str) -> str:
        """The same list as a file."""
        page = reverse("indicators:records_export", args=[self.indicator.code, form])
        return f"{page}?{urlencode(self.query)}"


_OF_FIGURE = frozenset({"ky", "tu", "den", "theo", "co_quan", "chia"})


def asked_in(request: ActedRequest, code: str) -> Asked:
    """The figure that an address asks for. Raises `IndicatorUnknown`, `AgencyNotFound`, `PermissionMissing`."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    indicator = catalogue.indicator(code)
    chosen = chosen_in(request)
    by = request.GET.get("chia", "")[:LONGEST]
    group = request.GET.get("nhom", "")[:LONGEST].replace("\0", "")
    is_group = by in indicator.by and group != ""
    return Asked(
        indicator=indicator,
        chosen=chosen,
        place=or_own(request, place_in(request, chosen.day), chosen.day),
        actor=request.actor,
        at=request.at,
        by=by if is_group else None,
        group=_key(by, group) if is_group else None,
        part=PARTS.get(request.GET.get("phan", ""), "denominator"),
    )


def or_own(request: ActedRequest, named: Place, on: date) -> Place:
    """The agency named, else the reader's own, else everything."""
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    return places.own(on, scope) if named.is_whole else named


def place_in(request: ActedRequest, on: date) -> Place:
    """The agency that an address narrows to, when the reader reads there; else everything."""
    key = request.GET.get("co_quan", "")
    if not key:
        return places.WHOLE
    place = places.of_agency(key, on)
    require(request.actor, IndicatorPermission.READ, agency=place.agency, at=request.at)
    return place


def _key(by: str, group: str) -> Group:
    """The group as the figure has it: an agency is a number."""
    return int(group) if by == AGENCY and group.isdecimal() and len(group) < 12 else group  # noqa: PLR2004


def group_names(
    indicator: Indicator, by: str | None, groups: Collection[Group], on: date
) -> dict[Group, str]:
    """What groups are called on a day."""
    known = _known(indicator, by, {group for group in groups if group is not None}, on)
    known |= {None: "", UNALLOCATED: _("Chưa phân bổ"), UNKNOWN: _("Chưa rõ")}
    return {group: known.get(group, str(group)) for group in groups}


def _known(
    indicator: Indicator, by: str | None, groups: set[str | int], on: date
) -> dict[Group, str]:
    if by == AGENCY:
        return dict(names_of({group for group in groups if isinstance(group, int)}, on).items())
    if by == COMMUNE:
        found = places.communes(on).filter(unit_code__in=groups)
        return {each.unit_code: each.title for each in found}
    if by == MONTH:
        return {group: _month_name(str(group)) for group in groups}
    column = table_of(indicator.fact).by_name.get(by or "")
    return dict(column.names_of({str(group) for group in groups}).items()) if column else {}


def _month_name(group: str) -> str:
    year, _dash, month = group.partition("-")
    return formatting.month(int(year), int(month)).capitalize()


def page_number(request: HttpRequest) -> int:
    """The page of a list that an address asks for."""
    typed = request.GET.get(PAGE_PARAMETER, "1")
    return max(int(typed), 1) if typed.isdecimal() and len(typed) < 7 else 1  # noqa: PLR2004
