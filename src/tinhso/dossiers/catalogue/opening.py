"""Open what the catalogue came in: a file of JSON, a folder or an archive of such files, compressed or not.

Nothing is unpacked onto the disk. What a compressed file may swell to is limited.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from tinhso.dossiers.catalogue.errors import (
    CatalogueArchiveBroken,
    CatalogueEmpty,
    CatalogueFormatUnknown,
    CatalogueMissing,
    CatalogueTextUnreadable,
    CatalogueTooLarge,
)
from tinhso.kernel.os_errors import reason_of

LARGEST = 1 << 30  # bytes of all texts together; the whole crawl of 2,642 procedures has 42 MB
MOST_FILES = 100_000
_BUFFER = 1 << 18
_NAMES = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_BROKEN = (
    EOFError,
    gzip.BadGzipFile,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Opened:
    """The texts of one catalogue, each a name and a stream, with the hash of all that was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read = 0
        self.digest = sha256()

    def streams(self) -> Iterator[tuple[str, BinaryIO]]:
        """Each text in a fixed order; a stream is closed when the next is asked for."""
        found = 0
        for name, stream in self._sources():
            found += 1
            if found > MOST_FILES:
                raise CatalogueTooLarge(file=self.path.name, where=name, limit=f"{MOST_FILES} tệp")
            self.digest.update(name.encode("utf-8", "replace"))
            yield name, self._text(name, stream)
        if not found:
            raise CatalogueEmpty(file=self.path.name, where="")

    def _sources(self) -> Iterator[tuple[str, BinaryIO]]:
        if self.path.is_dir():
            yield from self._folder()
            return
        with _opened(self.path, self.path.name) as stream:
            head = cast("BufferedReader", stream).peek(8)[:8]
            if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                yield from self._zip(stream)
            elif self._is_tar():
                yield from self._tar()
            else:
                yield self.path.name, stream

    def _folder(self) -> Iterator[tuple[str, BinaryIO]]:
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if name.lower().endswith(_NAMES) and path.is_file() and not path.is_symlink():
                with _opened(path, name) as stream:
                    yield name, stream

    def _zip(self, stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
        with self._broken(self.path.name), zipfile.ZipFile(stream) as archive:
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                if member.filename.lower().endswith(_NAMES) and not member.is_dir():
                    with archive.open(member) as inner:
                        yield member.filename, cast("BinaryIO", BufferedReader(inner))

    def _is_tar(self) -> bool:
        try:
            return tarfile.is_tarfile(self.path)
        except _BROKEN:
            return False

    def _tar(self) -> Iterator[tuple[str, BinaryIO]]:
        with self._broken(self.path.name), tarfile.open(self.path) as archive:
            for member in archive:
                inner = archive.extractfile(member) if member.isreg() else None
                if inner is not None and member.name.lower().endswith(_NAMES):
                    yield member.name, cast("BinaryIO", inner)

    def _text(self, name: str, stream: BinaryIO) -> BinaryIO:
        head = cast("BufferedReader", stream).peek(2)[:2] if hasattr(stream, "peek") else b""
        if head in (b"\xff\xfe", b"\xfe\xff"):
            raise CatalogueTextUnreadable(file=name, where="byte 0")
        plain = gzip.GzipFile(fileobj=stream) if head == b"\x1f\x8b" else stream
        return BufferedReader(_Counted(self, name, plain.read), _BUFFER)

    def take(self, name: str, block: bytes) -> None:
        """Count and hash what was read."""
        self.read += len(block)
        self.digest.update(block)
        if self.read > LARGEST:
            limit = f"{LARGEST >> 30} GB sau khi giải nén"
            raise CatalogueTooLarge(file=self.path.name, where=name, limit=limit)

    @contextmanager
    def _broken(self, name: str) -> Iterator[None]:
        try:
            yield
        except _BROKEN:
            raise CatalogueArchiveBroken(file=self.path.name, where=name) from None


class _Counted(RawIOBase):
    """A stream that counts what passes, and names the text in which damage was met."""

    def __init__(self, opened: Opened, name: str, read: Callable[[int], bytes]) -> None:
        self.opened = opened
        self.name = name
        self.take = read

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            block = self.take(len(target))
        except (*_BROKEN, OSError):
            raise CatalogueArchiveBroken(file=self.name, where=f"byte {self.opened.read}") from None
        self.opened.take(self.name, block)
        target[: len(block)] = block
        return len(block)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as failure:
        reason = reason_of(failure) if isinstance(failure, OSError) else "tên không hợp lệ"
        raise CatalogueMissing(file=name, where="", reason=reason) from None
    with stream:
        if not path.is_file():
            raise CatalogueFormatUnknown(file=name, where="")
        yield stream
