"""Read a catalogue entry by entry, and count what could be read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from tinhso.dossiers.catalogue.entries import entry_of
from tinhso.dossiers.catalogue.errors import CatalogueCodeRepeated, CatalogueEmpty
from tinhso.dossiers.catalogue.opening import Opened
from tinhso.dossiers.catalogue.records import records
from tinhso.dossiers.catalogue.values import Entry

_READER = "1"  # goes up when the same text would be read otherwise
_EXAMPLES = 20
_EXAMPLE_LETTERS = 160
_ABOUT_THE_COPY = frozenset(
    {"nguon", "detail_url"}
)  # says where it was copied from, not what holds


@dataclass
class Figures:
    """What passed: procedures, fields by kind that were read, that the source leaves empty, that could not be read."""

    procedures: int = 0
    read: Counter[str] = field(default_factory=Counter)
    empty: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, str]] = field(default_factory=list)
    shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    added: int = 0
    changed: int = 0

    @property
    def fields(self) -> int:
        """Fields that were tried: all that hold something."""
        return self.read.total() + self.unread.total()

    def take(self, entry: Entry) -> None:
        """Count one entry; a few examples of each kind of what was not read are kept."""
        self.procedures += 1
        self.read.update(entry.reading.read)
        self.empty.update(entry.reading.empty)
        for one in entry.reading.unread:
            self.unread[one.kind] += 1
            self.reasons[f"{one.kind}: {one.reason.value}"] += 1
            kind = (one.kind, one.reason.value)
            if self.shown[kind] < max(2, _EXAMPLES // 8) and len(self.examples) < _EXAMPLES:
                self.shown[kind] += 1
                text = one.at.text[:_EXAMPLE_LETTERS]
                self.examples.append(
                    {
                        "procedure": entry.code,
                        "field": one.kind,
                        "reason": one.reason.value,
                        "text": text,
                    }
                )

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return {
            "procedures": self.procedures,
            "fields": self.fields,
            "unread": self.unread.total(),
            "unread_examples": self.examples,
            "empty": self.empty.total(),
            "by_kind": {
                kind: {
                    "read": self.read[kind],
                    "unread": self.unread[kind],
                    "empty": self.empty[kind],
                }
                for kind in sorted({*self.read, *self.unread, *self.empty})
            },
            "reasons": dict(sorted(self.reasons.items())),
        }


def read(path: Path, opened: Opened | None = None) -> Iterator[Entry]:
    """Every procedure of the catalogue once. Raises a `CatalogueRefused`.

    The same code again with the same content is passed over; with another content the file is refused.
    """
    known: dict[str, bytes] = {}
    for file, stream in (opened or Opened(path)).streams():
        for where, record in records(stream, file):
            entry = entry_of(record, file=file, where=where)
            digest = blake2b(content_hash(entry).encode(), digest_size=8).digest()
            if known.setdefault(entry.code, digest) != digest:
                raise CatalogueCodeRepeated(file=file, where=where, procedure=entry.code)
            if known[entry.code] is digest:
                yield entry
    if not known:
        raise CatalogueEmpty(file=path.name, where="")


def content_hash(entry: Entry) -> str:
    """SHA-256 of what the catalogue says of the procedure: what tells a change from the same brought twice.

    It changes with the reader too, so that the next import reads everything anew.
    """
    said = {name: text for name, text in entry.source.items() if name not in _ABOUT_THE_COPY}
    said["reader"] = _READER
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def parsed(entry: Entry) -> dict[str, Any]:
    """What was read from the entry as JSON values, each with its place in the source."""
    whole = asdict(entry)
    kept = ("objects", "ways", "papers", "bases", "outcomes")
    return {**{name: whole[name] for name in kept}, "unread": whole["reading"]["unread"]}


def count(path: Path) -> Figures:
    """Read all of it and count; asks no database."""
    figures = Figures()
    for entry in read(path):
        figures.take(entry)
    return figures
