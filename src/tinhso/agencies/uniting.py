"""The reform of 1 July 2025, worked out from the shipped tables. Pure.

Kon Tum goes into Quảng Ngãi, districts end, old communes go into 96 new ones. A commune that was
not rearranged lives on below the province. A district is followed by the new communes of its
territory; which part went where no text declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tinhso.agencies import tables
from tinhso.agencies.models import Level, SuccessionKind
from tinhso.agencies.reform_documents import Amend, Begin, FieldMove, Follow, ReformDocument

if TYPE_CHECKING:
    from tinhso.agencies.tables import Tables

_LEGAL_BASIS = (
    "Nghị quyết 202/2025/QH15 (sắp xếp cấp tỉnh); "
    "Nghị quyết 1677/NQ-UBTVQH15 (sắp xếp cấp xã của tỉnh Quảng Ngãi)"
)
_ABSORBED = "62"


def provinces_reform() -> ReformDocument:
    """Kon Tum and Quảng Ngãi united, districts abolished: 1 July 2025."""
    before, departed = tables.before_reforms(), tables.departments_reform()
    communes = list(tables.united_communes())
    begun = [unit for _code, unit in communes if isinstance(unit, Begin)]
    lives_on = [unit for _code, unit in communes if isinstance(unit, Amend)]
    follow = [*_units_followed(), *_departments_followed(before, departed)]
    follow += list(_centres_followed(follow, before))
    fields = [move for _code, unit in communes for move in _commune_fields(unit, before)]
    return ReformDocument(
        code="don-vi-hanh-chinh-2025-07-01",
        name="Hợp nhất tỉnh Kon Tum và tỉnh Quảng Ngãi, kết thúc cấp huyện, sắp xếp cấp xã",
        on=tables.UNITED,
        legal_basis=_LEGAL_BASIS,
        verified=False,
        begin=(*begun, *(tables.centre(unit, "after") for unit in begun)),
        amend=(*lives_on, *_centres_renamed(lives_on)),
        end=tuple(dict.fromkeys(row.predecessor for row in follow)),
        follow=tuple(follow),
        fields=tuple(fields),
    )


def _centres_renamed(lives_on: list[Amend]) -> Iterator[Amend]:
    for unit in lives_on:
        begun = tables.centre(unit, "after")
        yield Amend(key=begun.key, facts=begun.facts)


def _row(old: str, new: str, kind: SuccessionKind) -> Follow:
    return Follow(old, new, kind, legal_basis=_LEGAL_BASIS)


def _units_followed() -> Iterator[Follow]:
    """Old communes to new ones, districts to the new communes of their territory, the province."""
    absorbed, survivor = tables.KEYS[_ABSORBED], tables.KEYS[tables.SURVIVOR]
    yield _row(absorbed, survivor, SuccessionKind.MERGE)
    of_district: dict[str, dict[str, None]] = {}
    for old, district, followers in tables.communes_followed():
        kind = SuccessionKind.MERGE if len(followers) == 1 else SuccessionKind.SPLIT
        of_district.setdefault(district, {}).update(dict.fromkeys(followers))
        if old not in (district, *followers):
            yield from (_row(old, new, kind) for new in followers)
    for district, followers_of in of_district.items():
        kind = SuccessionKind.MERGE if len(followers_of) == 1 else SuccessionKind.SPLIT
        yield from (_row(district, new, kind) for new in followers_of)


def _departments_followed(before: Tables, departed: ReformDocument) -> Iterator[Follow]:
    """Each department of Kon Tum to its namesake in Quảng Ngãi."""
    absorbed, survivor = tables.KEYS[_ABSORBED], tables.KEYS[tables.SURVIVOR]
    alive = [*before.agencies, *departed.begin]
    for row in alive:
        if row.facts["parent"] == absorbed and row.kind == "department":
            if row.key in departed.end:
                continue
            yield _row(row.key, row.key.replace(absorbed, survivor, 1), SuccessionKind.MERGE)


def _centres_followed(follow: list[Follow], before: Tables) -> Iterator[Follow]:
    """The one-stop desk of a unit goes where the unit goes."""
    centres = {row.facts["parent"]: row.key for row in before.agencies if row.kind == "centre"}
    for row in follow:
        if row.predecessor in centres:
            yield _row(centres[row.predecessor], f"{row.successor}/mot-cua", row.kind)


def _commune_fields(unit: Begin | Amend, before: Tables) -> Iterator[FieldMove]:
    """What a commune decides since the reform; one that lives on keeps what it had."""
    had = {(move.field, move.place) for move in before.competences}
    for move in tables.own_fields(unit, Level.COMMUNE, "commune_after"):
        if (move.field, move.place) not in had:
            yield move
