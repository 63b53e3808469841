"""The document of a reorganisation (phương án sắp xếp): read, checked, written. Pure.

YAML or JSON with the keys of `ReformDocument`; agencies are named by key, fields by code. What the
document supposes about the directory is judged by `reform_plan`, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.models import AgencyKind, AssignedBy, Level, SuccessionKind
from tinhso.packs import reading

LEVELS = {level.name.lower(): level for level in Level}
FACTS = (
    "name", "name_en", "parent", "level", "agency_code", "reversed_code", "assigned_by",
    "unit_code", "area_km2", "latitude", "longitude",
)  # fmt: skip
_NUMBERS = frozenset({"area_km2", "latitude", "longitude"})


@dataclass(frozen=True)
class Begin:
    """An agency that begins: its key, its kind and the facts of its first period."""

    key: str
    kind: AgencyKind
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Amend:
    """An agency that lives on with other facts (name, parent, code)."""

    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Follow:
    """Who follows an agency; with an empty `successor` it ends and nobody follows."""

    predecessor: str
    successor: str
    kind: SuccessionKind
    share: Decimal | None = None
    legal_basis: str = ""
    verified: bool = False


@dataclass(frozen=True)
class FieldMove:
    """A field at a level within a place gets another holder; with an empty `to`, none."""

    field: str
    level: Level
    place: str
    to: str
    legal_basis: str = ""
    verified: bool = False


@dataclass(frozen=True)
class ReformDocument:
    """A whole reform; `rest` names who takes the work of an ended agency that nothing moves."""

    code: str
    name: str
    on: date
    legal_basis: str
    verified: bool = False
    begin: tuple[Begin, ...] = ()
    amend: tuple[Amend, ...] = ()
    end: tuple[str, ...] = ()
    follow: tuple[Follow, ...] = ()
    fields: tuple[FieldMove, ...] = ()
    rest: Mapping[str, str] = field(default_factory=dict)

    def with_rest(self, ended: str, receiver: str) -> ReformDocument:
        """The same reform, with a receiver named for the rest of an ended agency's work."""
        return replace(self, rest={**self.rest, ended: receiver})


def from_yaml(content: bytes) -> ReformDocument:
    """The document in a YAML file as typed or uploaded; refuses with `ReformMalformed`."""
    try:
        value = reading.read(content, "reform.yaml").value
    except reading.Unreadable as error:
        raise ReformMalformed({"document": [str(error.problem)]}, reason=error.problem) from None
    return from_json(value)


def from_json(value: Any) -> ReformDocument:
    """The document in JSON values; refuses with `ReformMalformed` that names every wrong entry."""
    reader = _Reader()
    document = reader.document(value)
    if reader.errors:
        first = next(iter(reader.errors.items()))
        raise ReformMalformed(reader.errors, reason=f"{first[0]}: {first[1][0]}")
    return document


def to_json(document: ReformDocument) -> dict[str, Any]:
    """The document as JSON values; `from_json` reads it back to the same."""
    common = {"legal_basis": document.legal_basis, "verified": document.verified}
    return {
        "code": document.code,
        "name": document.name,
        "on": document.on.isoformat(),
        **common,
        "begin": [{"key": b.key, "kind": b.kind.value, **_facts(b.facts)} for b in document.begin],
        "amend": [{"key": a.key, **_facts(a.facts)} for a in document.amend],
        "end": list(document.end),
        "follow": [
            {
                "from": f.predecessor,
                "to": f.successor,
                "kind": f.kind.value,
                "share": None if f.share is None else str(f.share),
                "legal_basis": f.legal_basis,
                "verified": f.verified,
            }
            for f in document.follow
        ],
        "fields": [
            {
                "field": m.field,
                "level": m.level.name.lower(),
                "place": m.place,
                "to": m.to,
                "legal_basis": m.legal_basis,
                "verified": m.verified,
            }
            for m in document.fields
        ],
        "rest": dict(document.rest),
    }


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = dict(facts)
    if "level" in shown:
        shown["level"] = Level(shown["level"]).name.lower()
    return {key: str(value) if key in _NUMBERS else value for key, value in shown.items()}


_TOP = frozenset(
    ("code", "name", "on", "legal_basis", "verified", "begin", "amend", "end", "follow", "fields", "rest")
)  # fmt: skip
"""The keys of a reform."""


