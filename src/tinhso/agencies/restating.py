"""Counting records of one day's agencies under another day's agencies (quy đổi số liệu). Pure.

The total is conserved. The records of a divided unit go by known address, else by declared share,
else to a visible line "chưa phân bổ"; never silently to a default.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal


@dataclass(frozen=True)
class Restated:
    """Counts by agency, and what nothing allots (chưa phân bổ), by the agency it was of."""

    rows: dict[int, int] = field(default_factory=dict)
    unallocated: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Everything that was put in."""
        return sum(self.rows.values()) + sum(self.unallocated.values())


@dataclass(frozen=True)
class Step:
    """What followed an agency that ended: its receivers, each with its declared share (or None)."""

    receivers: tuple[tuple[int, Decimal | None], ...]


def restate_counts(
    counts: Mapping[int, int],
    steps: Mapping[int, Step],
    addresses: Mapping[int, Mapping[int, int]] | None = None,
) -> Restated:
    """Move the counts of every agency that has a step to its receivers, and on, until none has one.

    `addresses` says of a divided unit how many of its records are known, by address, to lie with
    each receiver. Raises `ValueError` when more addresses are known than there are records, or
    when an address lies with an agency that did not follow, or when the steps run in a circle.
    """
    rows: dict[int, int] = defaultdict(int)
    unallocated: dict[int, int] = defaultdict(int)
    waiting = [(agency, count, frozenset[int]()) for agency, count in counts.items()]
    while waiting:
        agency, count, seen = waiting.pop()
        step = steps.get(agency)
        if step is None:
            rows[agency] += count
            continue
        if agency in seen:
            raise ValueError(f"agency {agency} follows itself")
        known = (addresses or {}).get(agency, {}) if not seen else {}
        parts = divide(count, step.receivers, known)
        rest = count - sum(parts.values())
        if rest:
            unallocated[agency] += rest
        waiting.extend((to, part, seen | {agency}) for to, part in parts.items() if part)
    return Restated(rows=dict(rows), unallocated=dict(unallocated))


def divide(
    count: int, receivers: Sequence[tuple[int, Decimal | None]], known: Mapping[int, int]
) -> dict[int, int]:
    """How many of `count` records go to each receiver; what is missing to `count` is unallocated.

    Known addresses first. Of the rest, each declared share takes its part (largest remainders, so
    that whole records are kept); a sole receiver without a declared share takes everything.
    """
    strangers = set(known) - {to for to, _share in receivers}
    if strangers:
        raise ValueError(f"addresses lie with {sorted(strangers)}, which did not follow")
    parts = {to: known.get(to, 0) for to, _share in receivers}
    rest = count - sum(parts.values())
    if rest < 0:
        raise ValueError("more addresses are known than there are records")
    if len(receivers) == 1 and receivers[0][1] is None:
        parts[receivers[0][0]] += rest
        return parts
    shares = {to: Fraction(share) for to, share in receivers if share is not None}
    for to, part in _by_share(rest, shares).items():
        parts[to] += part
    return parts


def _by_share(count: int, shares: Mapping[int, Fraction]) -> dict[int, int]:
    """Whole records by share: floors, then one more to the largest remainders."""
    if sum(shares.values()) > 1:
        raise ValueError("declared shares exceed the whole")
    exact = {to: count * share for to, share in shares.items()}
    parts = {to: int(amount) for to, amount in exact.items()}
    missing = round(sum(exact.values())) - sum(parts.values())
    order = sorted(exact, key=lambda to: (parts[to] - exact[to], to))
    for to in order[: max(missing, 0)]:
        parts[to] += 1
    return parts
