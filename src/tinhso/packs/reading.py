"""Read a YAML file that a stranger may have written: values with their places, or a refusal.

Only the JSON part of YAML is read. Anchors, aliases, merge keys, tags, directives and several
documents in one file are refused at the parser's events, before anything is built, so an alias bomb
costs nothing. Scalars follow the JSON grammar: `no` is a word, `007` and `1.10.2` are words,
`2025-07-01` is a word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import yaml

from tinhso.kernel.unseen import LINE_ENDS, SIGNS
from tinhso.packs.sources import TOP, Document, Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.packs.sources import Path

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where the library has it: a province's packs are read six times sooner."""
_SYNTAX = "YAML đúng cú pháp: đủ ngoặc và nháy, thụt lề bằng dấu cách, sau khóa có dấu hai chấm"
_JSON = "JSON đúng cú pháp: khóa và chữ trong nháy kép, không dấu phẩy thừa, không chú thích"
MAX_BYTES = 512 * 1024
MAX_DEPTH = 24
MAX_VALUES = 50_000
MAX_DIGITS = 18  # beyond this a JSON number no longer fits eight bytes; write it as text

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)\.\d+(?:[eE][+-]?\d{1,2})?")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "true": True, "false": False}
# Marks that make text read otherwise than it is stored (bidirectional overrides, zero width, byte
# order mark), and controls.
_UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{SIGNS}{LINE_ENDS}\ufffc-\uffff]")


class Unreadable(Exception):
    """The file cannot be read; the problem says where and why. It never leaves this app."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read(content: bytes, file: str) -> Document:
    """The document in the bytes of a file, named `file` in problems. Raises `Unreadable`."""
    text = _text(content, file)
    try:
        return _Reader(file, yaml.parse(text, Loader=PARSER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else TOP
        raise _unreadable(file, position, "YAML viết sai ở đây", _SYNTAX) from None
    except yaml.YAMLError:
        raise _unreadable(file, TOP, "YAML viết sai", _SYNTAX) from None


def read_json(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The same of a JSON file, which is YAML too: as strict, and every value with its place; or what is wrong."""
    try:
        document = read(content, file)
        json.loads(content)
    except Unreadable as refusal:
        return None, [refusal.problem]
    except json.JSONDecodeError as error:
        position = Position(error.lineno, error.colno)
        return None, [Problem(file, position, "không đọc được JSON", _JSON)]
    return document, []


def _unreadable(file: str, position: Position, found: str, expected: str) -> Unreadable:
    return Unreadable(Problem(file, position, found, expected))


def _text(content: bytes, file: str) -> str:
    if len(content) > MAX_BYTES:
        raise _unreadable(file, TOP, f"tệp dài {len(content)} byte", f"không quá {MAX_BYTES} byte")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        position = _position_in(content[: error.start].decode("utf-8", "replace"))
        raise _unreadable(file, position, "tệp không phải UTF-8", "văn bản UTF-8") from None
    text = text.replace("\r\n", "\n")
    if "\t" in text:
        raise _unreadable(file, _position_in(text[: text.index("\t")]), "có dấu tab", "dấu cách")
    if unseen := _UNSEEN.search(text):
        found = f"có ký tự không nhìn thấy U+{ord(unseen.group()):04X}"
        raise _unreadable(
            file, _position_in(text[: unseen.start()]), found, "chữ, số, dấu cách, dấu câu"
        )
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            raise _unreadable(
                file, Position(number), "chữ có dấu viết tổ hợp rời", "Unicode dựng sẵn (NFC)"
            )
    return text


def _position_in(before: str) -> Position:
    line = before.count("\n") + 1
    return Position(line, len(before) - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Builds values from parser events, counting depth and values as it goes."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.events = events
        self.positions: dict[Path, Position] = {}
        self.values = 0

    def document(self) -> Document:
        next(self.events)  # the stream's start
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _unreadable(self.file, TOP, "tệp trống", "một văn bản YAML")
        if isinstance(start, yaml.DocumentStartEvent) and (start.version or start.tags):
            raise self._refuse(start, "có chỉ thị %YAML hoặc %TAG", "không dùng chỉ thị")
        first = self._next()
        value = self._value(first, ())
        self.positions[()] = _place(first)
        self._next()  # the document's end
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            raise self._refuse(after, "có văn bản YAML thứ hai", "mỗi tệp một văn bản")
        return Document(self.file, value, self.positions)

    def _next(self) -> yaml.Event:
        return next(self.events)

    def _refuse(self, event: yaml.Event, found: str, expected: str) -> Unreadable:
        return _unreadable(self.file, _place(event), found, expected)

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self._admit(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _admit(self, event: yaml.Event, path: Path) -> None:
        """Refuse whatever is not plain JSON, before it is built."""
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, f"có tham chiếu *{event.anchor}", "viết giá trị ra đầy đủ")
        if not isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            raise self._refuse(event, "thiếu giá trị", "một giá trị")
        if event.anchor is not None:
            raise self._refuse(event, f"có nhãn &{event.anchor}", "viết giá trị ra đầy đủ")
        if event.tag is not None:
            raise self._refuse(event, f"có kiểu {event.tag!r}", "không khai kiểu")
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._refuse(event, f"có hơn {MAX_VALUES} giá trị", "chia thành nhiều tệp")
        if len(path) > MAX_DEPTH:
            raise self._refuse(event, f"lồng sâu hơn {MAX_DEPTH} mức", f"không quá {MAX_DEPTH} mức")

    def _said(self, event: yaml.ScalarEvent) -> str:
        """The text of a scalar; what an escape has put into it is seen only here."""
        if unseen := _UNSEEN.search(event.value):
            found = f"có ký tự không nhìn thấy U+{ord(unseen.group()):04X}"
            raise self._refuse(event, found, "chữ, số, dấu cách, dấu câu")
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = self._said(event)
        if (
            event.style
        ):  # quoted, literal and folded text is always text; of plain text it is None or ""
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text) or _NUMBER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                raise self._refuse(
                    event, f"số dài {len(text)} ký tự", "đặt trong dấu nháy nếu là mã"
                )
            return int(text) if _INTEGER.fullmatch(text) else float(text)
        return text

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self.positions[place] = _place(event)
            items.append(self._value(event, place))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path)
            if key in members:
                first = self.positions[*path, key].line
                raise self._refuse(event, f"khóa “{key}” đã có ở dòng {first}", "mỗi khóa một lần")
            place = (*path, key)
            self.positions[place] = _place(event)
            members[key] = self._value(self._next(), place)
        return members

    def _key(self, event: yaml.Event, path: Path) -> str:
        self._admit(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(event, "khóa là một danh sách hoặc bảng", "khóa là một từ")
        if event.value == "<<" and not event.style:
            raise self._refuse(event, "có khóa gộp <<", "viết giá trị ra đầy đủ")
        return self._said(event)


def _place(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else TOP
