"""Report regimes (chế độ báo cáo) as the published entries of packs declare them: who, to whom, when, with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tinhso.calendars.deadlines import Term, Unit
from tinhso.indicators.reports.errors import RegimeUnknown
from tinhso.indicators.reports.periods import Frequency, Period, last_ended, named, next_after
from tinhso.packs import queries as packs
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tinhso.packs.models import PackEntry

KIND = "report_regime"


@dataclass(frozen=True)
class Who:
    """Which agencies: of these kinds, of these keys, the one competent in a field, or the province itself."""

    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    holder_of: str = ""
    is_province: bool = False


@dataclass(frozen=True)
class Level:
    """One level: who reports, to whom, within which term after the cut-off; `gathers` names the level below."""

    code: str
    name: str
    name_en: str
    who: Who
    to: Who
    due: Term
    gathers: str = ""

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)


@dataclass(frozen=True)
class Table:
    """A table (biểu) of a section: indicators by their codes, in order."""

    code: str
    name: str
    name_en: str
    indicators: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)


@dataclass(frozen=True)
class Section:
    """A section of the outline (mục của đề cương): its tables, and which sentences are offered in it."""

    code: str
    name: str
    name_en: str
    tables: tuple[Table, ...] = ()
    offers: tuple[str, ...] = ()
    hint: str = ""
    hint_en: str = ""

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def help(self) -> str:
        """What belongs here, in the language of the page."""
        return worded(self.hint, self.hint_en)


@dataclass(frozen=True)
class Regime:
    """One version of a report regime."""

    code: str
    version: str
    name: str
    name_en: str
    about: str
    since: date
    frequency: Frequency
    first_day: int
    remind_days: int
    levels: tuple[Level, ...]
    sections: tuple[Section, ...]
    legal_basis: tuple[Mapping[str, Any], ...]
    set_by: str = ""

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def is_verified(self) -> bool:
        """Whether somebody compared every article with its text."""
        return all(article["verified"] for article in self.legal_basis)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of all indicators, each once, in the order of the outline."""
        tables = (table for section in self.sections for table in section.tables)
        return tuple(dict.fromkeys(code for table in tables for code in table.indicators))

    def level(self, code: str) -> Level:
        """The level of that code. Raises `KeyError`: rows name only levels that there are."""
        return {level.code: level for level in self.levels}[code]

    def section(self, code: str) -> Section | None:
        """The section of that code, if the outline has it."""
        return next((section for section in self.sections if section.code == code), None)

    def period(self, code: str) -> Period:
        """The period of that code. Raises `RegimeUnknown`."""
        found = named(self.frequency, self.first_day, code)
        if found is None:
            raise RegimeUnknown(regime=f"{self.code} {code}")
        return found

    def ended(self, today: date, *, after: str = "") -> Iterator[Period]:
        """The periods that ended before today and lie after the one named; of these the latest alone, when none is."""
        latest = last_ended(self.frequency, self.first_day, today)
        period = next_after(self.period(after)) if after else latest
        while period.last < today:
            if period.first >= self.since:
                yield period
            period = next_after(period)


def in_force() -> Mapping[str, Regime]:
    """The regimes of all packs in force, by code."""
    return _read(packs.newest_of_kind(KIND))


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, Regime]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    return {entry.code: regime_of(entry) for entry in packs.entries_of_kind(KIND)}


def regime(code: str) -> Regime:
    """The version in force. Raises `RegimeUnknown`."""
    found = in_force().get(code)
    if found is None:
        raise RegimeUnknown(regime=code)
    return found


@lru_cache(maxsize=64)
def version_of(code: str, version: str) -> Regime:
    """A published version, also a former one: a report keeps the one under which it fell due."""
    entry = packs.entry_version(KIND, code, version)
    if entry is None:
        raise RegimeUnknown(regime=f"{code} {version}")
    return regime_of(entry)


def regime_of(entry: PackEntry) -> Regime:
    """The regime that a published entry declares; it has passed its check."""
    return read(entry.content, code=entry.code, version=entry.version)


def read(content: Mapping[str, Any], *, code: str, version: str) -> Regime:
    """The regime that a document declares."""
    return Regime(
        code=code,
        version=version,
        name=content["name"],
        name_en=content.get("name_en", ""),
        about=content["about"],
        since=date.fromisoformat(content["from"]),
        frequency=Frequency(content["frequency"]),
        first_day=content.get("first_day", 1),
        remind_days=content.get("remind_days", 2),
        levels=tuple(_level(level) for level in content["levels"]),
        sections=tuple(_section(section) for section in content["sections"]),
        legal_basis=tuple(content.get("legal_basis", ())),
        set_by=content.get("set_by", ""),
    )


def _level(content: Mapping[str, Any]) -> Level:
    return Level(
        code=content["code"],
        name=content["name"],
        name_en=content.get("name_en", ""),
        who=who_of(content["who"]),
        to=who_of(content["to"]),
        due=Term(content["due"]["amount"], Unit(content["due"]["unit"])),
        gathers=content.get("gathers", ""),
    )


def who_of(content: Mapping[str, Any]) -> Who:
    """The agencies that the words of a document name."""
    return Who(
        kinds=tuple(content.get("kinds", ())),
        keys=tuple(content.get("keys", ())),
        holder_of=content.get("holder_of", ""),
        is_province=content.get("province", False),
    )


def _section(content: Mapping[str, Any]) -> Section:
    return Section(
        code=content["code"],
        name=content["name"],
        name_en=content.get("name_en", ""),
        tables=tuple(
            Table(
                code=table["code"],
                name=table["name"],
                name_en=table.get("name_en", ""),
                indicators=tuple(table["indicators"]),
            )
            for table in content.get("tables", ())
        ),
        offers=tuple(content.get("offers", ())),
        hint=content.get("hint", ""),
        hint_en=content.get("hint_en", ""),
    )
