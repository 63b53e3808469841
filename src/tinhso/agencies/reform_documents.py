"""The document of a reorganisation (phương án sắp xếp): read, checked, written. Pure.

YAML or JSON with the keys of `ReformDocument`; agencies are named by key, fields by code. What the
document supposes about the directory is judged by `reform_plan`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.models import AgencyKind, AssignedBy, Level, SuccessionKind
from tinhso.kernel.days import FIRST_YEAR, LAST_YEAR, not_in_calendar
from tinhso.packs import reading
from tinhso.packs.sources import Path

CODE_STAYS = _lazy("mã của phương án giữ nguyên: “{code}”")
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
    """A whole reform; `rest` names who takes the work of an ended agency that nothing moves.

    `legal_basis` is the act with its number, `signed_on` and `issuer` its day and who issued it, where they are told.
    """

    code: str
    name: str
    on: date
    legal_basis: str
    signed_on: date | None = None
    issuer: str = ""
    verified: bool = False
    begin: tuple[Begin, ...] = ()
    amend: tuple[Amend, ...] = ()
    end: tuple[str, ...] = ()
    follow: tuple[Follow, ...] = ()
    fields: tuple[FieldMove, ...] = ()
    rest: Mapping[str, str] = field(default_factory=dict)

    @property
    def citation(self) -> str:
        """The legal basis as it is cited: act and number, day, issuer."""
        return cited(self.legal_basis, self.signed_on, self.issuer)

    def with_rest(self, receivers: Mapping[str, str]) -> ReformDocument:
        """The same reform, with receivers named for the rest of what ended agencies had in hand."""
        return replace(self, rest={**self.rest, **receivers})


def cited(act: str, signed_on: date | None, issuer: str) -> str:
    """An act as texts cite it: "Nghị quyết 202/2025/QH15 ngày 12/06/2025 của Quốc hội"."""
    day = f" ngày {signed_on:%d/%m/%Y}" if signed_on else ""
    return f"{act}{day}" + (f" của {issuer}" if issuer else "")


def from_yaml(content: bytes) -> ReformDocument:
    """The document in a YAML file as typed or uploaded; refuses with `ReformMalformed` that names lines."""
    try:
        read = reading.read(content, "reform.yaml")
    except reading.Unreadable as error:
        place, wrong = error.problem.position, error.problem
        said = _("dòng %(line)s: %(found)s; cần: %(expected)s") % {
            "line": place.line,
            "found": wrong.found,
            "expected": wrong.expected,
        }
        raise ReformMalformed({"document": [said]}, reason=said) from None
    reader = _Reader()
    document = reader.document(read.value)
    _refuse(
        (path, _("dòng %(line)s: %(said)s") % {"line": read.position(*path).line, "said": said})
        for path, said in reader.errors
    )
    return document


def from_json(value: Any) -> ReformDocument:
    """The document in JSON values; refuses with `ReformMalformed` that names every wrong entry."""
    reader = _Reader()
    document = reader.document(value)
    _refuse(reader.errors)
    return document


def _refuse(found: Iterable[tuple[Path, str]]) -> None:
    errors: dict[str, list[str]] = {}
    for path, said in found:
        errors.setdefault(written(path), []).append(said)
    if errors:
        where, sentences = next(iter(errors.items()))
        raise ReformMalformed(errors, reason=f"{where}: {sentences[0]}")


def written(path: Path) -> str:
    """A path as people read it: `begin[1].kind`, entries counted from 1; the whole is `document`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".") or "document"


