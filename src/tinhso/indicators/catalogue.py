"""The definitions in force, as the published entries of packs declare them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tinhso.indicators.definitions import indicator_of
from tinhso.indicators.errors import IndicatorUnknown
from tinhso.packs import queries as packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tinhso.indicators.definitions import Indicator
    from tinhso.packs.models import PackEntry

KIND = "indicator"


def in_force() -> Mapping[str, Indicator]:
    """The indicators of all packs in force, by code, in the order of publication."""
    return _read(packs.newest_of_kind(KIND))


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, Indicator]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    return {entry.code: _indicator(entry) for entry in packs.entries_of_kind(KIND)}


def contents() -> Mapping[str, Mapping[str, Any]]:
    """What the entries in force declare, as they stand in their files."""
    return {entry.code: entry.content for entry in packs.entries_of_kind(KIND)}


def several(codes: Sequence[str]) -> list[Indicator]:
    """The definitions in force of these codes, in their order. Raises `IndicatorUnknown`."""
    known = in_force()
    for code in codes:
        if code not in known:
            raise IndicatorUnknown(indicator=code)
    return [known[code] for code in codes]


def indicator(code: str) -> Indicator:
    """The definition in force. Raises `IndicatorUnknown`."""
    return several([code])[0]


def version_of(code: str, version: str) -> Indicator:
    """A published version of a definition, also a former one. Raises `IndicatorUnknown`."""
    found = versions_of([(code, version)])
    if not found:
        raise IndicatorUnknown(indicator=f"{code} {version}")
    return found[code, version]


def versions_of(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Indicator]:
    """Published versions of definitions, by code and version; without what was never published."""
    known = in_force()
    asked = set(wanted)
    found = {
        (code, version): known[code]
        for code, version in asked
        if code in known and known[code].version == version
    }
    if former := asked - found.keys():
        entries = packs.entry_versions(KIND, former)
        found |= {key: _indicator(entry) for key, entry in entries.items()}
    return found


def _indicator(entry: PackEntry) -> Indicator:
    return indicator_of(entry.content, code=entry.code, version=entry.version, pack=entry.pack)
