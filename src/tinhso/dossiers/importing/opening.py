"""Open a log as a stream of bytes, compressed or not, and find out what it is."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from io import BufferedReader, FileIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from tinhso.dossiers.importing.errors import (
    LogCompressionBroken,
    LogFileEmpty,
    LogFormatUnknown,
    LogMissing,
    LogNotGzip,
    LogTextUnreadable,
)
from tinhso.kernel.os_errors import reason_of

_GZIP = b"\x1f\x8b"
_BUFFER = 1 << 18
_HEAD = 4096
_MARK = b"\xef\xbb\xbf"
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00|\x00[\x20-\x7e]){4}")
"""Latin letters of two bytes each: UTF-16 without its mark."""


Progress = Callable[[int, int], None]
"""Told the bytes of the file that were read, and how many it has."""


class LogFormat(StrEnum):
    """How a log is written."""

    XES = "xes"
    CSV = "csv"


def content_hash(path: Path, progress: Progress | None = None) -> str:
    """SHA-256 of the unpacked content: what tells the same file brought twice. Raises as `opened` does."""
    digest = sha256()
    with opened(path, progress) as (stream, _log_format):
        while block := stream.read(_BUFFER):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def opened(path: Path, progress: Progress | None = None) -> Iterator[tuple[BinaryIO, LogFormat]]:
    """The content as a stream, and its format, told from the content and not from the name.

    Raises `LogMissing`, `LogNotGzip`, `LogFormatUnknown`; damage met while reading on raises
    `LogCompressionBroken`.
    """
    try:
        raw = path.open("rb", buffering=0)
    except OSError as failure:
        raise LogMissing(file=path.name, where="", reason=reason_of(failure)) from None
    with raw:
        is_gzip = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        if path.suffix == ".gz" and not is_gzip:
            raise LogNotGzip(file=path.name, where="byte 0")
        content: RawIOBase = _Unpacked(raw, path.name) if is_gzip else raw
        if progress:
            content = _Watched(content, raw, progress)
        stream = BufferedReader(content, _BUFFER)
        yield stream, _format(stream.peek(_HEAD)[:_HEAD], path)


def _format(head: bytes, path: Path) -> LogFormat:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _WIDE.match(head):
        raise LogTextUnreadable(file=path.name, where="byte 0")
    text = head.removeprefix(_MARK).lstrip()
    if not text:
        raise LogFileEmpty(file=path.name, where="")
    if text.startswith(b"<"):
        return LogFormat.XES
    names = path.name.lower().removesuffix(".gz")
    first = text.split(b"\n", 1)[0]
    if b"\x00" in head or not (names.endswith(".csv") or any(sign in first for sign in b",;|\t")):
        raise LogFormatUnknown(file=path.name, where="byte 0")
    return LogFormat.CSV


class _Watched(RawIOBase):
    """The content, telling after each block how far the file itself was read."""

    def __init__(self, content: RawIOBase, raw: FileIO, progress: Progress) -> None:
        self.content = content
        self.raw = raw
        self.size = os.fstat(raw.fileno()).st_size
        self.progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int | None:  # type: ignore[override]
        count = self.content.readinto(target)
        self.progress(self.raw.tell(), self.size)
        return count


class _Unpacked(RawIOBase):
    """The unpacked content; damage is told with the byte of the packed file at which it was met."""

    def __init__(self, raw: FileIO, name: str) -> None:
        self.raw = raw
        self.name = name
        self.unpacker = gzip.GzipFile(fileobj=raw)

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            block = self.unpacker.read1(len(target))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            where = f"byte {self.raw.tell()}"
            raise LogCompressionBroken(file=self.name, where=where) from None
        target[: len(block)] = block
        return len(block)
