"""Closed figures beside those of today (điều chỉnh số liệu): as lines of a page, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import followers, names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue, restating, services
from tinhso.indicators.pages import asking, intervals, showing
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.restating import Restatement
from tinhso.indicators.tracing import Cause
from tinhso.kernel.errors import NotFound
from tinhso.kernel.folding import fold
from tinhso.kernel.permissions import require
from tinhso.ui import formatting, spreadsheets
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from django.http.response import HttpResponseBase

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import ClosedFigure, PeriodClosing
    from tinhso.indicators.pages.intervals import Interval
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.restating import Compared
    from tinhso.kernel.requests import ActedRequest

PROVINCE, AGENCIES, ALL = "toan-tinh", "co-quan", "tat-ca"
LONGEST = 100


@dataclass(frozen=True)
class Defined:
    """The definitions by which figures were closed, and those in force, read once for all of them."""

    closed: Mapping[tuple[str, str], Indicator]
    current: Mapping[str, Indicator]

    def of(self, row: ClosedFigure) -> Indicator | None:
        """The one by which a figure was closed, else the one in force; None where there is neither any more."""
        return self.closed.get((row.indicator, row.version)) or self.current.get(row.indicator)


def defined_in(rows: Iterable[ClosedFigure]) -> Defined:
    """The definitions of these figures."""
    wanted = {(row.indicator, row.version) for row in rows}
    return Defined(catalogue.versions_of(wanted), catalogue.in_force())


@dataclass(frozen=True)
class Shown:
    """The closed figures that an address asks for: those that differ of the province, of agencies, or all."""

    closing: PeriodClosing
    interval: Interval
    found: Sequence[Compared]
    asked: str
    typed: str
    place: Place

    @cached_property
    def parts(self) -> dict[str, list[Compared]]:
        """The rows of each tab, as far as words and agency narrow them."""
        here = [each for each in self.found if self._is_here(each.closed)]
        different = [each for each in here if each.is_different]
        return {
            PROVINCE: [each for each in different if each.closed.agency_id is None],
            AGENCIES: [each for each in different if each.closed.agency_id is not None],
            ALL: here,
        }

    @cached_property
    def defined(self) -> Defined:
        """The definitions of its figures."""
        return defined_in(each.closed for each in self.found)

    def _is_here(self, row: ClosedFigure) -> bool:
        if self.place.agency is not None and row.agency_id != self.place.agency:
            return False
        return not self.typed or row.indicator in self._called

    @cached_property
    def _called(self) -> frozenset[str]:
        """The indicators whose names hold all that was typed."""
        rows = {each.closed.indicator: each.closed for each in self.found}
        wanted = fold(self.typed).split()
        found = []
        for code, row in rows.items():
            indicator = self.defined.of(row)
            words = fold(f"{indicator.title if indicator else ''} {code}").replace("-", " ")
            found += [code] if all(part in words for part in wanted) else []
        return frozenset(found)

    @cached_property
    def part(self) -> str:
        """The tab that is open: the one asked for, else the first with rows."""
        if self.asked in self.parts:
            return self.asked
        return next((part for part, rows in self.parts.items() if rows), ALL)

    @property
    def rows(self) -> list[Compared]:
        """Those of the tab that is open."""
        return self.parts[self.part]

    @property
    def different(self) -> int:
        """How many closed figures would be others today, whatever the tab."""
        return sum(each.is_different for each in self.found)

    @property
    def query(self) -> dict[str, str]:
        """What narrows the list, as parameters of an address."""
        asked = {"tim": self.typed, "co_quan": str(self.place.uuid or "")}
        return {name: value for name, value in asked.items() if value}

    @property
    def tabs(self) -> list[Tab]:
        """The three lists with their counts."""
        words = {
            PROVINCE: _("Toàn tỉnh đã khác đi"),
            AGENCIES: _("Cơ quan đã khác đi"),
            ALL: _("Tất cả số đã chốt"),
        }
        return [
            Tab(
                word,
                f"?{urlencode(self.query | {'xem': part})}",
                len(self.parts[part]),
                is_current=part == self.part,
            )
            for part, word in words.items()
        ]

    def export_address(self, form: str) -> str:
        """The figures that differ as a file."""
        address = reverse("indicators:period_export", args=[self.interval.key, form])
        return f"{address}?{urlencode(self.query)}" if self.query else address


def shown_in(request: ActedRequest, closing: PeriodClosing) -> Shown:
    """What the address asks for of a closing. Raises `PermissionMissing`, `AgencyNotFound`."""
    place = asking.place_in(request, closing.last)
    return Shown(
        closing=closing,
        interval=intervals.Interval(closing.first, closing.last),
        found=restating.compared(closing, actor=request.actor, at=request.at),
        asked=request.GET.get("xem", ""),
        typed=request.GET.get("tim", "")[:LONGEST].replace("\0", ""),
        place=place,
    )


@dataclass(frozen=True)
class Line:
    """A closed figure as a row shows it: what was closed, what it is today, and why it is another."""

    title: str
    href: str
    agency: str
    now_at: str
    closed: str
    closed_parts: str
    now: str
    now_parts: str
    gap: str
    reasons: Sequence[tuple[str, int, str]]
    is_different: bool


def lines(shown: Shown, rows: Sequence[Compared], *, at: datetime) -> list[Line]:
    """The rows with their causes, each cause with its records."""
    different = [each for each in rows if each.is_different]
    explained = iter(restating.explained(shown.closing, different, at=at))
    return told(
        shown.interval, [next(explained) if each.is_different else each for each in rows], at=at
    )


def told(interval: Interval, rows: Sequence[Compared], *, at: datetime) -> list[Line]:
    """The rows in words: agencies by their names of the last day, and who follows those that ended since."""
    keys = {each.closed.agency_id for each in rows if each.closed.agency_id is not None}
    uuids = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    names, now_at = names_of(keys, interval.last), _followed(keys, at)
    defined = defined_in(each.closed for each in rows)
    found = []
    for each in rows:
        agency = each.closed.agency_id or 0
        whose = names.get(agency, ""), now_at.get(agency, "")
        found.append(_line(interval, each, defined, uuids.get(agency), whose))
    return found


def plain(each: Restatement) -> dict[str, object]:
    """The same for other programs: codes and numbers."""
    closed, now = each.closed, each.now
    return {
        "indicator": closed.indicator,
        "agency": closed.agency.key if closed.agency else None,
        "closed": _numbers(closed.value, closed.numerator, closed.denominator),
        "now": _numbers(now.value, now.numerator, now.denominator) if now else None,
        "causes": {cause.value: count for cause, count in each.counts.items()},
    }


def _numbers(value: Decimal | None, numerator: int | None, denominator: int | None) -> object:
    told = None if value is None else format(value.normalize(), "f")
    return {"value": told, "numerator": numerator, "denominator": denominator}


def _followed(keys: set[int], at: datetime) -> Mapping[int, str]:
    """Of agencies that have ended since, who follows them."""
    today = day_of(at)
    ended = {key: now for key, now in followers(today).items() if key in keys}
    names = names_of({each for now in ended.values() for each in now}, today)
    return {key: ", ".join(sorted(names[each] for each in now)) for key, now in ended.items()}


def _line(
    interval: Interval,
    each: Compared,
    defined: Defined,
    uuid: UUID | None,
    whose: tuple[str, str],
) -> Line:
    closed, indicator = each.closed, defined.of(each.closed)
    current = defined.current.get(closed.indicator)
    name, now_at = whose
    query = dict(interval.query) | ({"co_quan": str(uuid)} if uuid else {})
    page = reverse("indicators:indicator", args=[closed.indicator])
    return Line(
        title=indicator.title if indicator else closed.indicator,
        href=f"{page}?{urlencode(query)}" if current else "",
        agency=name or _("Toàn tỉnh"),
        now_at=now_at,
        closed=_("chưa có") if each.is_new else _value(indicator, closed),
        closed_parts=_parts(closed.numerator, closed.denominator),
        now=_now(current, each),
        now_parts=_parts(each.now.numerator, each.now.denominator) if each.now else "",
        gap=_gap(indicator, each),
        reasons=_reasons(interval, each, current, uuid),
        is_different=each.is_different,
    )


def _value(indicator: Indicator | None, closed: ClosedFigure) -> str:
    if indicator is None:
        return formatting.NO_VALUE if closed.value is None else formatting.number(closed.value)
    return showing.figure_of(indicator, closed)


def _now(current: Indicator | None, each: Compared) -> str:
    """The figure of today, by the definition of today."""
    if current is None:
        return _("chỉ tiêu không còn")
    return showing.figure_of(current, each.now) or _("không còn")


def _parts(numerator: int | None, denominator: int | None) -> str:
    if numerator is None or denominator is None:
        return ""
    return f"{formatting.number(numerator)} / {formatting.number(denominator)}"


def _gap(indicator: Indicator | None, each: Compared) -> str:
    now = each.now.value if each.now else None
    if indicator is None or each.closed.value is None or now is None or now == each.closed.value:
        return ""
    return showing.gap_of(indicator, now, each.closed.value)


def _reasons(
    interval: Interval, each: Compared, current: Indicator | None, uuid: UUID | None
) -> list[tuple[str, int, str]]:
    """Each cause in words, how many records it has, and where they are listed."""
    found = []
    counts = each.counts if isinstance(each, Restatement) else {}
    for cause, count in counts.items():
        word = cause.label
        if cause is Cause.DEFINITION and current is not None:
            versions = {"then": each.closed.version, "now": current.version}
            word = _("%(cause)s (phiên bản %(then)s, nay %(now)s)") % {"cause": word, **versions}
        query = {"vi_sao": cause.value} | ({"co_quan": str(uuid)} if uuid else {})
        page = reverse("indicators:period_records", args=[interval.key, each.closed.indicator])
        found.append((word, count, f"{page}?{urlencode(query)}" if count else ""))
    return found


@require_safe
def export(request: ActedRequest, key: str, form: str) -> HttpResponseBase:
    """Every closed figure that would be another today, with its causes, as a file."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    interval = intervals.named(key)
    closing = restating.closing_of(interval.first, interval.last)
    shown = shown_in(request, closing)
    if form not in spreadsheets.FORMS:
        raise NotFound
    rows = [*shown.parts[PROVINCE], *shown.parts[AGENCIES]]
    told = lines(shown, rows, at=request.at)
    services.note_figures(
        interval.first,
        interval.last,
        rows=len(told),
        form=form,
        actor=request.actor,
        at=request.at,
    )
    written = _written(told)
    name = f"dieu-chinh-{interval.key}-{request.at:%Y%m%d-%H%M}"
    return spreadsheets.answer(form, name, interval.name, written)


def _written(rows: Sequence[Line]) -> Iterator[Sequence[str]]:
    yield [
        *(_("Chỉ tiêu"), _("Cơ quan"), _("Nay thuộc"), _("Số đã chốt"), _("Tử số / mẫu số")),
        *(_("Nay tính lại"), _("Tử số / mẫu số"), _("Chênh lệch"), _("Vì sao")),
    ]
    for each in rows:
        reasons = [f"{word}: {count}" if count else word for word, count, _href in each.reasons]
        yield [
            *(each.title, each.agency, each.now_at, each.closed, each.closed_parts),
            *(each.now, each.now_parts, each.gap, "; ".join(reasons)),
        ]
