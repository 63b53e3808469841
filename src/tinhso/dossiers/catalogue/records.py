"""Take the records out of a text of JSON one by one (an array, lines, or one procedure), never all into memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn

from tinhso.dossiers.catalogue.errors import (
    CatalogueFormatUnknown,
    CatalogueJsonBroken,
    CatalogueTextUnreadable,
    CatalogueTooLarge,
)

LARGEST_RECORD = 4 << 20  # letters; the largest real one has 160,000
_BLOCK = 1 << 16
_SIGNS = re.compile(r'["\\{}\[\]]')
_BLANK = " \t\r\n"


def records(stream: BinaryIO, file: str) -> Iterator[tuple[str, Any]]:
    """Each record with its place (`thủ tục thứ n`); refuses what is not JSON in UTF-8."""
    splitter = _Splitter(file)
    for text in _texts(stream, file):
        for piece in splitter.feed(text):
            yield f"thủ tục thứ {splitter.count}", _parsed(piece, file, splitter.count)
    splitter.finish()


def _texts(stream: BinaryIO, file: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    read = 0
    while block := stream.read(_BLOCK):
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as failure:
            raise CatalogueTextUnreadable(file=file, where=f"byte {read + failure.start}") from None
        read += len(block)
        if "\x00" in text:
            raise CatalogueFormatUnknown(file=file, where=f"byte {read - len(block)}")
        yield text
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise CatalogueTextUnreadable(file=file, where=f"byte {read}") from None


def _parsed(piece: str, file: str, count: int) -> Any:
    try:
        return json.loads(piece, parse_constant=_no_constant)
    except (ValueError, RecursionError) as failure:
        reason = getattr(failure, "msg", "số quá dài hoặc lồng quá sâu")
        raise CatalogueJsonBroken(file=file, where=f"thủ tục thứ {count}", reason=reason) from None


def _no_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} không phải JSON", name, 0)


@dataclass
class _Splitter:
    """Finds where a record begins and ends, across the blocks in which the text comes."""

    file: str
    count: int = 0
    is_array: bool | None = None
    is_over: bool = False
    depth: int = 0
    in_string: bool = False
    escaped: bool = False
    wants_comma: bool = False
    size: int = 0
    parts: list[str] = field(default_factory=list)

    def feed(self, text: str) -> Iterator[str]:
        place = 0
        while place < len(text):
            if self.depth == 0:
                place = self._between(text, place)
                continue
            place, piece = self._within(text, place)
            if piece is not None:
                self.count += 1
                yield piece

    def finish(self) -> None:
        """The text is over: in the middle of a record, or of the array, it was cut off."""
        if self.depth or (self.is_array and not self.is_over):
            self._refuse("hết tệp giữa chừng")

    def _between(self, text: str, place: int) -> int:
        sign = text[place]
        if sign in _BLANK:
            return place + 1
        if self.is_over:
            self._refuse("còn chữ sau khi mảng đã đóng")
        if sign == "{" and not (self.is_array and self.wants_comma):
            self.is_array = bool(self.is_array)
            self.depth, self.size, self.parts = 1, 1, ["{"]
        elif self.is_array is None and sign == "[":
            self.is_array = True
        elif self.is_array and sign == "," and self.wants_comma:
            self.wants_comma = False
        elif self.is_array and sign == "]" and (self.wants_comma or not self.count):
            self.is_over = True
        elif self.is_array is None:
            raise CatalogueFormatUnknown(file=self.file, where="đầu tệp")
        else:
            self._refuse(f"gặp «{sign}» ở chỗ phải là một thủ tục")
        return place + 1

    def _within(self, text: str, place: int) -> tuple[int, str | None]:
        start = place
        if self.escaped:
            self.escaped = False
            place += 1
        while found := _SIGNS.search(text, place):
            place = found.end()
            self._count(found[0])
            if self.escaped:
                if place == len(text):
                    break
                self.escaped = False
                place += 1
            if self.depth == 0:
                self._keep(text[start:place])
                self.wants_comma = True
                return place, "".join(self.parts)
        self._keep(text[start:])
        return len(text), None

    def _count(self, sign: str) -> None:
        if self.in_string:
            self.escaped = sign == "\\"
            self.in_string = sign != '"'
        elif sign == '"':
            self.in_string = True
        elif sign in "{[":
            self.depth += 1
        elif sign in "}]":
            self.depth -= 1

    def _keep(self, text: str) -> None:
        self.size += len(text)
        if self.size > LARGEST_RECORD:
            where = f"thủ tục thứ {self.count + 1}"
            limit = f"{LARGEST_RECORD >> 20} MB một thủ tục"
            raise CatalogueTooLarge(file=self.file, where=where, limit=limit)
        self.parts.append(text)

    def _refuse(self, reason: str) -> NoReturn:
        where = f"thủ tục thứ {self.count + 1}"
        raise CatalogueJsonBroken(file=self.file, where=where, reason=reason)