def to_json(document: ReformDocument) -> dict[str, Any]:
    """The document as JSON values; `from_json` reads it back to the same."""
    common = {"legal_basis": document.legal_basis, "verified": document.verified}
    return {
        "code": document.code,
        "name": document.name,
        "on": document.on.isoformat(),
        "signed_on": document.signed_on.isoformat() if document.signed_on else None,
        "issuer": document.issuer,
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


def to_yaml(document: ReformDocument) -> str:
    """The document as text to edit; what is empty, or said of the whole already, is left out."""
    value = {key: said for key, said in to_json(document).items() if said}
    for row in [*value.get("follow", ()), *value.get("fields", ())]:
        if row["legal_basis"] == document.citation:
            del row["legal_basis"]
        if row["verified"] == document.verified:
            del row["verified"]
        if row.get("share", "") is None:
            del row["share"]
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = dict(facts)
    if "level" in shown:
        shown["level"] = Level(shown["level"]).name.lower()
    return {key: str(value) if key in _NUMBERS else value for key, value in shown.items()}


_TOP = frozenset(
    ("code", "name", "on", "legal_basis", "signed_on", "issuer", "verified",
     "begin", "amend", "end", "follow", "fields", "rest")
)  # fmt: skip
"""The keys of a reform."""
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class _Reader:
    """Reads values and keeps every error with the path where it stands."""

    def __init__(self) -> None:
        self.errors: list[tuple[Path, str]] = []

    def document(self, value: Any) -> ReformDocument:
        top = self.mapping(value, ())
        self.keys(top, _TOP, ())
        act = self.text(top, "legal_basis", (), required=True)
        signed_on = self.day(top["signed_on"], ("signed_on",)) if top.get("signed_on") else None
        issuer = self.text(top, "issuer", ())
        basis, verified = cited(act, signed_on, issuer), top.get("verified") is True
        rest = self.mapping(top.get("rest") or {}, ("rest",))
        return ReformDocument(
            code=self.code(top),
            name=self.text(top, "name", (), required=True),
            on=self.day(top.get("on"), ("on",)),
            legal_basis=act,
            signed_on=signed_on,
            issuer=issuer,
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

    def error(self, path: Path, sentence: str) -> None:
        self.errors.append((path, sentence))

    def keys(self, row: dict[str, Any], known: Iterable[str], path: Path) -> None:
        for key in sorted(row.keys() - known, key=str):
            expected = ", ".join(sorted(known))
            said = _("khóa lạ “%(key)s”; cần một trong: %(expected)s")
            self.error((*path, str(key)), said % {"key": key, "expected": expected})

    def one_of(self, value: str, expected: Iterable[str], path: Path) -> bool:
        if value and value not in expected:
            said = _("“%(value)s” không dùng được; cần một trong: %(expected)s")
            self.error(path, said % {"value": value, "expected": ", ".join(expected)})
        return value in expected

    def mapping(self, value: Any, path: Path) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.error(path, _("cần một bảng khóa–giá trị"))
        return {}

    def listed(self, top: dict[str, Any], key: str) -> list[Any]:
        value = top.get(key) or []
        if isinstance(value, list):
            return value
        self.error((key,), _("cần một danh sách"))
        return []

    def rows(self, top: dict[str, Any], key: str) -> list[tuple[dict[str, Any], Path]]:
        paths = [(row, (key, index)) for index, row in enumerate(self.listed(top, key))]
        return [(self.mapping(row, path), path) for row, path in paths]

    def text(self, row: dict[str, Any], key: str, path: Path, *, required: bool = False) -> str:
        value = row.get(key)
        if value is None or value == "":
            if required:
                self.error((*path, key), _("thiếu “%(key)s”") % {"key": key})
            return ""
        return self.words(key, value, path)

    def words(self, key: str, value: Any, path: Path) -> str:
        """A text; a number is one that was written without quotes, a list or a date is a slip."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.error((*path, key), _("“%(key)s” phải là chữ") % {"key": key})
            return ""
        return str(value)

    def code(self, top: dict[str, Any]) -> str:
        code = self.text(top, "code", (), required=True)
        if code and not _CODE.fullmatch(code):
            said = _("mã chỉ gồm chữ thường không dấu, chữ số và gạch nối, nhiều nhất 60 ký tự")
            self.error(("code",), said)
        return code

    def day(self, value: Any, path: Path) -> date:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.error(path, _("cần một ngày dạng 2025-07-01"))
            return date.min
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.error(path, not_in_calendar(str(value)))
        return day

    def level(self, value: Any, path: Path) -> Level:
        return LEVELS[value] if self.one_of(str(value), LEVELS, path) else Level.PROVINCE

    def begin(self, row: dict[str, Any], path: Path) -> Begin:
        kind = self.text(row, "kind", path, required=True)
        if not self.one_of(kind, AgencyKind.values, (*path, "kind")):
            kind = AgencyKind.DEPARTMENT.value
        self.text(row, "name", path, required=True)
        facts = self.facts(row, path)
        facts.setdefault("level", Level.PROVINCE)
        key = self.text(row, "key", path, required=True)
        return Begin(key=key, kind=AgencyKind(kind), facts=facts)

    def amend(self, row: dict[str, Any], path: Path) -> Amend:
        facts = self.facts(row, path)
        if not facts:
            self.error(path, _("không nêu thay đổi nào"))
        return Amend(key=self.text(row, "key", path, required=True), facts=facts)

    def facts(self, row: dict[str, Any], path: Path) -> dict[str, Any]:
        self.keys(row, {*FACTS, "key", "kind"}, path)
        return {
            key: self.fact(key, row[key], (*path, key)) for key in FACTS if row.get(key) is not None
        }

    def fact(self, key: str, value: Any, path: Path) -> Any:
        if key == "level":
            return self.level(value, path)
        if key == "assigned_by":
            self.one_of(str(value), AssignedBy.values, path)
        return self.number(value, path) if key in _NUMBERS else self.words(key, value, path)

    def number(self, value: Any, path: Path) -> Decimal:
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self.error(path, _("“%(value)s” không phải là số") % {"value": value})
            return Decimal(0)

    def follow(self, row: dict[str, Any], path: Path, basis: str, *, verified: bool) -> Follow:
        kind = self.text(row, "kind", path, required=True)
        if not self.one_of(kind, SuccessionKind.values, (*path, "kind")):
            kind = SuccessionKind.MERGE.value
        share = row.get("share")
        return Follow(
            predecessor=self.text(row, "from", path, required=True),
            successor=self.text(row, "to", path),
            kind=SuccessionKind(kind),
            share=None if share is None else self.share(share, (*path, "share")),
            legal_basis=self.text(row, "legal_basis", path) or basis,
            verified=row.get("verified", verified) is True,
        )

    def share(self, value: Any, path: Path) -> Decimal:
        share = self.number(value, path)
        if not share.is_finite() or not 0 < share <= 1:
            self.error(path, _("tỷ lệ phải lớn hơn 0 và không quá 1 (0.6 là 60%)"))
        return share

    def move(self, row: dict[str, Any], path: Path, basis: str, *, verified: bool) -> FieldMove:
        return FieldMove(
            field=self.text(row, "field", path, required=True),
            level=self.level(row.get("level", "province"), (*path, "level")),
            place=self.text(row, "place", path, required=True),
            to=self.text(row, "to", path),
            legal_basis=self.text(row, "legal_basis", path) or basis,
            verified=row.get("verified", verified) is True,
        )