class _Reader:
    """Reads values and keeps every error by the path where it stands."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def document(self, value: Any) -> ReformDocument:
        top = self.mapping(value, "document")
        for key in top.keys() - _TOP:
            self.error(str(key), "khóa lạ; cần một trong: " + ", ".join(sorted(_TOP)))
        basis = self.text(top, "legal_basis", "legal_basis", required=True)
        verified = top.get("verified") is True
        rest = self.mapping(top.get("rest") or {}, "rest")
        return ReformDocument(
            code=self.text(top, "code", "code", required=True),
            name=self.text(top, "name", "name", required=True),
            on=self.day(top.get("on"), "on"),
            legal_basis=basis,
            verified=verified,
            begin=tuple(self.begin(row, path) for row, path in self.rows(top, "begin")),
            amend=tuple(self.amend(row, path) for row, path in self.rows(top, "amend")),
            end=tuple(str(key) for key in self.listed(top, "end")),
            follow=tuple(
                self.follow(row, path, basis, verified=verified)
                for row, path in self.rows(top, "follow")
            ),
            fields=tuple(
                self.move(row, path, basis, verified=verified)
                for row, path in self.rows(top, "fields")
            ),
            rest={str(ended): str(receiver) for ended, receiver in rest.items()},
        )

    def error(self, path: str, sentence: str) -> None:
        self.errors.setdefault(path, []).append(sentence)

    def mapping(self, value: Any, path: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.error(path, "cần một bảng khóa–giá trị")
        return {}

    def listed(self, top: dict[str, Any], key: str) -> list[Any]:
        value = top.get(key) or []
        if isinstance(value, list):
            return value
        self.error(key, "cần một danh sách")
        return []

    def rows(self, top: dict[str, Any], key: str) -> list[tuple[dict[str, Any], str]]:
        paths = [(row, f"{key}[{index}]") for index, row in enumerate(self.listed(top, key), 1)]
        return [(self.mapping(row, path), path) for row, path in paths]

    def text(self, row: dict[str, Any], key: str, path: str, *, required: bool = False) -> str:
        value = row.get(key)
        if value is None or value == "":
            if required:
                self.error(path, f"thiếu “{key}”")
            return ""
        return str(value)

    def day(self, value: Any, path: str) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.error(path, "cần một ngày dạng 2025-07-01")
            return date.min

    def level(self, value: Any, path: str) -> Level:
        if value not in LEVELS:
            self.error(path, f"cấp phải là một trong {', '.join(LEVELS)}")
            return Level.PROVINCE
        return LEVELS[value]

    def begin(self, row: dict[str, Any], path: str) -> Begin:
        kind = self.text(row, "kind", path, required=True)
        if kind not in AgencyKind.values:
            self.error(path, f"loại cơ quan phải là một trong {', '.join(AgencyKind.values)}")
            kind = AgencyKind.DEPARTMENT.value
        self.text(row, "name", path, required=True)
        facts = self.facts(row, path)
        facts.setdefault("level", Level.PROVINCE)
        key = self.text(row, "key", path, required=True)
        return Begin(key=key, kind=AgencyKind(kind), facts=facts)

    def amend(self, row: dict[str, Any], path: str) -> Amend:
        facts = self.facts(row, path)
        if not facts:
            self.error(path, "không nêu thay đổi nào")
        return Amend(key=self.text(row, "key", path, required=True), facts=facts)

    def facts(self, row: dict[str, Any], path: str) -> dict[str, Any]:
        for name in sorted(set(row) - set(FACTS) - {"key", "kind"}):
            self.error(path, f"khóa lạ “{name}”")
        return {key: self.fact(key, row[key], path) for key in FACTS if row.get(key) is not None}

    def fact(self, key: str, value: Any, path: str) -> Any:
        if key == "level":
            return self.level(value, path)
        if key == "assigned_by" and value not in AssignedBy.values:
            self.error(path, f"assigned_by phải là một trong {', '.join(AssignedBy.values)}")
        return self.number(value, path) if key in _NUMBERS else str(value)

    def number(self, value: Any, path: str) -> Decimal:
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self.error(path, f"“{value}” không phải là số")
            return Decimal(0)

    def follow(self, row: dict[str, Any], path: str, basis: str, *, verified: bool) -> Follow:
        kind = self.text(row, "kind", path, required=True)
        if kind not in SuccessionKind.values:
            self.error(path, f"kind phải là một trong {', '.join(SuccessionKind.values)}")
            kind = SuccessionKind.MERGE.value
        share = row.get("share")
        return Follow(
            predecessor=self.text(row, "from", path, required=True),
            successor=self.text(row, "to", path),
            kind=SuccessionKind(kind),
            share=None if share is None else self.number(share, path),
            legal_basis=self.text(row, "legal_basis", path) or basis,
            verified=row.get("verified", verified) is True,
        )

    def move(self, row: dict[str, Any], path: str, basis: str, *, verified: bool) -> FieldMove:
        return FieldMove(
            field=self.text(row, "field", path, required=True),
            level=self.level(row.get("level", "province"), path),
            place=self.text(row, "place", path, required=True),
            to=self.text(row, "to", path),
            legal_basis=self.text(row, "legal_basis", path) or basis,
            verified=row.get("verified", verified) is True,
        )
