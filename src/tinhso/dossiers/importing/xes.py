"""Read XES, event by event: nothing is kept but the trace that is open, whatever the size.

Expat and not lxml: a log has a dozen attributes an event and three are wanted, so that building
elements costs more than reading them; expat also knows the line beyond 65,535.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from xml.parsers import expat

from tinhso.dossiers.importing.cases import ImportedCase, ImportedStep, in_order
from tinhso.dossiers.importing.errors import (
    LogCaseRepeated,
    LogColumnMissing,
    LogDeclaresEntities,
    LogFormatUnknown,
    LogRefused,
    LogTimeUnreadable,
    LogValueMissing,
    LogXmlBroken,
)
from tinhso.dossiers.importing.mapping import OF_CASE, PURPOSES, LogMap
from tinhso.dossiers.importing.times import Instants

_BLOCK = 1 << 16
_LONGEST = 8_000_000  # bytes of one tag; a log of another system has attributes, not documents
_DEEPEST = 64
_USUAL = ("key", "", "value", "")
_LEAST = 2  # an event has an activity and a time
# Where the parts of a log stand: log, trace, event, and the attributes of either.
_LOG, _TRACE, _EVENT, _OF_EVENT = 1, 2, 3, 4


def read_xes(stream: BinaryIO, file: str, log_map: LogMap) -> Iterator[ImportedCase]:
    """The cases of a log in file order. Raises a `LogRefused` at the first thing amiss."""
    reader = _XesReader(file, log_map)
    fed = 0
    try:
        while block := stream.read(_BLOCK):
            reader.parser.Parse(block, False)
            fed += len(block)
            if fed - reader.parser.CurrentByteIndex > _LONGEST:
                raise reader.broken(f"một thẻ dài hơn {_LONGEST} byte")
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as failure:
        raise reader.broken(expat.errors.messages[failure.code], failure.lineno) from None
    yield from reader.taken()
    reader.check_told()


class _XesReader:
    """What is known while a log is read: the open trace and event, and which names were met."""

    def __init__(self, file: str, log_map: LogMap) -> None:
        self.file = file
        self.map = log_map
        self.instants = Instants(log_map)
        self.of_case = {key: _names(log_map, key, of_case=True) for key in log_map.names}
        self.of_event = {key: _names(log_map, key, of_case=False) for key in log_map.names}
        self.kept = {name.removeprefix(OF_CASE): name for name in log_map.attributes}
        self.wanted = frozenset(name for names in self.of_event.values() for name in names)
        self.met: set[str] = set()
        self.is_watching = bool(log_map.told or log_map.attributes)
        self.seen: set[int] = set()
        self.traces = 0
        self.done: list[ImportedCase] = []
        self.line = 0
        self.in_trace = self.in_event = False
        self.case_values: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.steps: list[ImportedStep] = []
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.specified_attributes = True
        self.listen()
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def taken(self) -> list[ImportedCase]:
        """The cases that are complete, handed over once."""
        done, self.done = self.done, []
        return done

    def listen(self) -> None:
        """Hand the parser two functions; nearly every call of theirs is an attribute of an event.

        They keep the depth to themselves, since looking it up in an object costs a third more.
        """
        depth = 0
        wanted, values = self.wanted, self.values
        begin_part, end_part = self.begin_part, self.end_part

        def begin(name: str, given: list[str]) -> None:
            nonlocal depth
            depth += 1
            if depth != _OF_EVENT:
                begin_part(depth, name, given)
            elif given and given[0] == "key":
                if given[1] in wanted:
                    values[given[1]] = _attribute(given)[1]
            else:
                key, value = _attribute(given)
                values[key] = value

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1
            if depth < _EVENT:
                end_part(depth)

        self.parser.StartElementHandler = begin
        self.parser.EndElementHandler = end

    def begin_part(self, depth: int, name: str, given: list[str]) -> None:
        """The log, a trace, an event or an attribute of a trace opens."""
        if depth == _EVENT and self.in_trace:
            if _local(name) == "event":
                self.in_event = True
                self.values.clear()
            else:
                key, value = _attribute(given)
                self.case_values[key] = value
        elif depth == _TRACE:
            self.begin_trace(_local(name))
        elif depth == _LOG and _local(name) != "log":
            raise LogFormatUnknown(file=self.file, where=self.here())
        elif depth > _DEEPEST:
            raise self.broken(f"lồng sâu hơn {_DEEPEST} lớp")

    def begin_trace(self, name: str) -> None:
        """A trace opens; an event outside any trace has no case."""
        if name == "trace":
            self.traces += 1
            self.line = self.parser.CurrentLineNumber
            self.in_trace = True
            self.case_values = {}
            self.steps = []
        elif name == "event":
            raise self.missing("case", self.here())

    def end_part(self, depth: int) -> None:
        """What stands at this depth is complete: an event in its trace, or a trace in its log."""
        if depth == _TRACE and self.in_event:
            self.in_event = False
            self.steps.append(self.step(self.values))
        elif depth == _LOG and self.in_trace:
            self.in_trace = False
            if self.steps:
                self.done.append(self.case(self.case_values))

    def step(self, values: dict[str, str]) -> ImportedStep:
        """The step that an event tells."""
        if self.is_watching:
            self.met.update(values)
        of_event = self.of_event
        activity = _first(of_event["activity"], values)
        text = _first(of_event["time"], values)
        resource = _first(of_event["resource"], values)
        if not activity or not text:
            raise self.missing("time" if activity else "activity", self.here_in_trace())
        try:
            at = self.instants.read(text)
        except ValueError:
            raise self.unreadable(text, "time", self.here_in_trace()) from None
        department = place = ""
        if len(values) > _LEAST + bool(resource):  # most events say no more
            department = _first(of_event["department"], values)
            place = _first(of_event["place"], values)
        return ImportedStep(activity, at, resource, department, place)

    def case(self, values: dict[str, str]) -> ImportedCase:
        """What is said of a trace once all its events are in."""
        if self.is_watching:
            self.met.update(OF_CASE + key for key in values)
        code = _first(self.of_case["case"], values)
        where = f"dòng {self.line}, hồ sơ thứ {self.traces}"
        if not code:
            raise self.missing("case", where)
        if hash(code) in self.seen:
            raise LogCaseRepeated(file=self.file, where=where, case=code)
        self.seen.add(hash(code))
        return ImportedCase(
            foreign_code=code,
            steps=self.completed(in_order(self.steps), values),
            channel=_first(self.of_case["channel"], values),
            deadline=self.instant("deadline", values, where),
            finished_at=self.instant("finished", values, where),
            attributes={name: values[key] for key, name in self.kept.items() if values.get(key)},
        )

    def completed(self, steps: list[ImportedStep], values: dict[str, str]) -> list[ImportedStep]:
        """Steps with what is said of the case as a whole: resource, department, place."""
        resource = _first(self.of_case["resource"], values)
        department = _first(self.of_case["department"], values)
        place = _first(self.of_case["place"], values)
        if not (resource or department or place):
            return steps
        return [
            ImportedStep(
                step.activity,
                step.at,
                resource or step.resource,
                department or step.department,
                place or step.place,
            )
            for step in steps
        ]

    def instant(self, purpose: str, values: dict[str, str], where: str) -> datetime | None:
        """A time of the case, or None when it is not given."""
        text = _first(self.of_case[purpose], values)
        if not text:
            return None
        try:
            return self.instants.read(text)
        except ValueError:
            raise self.unreadable(text, purpose, where) from None

    def here(self) -> str:
        """The line that is being read."""
        return f"dòng {self.parser.CurrentLineNumber}"

    def here_in_trace(self) -> str:
        """The line, and the ordinals of trace and event."""
        return f"{self.here()}, hồ sơ thứ {self.traces}, sự kiện thứ {len(self.steps) + 1}"

    def refuse_doctype(self, *_declaration: object) -> None:
        """Entities are declared in a DOCTYPE, and nowhere else."""
        raise LogDeclaresEntities(file=self.file, where=self.here())

    def missing(self, purpose: str, where: str) -> LogRefused:
        """The refusal for a value that is not there."""
        column = self.map.names[purpose][0]
        return LogValueMissing(
            file=self.file, where=where, purpose=PURPOSES[purpose], column=column
        )

    def unreadable(self, text: str, purpose: str, where: str) -> LogRefused:
        """The refusal for a time that cannot be read."""
        return LogTimeUnreadable(
            file=self.file, where=where, value=text[:80], column=PURPOSES[purpose]
        )

    def broken(self, reason: str, line: int | None = None) -> LogRefused:
        """The refusal for XML that cannot be read."""
        where = f"dòng {line or self.parser.CurrentLineNumber}"
        return LogXmlBroken(file=self.file, where=where, reason=reason)

    def check_told(self) -> None:
        """Refuse a map that names what no trace and no event carries."""
        told = [(key, self.map.names[key][0]) for key in sorted(self.map.told)]
        told += [("attributes", OF_CASE + key) for key in self.kept]
        for key, name in told:
            if name not in self.met:
                raise LogColumnMissing(
                    file=self.file,
                    where=f"bảng {self.map.source}",
                    column=name,
                    purpose=PURPOSES[key],
                )


def _names(log_map: LogMap, purpose: str, *, of_case: bool) -> tuple[str, ...]:
    return tuple(
        name.removeprefix(OF_CASE)
        for name in log_map.names[purpose]
        if name.startswith(OF_CASE) == of_case
    )


def _attribute(given: list[str]) -> tuple[str, str]:
    """Key and value of an XES attribute, from what expat gives as name, value, name, value."""
    if len(given) == len(_USUAL) and given[0] == _USUAL[0] and given[2] == _USUAL[2]:
        return given[1], given[3]
    named = dict(zip(given[::2], given[1::2], strict=True))
    return named.get("key", ""), named.get("value", "")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _first(names: tuple[str, ...], values: dict[str, str]) -> str:
    for name in names:
        if value := values.get(name):
            return value
    return ""
