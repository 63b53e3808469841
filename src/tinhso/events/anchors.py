"""The anchor file (tệp neo): leaves and roots of the log, outside the database and its folder.

One append-only file of JSON lines for each log, named by the log. Three kinds of line: `begins`
says from where the file covers the log, a batch says number, bounds, previous root, leaves and root,
`restored` says that the database was taken back and what of the file no longer counts.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from tinhso.events.errors import AnchorsDisagree, LogRolledBack
from tinhso.events.hashing import Link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST_LINE = 512 * 1024  # a batch of 5,000 leaves is 213 KB


@dataclass(frozen=True)
class Tail:
    """Where the file ends: the last batch that counts."""

    number: int
    last: int
    root: bytes


@dataclass(frozen=True)
class Line:
    """One line of the file: `word` is `begins`, `batch` or `restored`; where it starts in bytes."""

    word: str
    number: int
    last: int
    root: bytes
    at: str
    offset: int
    content: dict[str, Any]

    def link(self) -> Link:
        """The batch of a `batch` line."""
        known = self.content
        return Link(
            number=self.number,
            first=known["first"],
            last=self.last,
            previous=bytes.fromhex(known["previous"]),
            leaves=base64.b64decode(known["leaves"], validate=True),
            root=self.root,
        )


def path_of(folder: Path, log: bytes) -> Path:
    """The file of the log that this root names."""
    return folder / f"{log.hex()[:32]}.jsonl"


def strangers(folder: Path, log: bytes | None) -> list[Path]:
    """The files of the folder that are not this log's, of a log without a name all.

    A folder belongs to one house: such a file says that the log was exchanged for another.
    """
    own = path_of(folder, log) if log else None
    return sorted(path for path in folder.glob("*.jsonl") if path != own)


def lines(path: Path) -> Iterator[Line]:
    """All lines in their order. A line torn by a crash is passed over: its batch follows again."""
    if not path.exists():
        return
    with path.open("rb") as stream:
        yield from lines_of(stream, 0)


def lines_of(stream: BinaryIO, offset: int) -> Iterator[Line]:
    """The lines of an open file from where it stands, which is `offset`."""
    for raw in stream:
        if line := _parse(raw, offset):
            yield line
        offset += len(raw)


def _parse(raw: bytes, offset: int) -> Line | None:
    try:
        content = json.loads(raw)
        word = next(word for word in ("begins", "batch", "restored") if word in content)
        known = content[word]
        root = bytes.fromhex(known["root"])
        return Line(word, known["number"], known["last"], root, content["at"], offset, known)
    except (ValueError, KeyError, TypeError, StopIteration):
        return None


def tail_of(path: Path) -> Tail | None:
    """The last line of a file, read without locking it; None when there is no file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        return _tail(descriptor)
    finally:
        os.close(descriptor)


def _tail(descriptor: int) -> Tail | None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - 2 * _LONGEST_LINE)
    for raw in reversed(os.pread(descriptor, size - start, start).splitlines()):
        if line := _parse(raw, 0):
            return Tail(line.number, line.last, line.root)
    return None


class AnchorFile:
    """The file, open for appending and locked against other processes."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def tail(self) -> Tail | None:
        """The last line, or None for an empty file."""
        return _tail(self._descriptor)

    def begin(self, tail: Tail) -> None:
        """Say that the file covers the log after this batch."""
        self._append("begins", number=tail.number, last=tail.last, root=tail.root.hex())

    def add(self, link: Link) -> None:
        """Append a batch."""
        self._append(
            "batch",
            number=link.number,
            first=link.first,
            last=link.last,
            previous=link.previous.hex(),
            leaves=base64.b64encode(link.leaves).decode(),
            root=link.root.hex(),
        )

    def restored(self, tail: Tail, lost: int | None) -> None:
        """Say that the log goes on from this batch and how many events were lost, if known."""
        root = tail.root.hex()
        self._append("restored", number=tail.number, last=tail.last, root=root, lost=lost)

    def catch_up(self, newest: Link) -> None:
        """Append the newest batch of the database when a crash kept it from the file.

        Refuses with `LogRolledBack` when the file knows more than the database, and with
        `AnchorsDisagree` when it knows something else. A file that lacks more than one batch says
        from where it covers the log again.
        """
        tail = self.tail()
        if tail is None or tail.number < newest.number - 1:
            self.begin(Tail(newest.number, newest.last, newest.root))
        elif tail.number > newest.number:
            raise LogRolledBack(anchored=tail.last, stored=newest.last)
        elif tail.number == newest.number:
            if tail.root != newest.root:
                raise AnchorsDisagree(number=newest.number)
        elif tail.root != newest.previous:
            raise AnchorsDisagree(number=tail.number)
        else:
            self.add(newest)

    def _append(self, word: str, **content: Any) -> None:
        # Anchors keep real time, whatever the business clock says.
        at = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps({word: content, "at": at}, separators=(",", ":")) + "\n"
        size = os.fstat(self._descriptor).st_size
        torn = size > 0 and os.pread(self._descriptor, 1, size - 1) != b"\n"
        data = (b"\n" if torn else b"") + text.encode()
        while data:
            data = data[os.write(self._descriptor, data) :]
        os.fsync(self._descriptor)


@contextmanager
def opened(folder: Path, log: bytes) -> Iterator[AnchorFile]:
    """The anchor file of a log, made when absent, locked while in use."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(folder, log)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield AnchorFile(path, descriptor)
    finally:
        os.close(descriptor)
