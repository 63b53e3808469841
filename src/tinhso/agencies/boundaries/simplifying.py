"""Outlines simplified together (giản lược ranh giới): a border that two units share is one line, and stays one.

Rings are cut into arcs where borders meet, as in TopoJSON; each arc is simplified once (Visvalingam and Whyatt: the
point whose triangle is the smallest goes first) and both units take the same result, so nothing gapes that did not gape
in the file. Places are snapped to a grid of about ten metres beforehand: neighbours drawn apart by less become one.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from typing import TypeVar

    Key = TypeVar("Key", bound=Hashable)

GRID = 10_000
"""Steps of the grid in a degree: 0.0001 degree is about eleven metres."""
ON_A_LINE = 2  # neighbours of a spot that lies along a border; where borders meet there are more
LEAST = 3
"""Corners of an area."""
Spot = tuple[int, int]
Line = tuple[Spot, ...]
Piece = tuple[Line, bool]
"""An arc in its one direction, and whether the ring runs it backwards."""


def snapped(ring: Sequence[tuple[float, float]]) -> list[Spot]:
    """A closed ring on the grid, without its last place and without repetitions."""
    found: list[Spot] = []
    for across, up in ring:
        spot = round(across * GRID), round(up * GRID)
        if not found or found[-1] != spot:
            found.append(spot)
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def simplified(
    shapes: Mapping[Key, Iterable[Sequence[Spot]]], budget: int
) -> dict[Key, list[list[Spot]]]:
    """The rings of all shapes with about `budget` corners together; none vanishes that has three corners."""
    rings = {
        key: [list(ring) for ring in found if len(ring) >= LEAST] for key, found in shapes.items()
    }
    meeting = _meeting(ring for found in rings.values() for ring in found)
    cut = {key: [_pieces(ring, meeting) for ring in found] for key, found in rings.items()}
    arcs = {line for found in cut.values() for pieces in found for line, _back in pieces}
    ranks = {line: _ranks(line) for line in arcs}
    limit = _limit(ranks.values(), budget)
    kept = {line: _kept(line, ranks[line], limit) for line in arcs}
    for found in cut.values():
        for pieces in found:
            _keep_area(pieces, kept, ranks)
    return {key: [_joined(pieces, kept) for pieces in found] for key, found in cut.items()}


def _meeting(rings: Iterable[Sequence[Spot]]) -> frozenset[Spot]:
    """Where borders meet or part: spots that have other than two neighbours, all rings taken together."""
    beside: dict[Spot, set[Spot]] = defaultdict(set)
    for ring in rings:
        for before, spot, after in zip([ring[-1], *ring], ring, [*ring[1:], ring[0]], strict=False):
            beside[spot] |= {before, after}
    return frozenset(spot for spot, others in beside.items() if len(others) != ON_A_LINE)


def _pieces(ring: list[Spot], meeting: frozenset[Spot]) -> list[Piece]:
    """The arcs of a ring, in its order; a ring that meets none is one arc from its least spot."""
    stops = [number for number, spot in enumerate(ring) if spot in meeting]
    begin = stops[0] if stops else ring.index(min(ring))
    turned = [*ring[begin:], *ring[:begin], ring[begin]]
    ends = [number for number, spot in enumerate(turned) if spot in meeting] if stops else []
    bounds = ends or [0, len(turned) - 1]
    lines = [tuple(turned[first : last + 1]) for first, last in pairwise(bounds)]
    return [_directed(line) for line in lines]


def _directed(line: Line) -> Piece:
    """The arc as both of its units name it."""
    back = line[::-1]
    return (back, True) if back < line else (line, False)


def _ranks(line: Line) -> list[float]:
    """For each spot of an arc how large an area goes with it: never less than that of what went before; ends stay."""
    ranks = [float("inf")] * len(line)
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    areas = {
        number: _area(line[number - 1], line[number], line[number + 1])
        for number in range(1, len(line) - 1)
    }
    queue = [(area, number) for number, area in areas.items()]
    heapify(queue)
    largest = 0.0
    while queue:
        area, number = heappop(queue)
        if areas.get(number) != area:
            continue
        del areas[number]
        largest = max(largest, area)
        ranks[number] = largest
        left, right = before[number], after[number]
        after[left], before[right] = right, left
        for beside in (left, right):
            if beside in areas:
                areas[beside] = _area(line[before[beside]], line[beside], line[after[beside]])
                heappush(queue, (areas[beside], beside))
    return ranks


def _area(one: Spot, two: Spot, three: Spot) -> float:
    """Twice the area of a triangle."""
    return float(
        abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1]))
    )


def _limit(ranks: Iterable[Sequence[float]], budget: int) -> float:
    """The rank from which on spots are kept, so that about so many are."""
    known = sorted((rank for found in ranks for rank in found[1:-1]), reverse=True)
    return known[budget] if budget < len(known) else 0.0


def _kept(line: Line, ranks: Sequence[float], limit: float) -> list[Spot]:
    return [spot for spot, rank in zip(line, ranks, strict=True) if rank > limit]


def _keep_area(
    pieces: Sequence[Piece], kept: dict[Line, list[Spot]], ranks: Mapping[Line, Sequence[float]]
) -> None:
    """A ring that has become a line gets back the spots that matter most, in the arc and so in both units."""
    while len(_joined(pieces, kept)) < LEAST:
        gone = [
            (rank, spot, line)
            for line, _back in pieces
            for spot, rank in zip(line, ranks[line], strict=True)
            if spot not in kept[line]
        ]
        if not gone:
            return
        _rank, found, line = max(gone)
        back = {*kept[line], found}
        kept[line] = [line[0], *(spot for spot in line[1:-1] if spot in back), line[-1]]


def _joined(pieces: Sequence[Piece], kept: Mapping[Line, list[Spot]]) -> list[Spot]:
    """The ring again, without its last spot."""
    ring: list[Spot] = []
    for line, is_back in pieces:
        spots = kept[line][::-1] if is_back else kept[line]
        ring += spots[:-1]
    return ring
