"""What is hashed: one event at its position, and a batch of them in a chain. Pure functions.

The form is written down in `docs/architecture/events.md`, so that an auditor can compute it with
another program from an export of the log.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

LEAF = 32  # bytes of a SHA-256


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event as it stands in the log, as values."""

    position: int
    uuid: UUID
    at: datetime
    kind: str
    subject: UUID
    agency: int | None
    actor: str
    payload: Any

    def leaf(self, position: int | None = None) -> bytes:
        """SHA-256 of the canonical JSON; of the event as if it stood elsewhere when asked so."""
        content = {
            "actor": self.actor,
            "agency": self.agency,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": self.kind,
            "payload": self.payload,
            "position": self.position if position is None else position,
            "subject": str(self.subject),
            "uuid": str(self.uuid),
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True)
class Link:
    """One sealed batch as it stands in the chain (mắt xích)."""

    number: int
    first: int
    last: int
    previous: bytes
    leaves: bytes
    root: bytes

    def expected_root(self) -> bytes:
        """What the root must be, by the other fields."""
        return root_of(self.number, self.first, self.last, self.previous, self.leaves)

    def is_whole(self) -> bool:
        """Whether bounds, leaves and root agree."""
        count = self.last - self.first + 1
        return len(self.leaves) == count * LEAF and self.root == self.expected_root()

    def leaf(self, position: int) -> bytes:
        """The leaf of a position within the batch."""
        start = (position - self.first) * LEAF
        return self.leaves[start : start + LEAF]


def root_of(number: int, first: int, last: int, previous: bytes, leaves: bytes) -> bytes:
    """SHA-256 of a line `number first last`, the previous root and the leaves."""
    return hashlib.sha256(f"{number} {first} {last}\n".encode() + previous + leaves).digest()
