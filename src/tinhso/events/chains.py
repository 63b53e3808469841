"""The chain of batches to verify against: that of the anchor file, or that of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tinhso.events import anchors
from tinhso.events.models import Seal
from tinhso.events.sealing import link_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from pathlib import Path

    from tinhso.events.hashing import Link

Range = tuple[int, int]
"""First and last position, both inclusive."""


@dataclass(frozen=True)
class _Batch:
    number: int
    first: int
    last: int
    root: bytes
    read: Callable[[], Link]


@dataclass
class Chain:
    """The batches that count, in order.

    `gaps` are positions below the last that no batch covers and nobody has accounted for; `before`
    those before a restore whose anchors did not come along. `start` is the root that the first
    batch must follow, None when the chain does not know it; `breaks` are the numbers of batches
    after which a gap begins.
    """

    start: bytes | None = None
    batches: list[_Batch] = field(default_factory=list)
    gaps: list[Range] = field(default_factory=list)
    before: list[Range] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    last: int = 0
    last_at: str | None = None
    lost: int = 0

    @property
    def roots(self) -> dict[int, bytes]:
        """Root by number of batch."""
        return {batch.number: batch.root for batch in self.batches}

    def without(self, numbers: Container[int]) -> Chain:
        """The same chain without the batches of these numbers; what follows a hole is not linked."""
        rest = [batch for batch in self.batches if batch.number not in numbers]
        kept = {batch.number for batch in rest}
        breaks = {number for number in kept if number + 1 not in kept}
        start = self.start if 1 in kept else None
        return Chain(start, rest, breaks=breaks, last=self.last)

    def links(self) -> Iterator[Link]:
        """Every batch, read when its turn comes."""
        return (batch.read() for batch in self.batches)

    def ranges(self) -> Iterator[Range]:
        """First and last position of every batch."""
        return ((batch.first, batch.last) for batch in self.batches)

    def leaf(self, position: int) -> bytes | None:
        """The hash of the event that stood there, or None where no batch reaches."""
        for batch in self.batches:
            if batch.first <= position <= batch.last:
                return batch.read().leaf(position)
        return None


def stored() -> Chain:
    """The batches of the database: they find an alteration by whoever did not recompute them."""
    chain = Chain()
    for seal in Seal.objects.defer("leaves").order_by("number"):
        if seal.number == 0:
            chain.start = bytes(seal.root)
            continue
        number = seal.number
        batch = _Batch(number, seal.first, seal.last, bytes(seal.root), partial(_stored, number))
        chain.batches.append(batch)
        chain.last, chain.last_at = seal.last, seal.sealed_at.isoformat(timespec="seconds")
    return chain


def _stored(number: int) -> Link:
    return link_of(Seal.objects.get(number=number))


def anchored(folder: Path, log: bytes | None) -> Chain:
    """The batches of the anchor file; without a name or a file of this log nothing is covered."""
    return Chain() if log is None else of_file(anchors.path_of(folder, log))


def of_file(path: Path) -> Chain:
    """The batches of this anchor file, whichever log it names."""
    chain = Chain()
    for line in anchors.lines(path):
        chain.last_at = line.at
        if line.word == "begins":
            _begin(chain, line)
        elif line.word == "restored":
            _cut(chain, line)
        else:
            _add(chain, line, path)
    return chain


def _begin(chain: Chain, line: anchors.Line) -> None:
    if line.last > chain.last:
        chain.gaps.append((chain.last + 1, line.last))
    if chain.batches:
        chain.breaks.add(chain.batches[-1].number)
    else:
        chain.start = line.root
    chain.last = line.last


def _cut(chain: Chain, line: anchors.Line) -> None:
    chain.batches = [batch for batch in chain.batches if batch.number <= line.number]
    if not chain.batches and not chain.last:
        chain.start = line.root
    if line.last > chain.last:
        chain.before.append((chain.last + 1, line.last))
    chain.last = line.last
    chain.lost += line.content.get("lost") or 0


def _add(chain: Chain, line: anchors.Line, path: Path) -> None:
    number, first, offset = line.number, line.content["first"], line.offset
    if first != chain.last + 1:
        chain.gaps.append((chain.last + 1, first - 1))
    batch = _Batch(number, first, line.last, line.root, partial(_read, path, offset))
    chain.batches.append(batch)
    chain.last = line.last


def _read(path: Path, offset: int) -> Link:
    with path.open("rb") as stream:
        stream.seek(offset)
        line = next(anchors.lines_of(stream, offset))
    return line.link()
