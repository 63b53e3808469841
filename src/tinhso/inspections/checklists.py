"""Checklists (phiếu kiểm tra): content of packs; each content has criteria, with figures and records that answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.packs import queries as packs
from tinhso.packs.kinds import Applied, Change, PackKind
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.models import PackEntry
    from tinhso.packs.sources import Problem, Source

KIND = "inspection_checklist"
CODE: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,49}$"}
TEXT: dict[str, Any] = {"type": "string", "minLength": 3, "maxLength": 500}
CRITERION: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "text"],
    "properties": {
        "code": CODE,
        "text": TEXT,
        "text_en": TEXT,
        "records": TEXT,
        "records_en": TEXT,
        "figures": {"type": "array", "items": CODE, "uniqueItems": True, "maxItems": 8},
    },
}
CONTENT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "name", "criteria"],
    "properties": {
        "code": CODE,
        "name": TEXT,
        "name_en": TEXT,
        "criteria": {"type": "array", "minItems": 1, "items": CRITERION},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "contents"],
    "properties": {
        "name": TEXT,
        "name_en": TEXT,
        "contents": {"type": "array", "minItems": 1, "items": CONTENT},
    },
}


@dataclass(frozen=True)
class Criterion:
    """One thing to look at (tiêu chí): its words, the indicators and the records that answer it; `english` of each."""

    code: str
    group: str
    text: str
    records: str
    figures: tuple[str, ...]
    english: Mapping[str, str]


@dataclass(frozen=True)
class Checklist:
    """A checklist in one version."""

    code: str
    version: str
    name: str
    name_en: str
    criteria: tuple[Criterion, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        """The criteria by their codes."""
        return {one.code: one for one in self.criteria}

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)


def in_force() -> Mapping[str, Checklist]:
    """The checklists of all packs in force, by code."""
    return _read(packs.newest_of_kind(KIND))


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, Checklist]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    return {entry.code: _checklist(entry) for entry in packs.entries_of_kind(KIND)}


def _checklist(entry: PackEntry) -> Checklist:
    content = entry.content
    return Checklist(
        code=entry.code,
        version=entry.version,
        name=content["name"],
        name_en=content.get("name_en", ""),
        criteria=tuple(
            Criterion(
                code=f"{part['code']}.{one['code']}",
                group=part["name"],
                text=one["text"],
                records=one.get("records", ""),
                figures=tuple(one.get("figures", ())),
                english=_english(part, one),
            )
            for part in content["contents"]
            for one in part["criteria"]
        ),
    )


def _english(part: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, str]:
    """Vietnamese word to English word, where the pack says one."""
    told = (
        (part["name"], part.get("name_en")),
        (one["text"], one.get("text_en")),
        (one.get("records"), one.get("records_en")),
    )
    return {said: english for said, english in told if said and english}


def in_words(code: str, said: str, checklist: Checklist | None) -> str:
    """A word of an inspection's criterion in the language of the page, as far as the checklist still says it."""
    known = checklist.by_code.get(code) if checklist else None
    return worded(said, known.english.get(said, "") if known else "")


def check(source: Source) -> list[Problem]:
    """No content and no criterion of a content stands twice."""
    return list(_problems(source))


def _problems(source: Source) -> Iterator[Problem]:
    contents: set[str] = set()
    for number, part in enumerate(source.value["contents"]):
        if part["code"] in contents:
            yield source.problem("contents", number, "code", found=f"mã {part['code']} hai lần")
        contents.add(part["code"])
        seen: set[str] = set()
        for place, one in enumerate(part["criteria"]):
            if one["code"] in seen:
                way = ("contents", number, "criteria", place, "code")
                yield source.problem(*way, found=f"mã {one['code']} hai lần")
            seen.add(one["code"])


def diff(source: Source) -> list[Change]:
    """What of the checklist is another than in force."""
    entries = {entry.code: entry.content for entry in packs.entries_of_kind(KIND)}
    now = entries.get(source.code, {})
    return [
        Change(key, _shown(now.get(key)), _shown(source.value.get(key)))
        for key in sorted({*now, *source.value})
        if now.get(key) != source.value.get(key)
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry; an inspection copies what it began with."""
    del source, at, actor
    return Applied()


INSPECTION_CHECKLIST = PackKind(
    code=KIND,
    name=_("Phiếu kiểm tra"),
    where="checklists/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    needs_legal_basis=True,
)
