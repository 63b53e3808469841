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
    from collections.abc import Iterable, Mapping, Sequence
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


Receivers = tuple[tuple[int, "Decimal | None"], ...]
"""Who received from an agency on a day, each with its declared share or None."""


def restate_counts(
    counts: Mapping[int, int],
    turns: Iterable[Mapping[int, Receivers]],
    addresses: Mapping[int, Mapping[int, int]] | None = None,
) -> Restated:
    """Take the counts through the days on which agencies gave to others, one day after the other.

    An agency that lives on is among its own receivers. `addresses` says of an agency how many of
    its records are known, by address, to lie with each receiver. Raises `ValueError` when more
    addresses are known than there are records, or when an address lies with nobody who received.
    """
    rows, unallocated = dict(counts), dict[int, int]()
    unused = {(agency, to) for agency, known in (addresses or {}).items() for to in known}
    for turn in turns:
        after: dict[int, int] = defaultdict(int)
        for agency, count in rows.items():
            if agency not in turn:
                after[agency] += count
                continue
            places = {to for to, _share in turn[agency]}
            known = {to: n for to, n in (addresses or {}).get(agency, {}).items() if to in places}
            unused -= {(agency, to) for to in known}
            parts = divide(count, turn[agency], known)
            for to, part in parts.items():
                after[to] += part
            if rest := count - sum(parts.values()):
                unallocated[agency] = unallocated.get(agency, 0) + rest
        rows = after
    if unused:
        raise ValueError(f"addresses lie with nobody who received: {sorted(unused)}")
    return Restated({agency: count for agency, count in rows.items() if count}, unallocated)


def divide(
    count: int, receivers: Sequence[tuple[int, Decimal | None]], known: Mapping[int, int]
) -> dict[int, int]:
    """How many of `count` records go to each receiver; what is missing to `count` is unallocated.

    Known addresses first. Of the rest, each declared share takes its part (largest remainders, so
    that whole records are kept); a sole receiver without a declared share takes everything.
    """
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
