"""Kinds of obstacle (loại vướng mắc): content of packs, dated, each with the field whose holder can solve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.packs import queries as packs
from tinhso.packs.kinds import Applied, Change, PackKind
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Problem, Source

KIND = "obstacle_kinds"
TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 300}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kinds"],
    "properties": {
        "kinds": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "name", "working_days", "since"],
                "properties": {
                    "code": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,49}$"},
                    "name": TEXT,
                    "name_en": TEXT,
                    "hint": TEXT,
                    "hint_en": TEXT,
                    "field": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,99}$"},
                    "working_days": {"type": "integer", "minimum": 1, "maximum": 90},
                    "since": DAY,
                    "until": DAY,
                },
            },
        }
    },
}


@dataclass(frozen=True)
class ObstacleKind:
    """One kind: how it is called, who solves it (the holder of `field`; empty: the province), in how many working days.

    It can be raised from `since` until before `until`.
    """

    code: str
    name: str
    name_en: str
    hint: str
    hint_en: str
    field: str
    working_days: int
    since: date
    until: date | None

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def explanation(self) -> str:
        """What belongs to it, in the language of the page."""
        return worded(self.hint, self.hint_en)

    def holds_on(self, day: date) -> bool:
        """Whether it can be raised on that day."""
        return self.since <= day and (self.until is None or day < self.until)


def known() -> Mapping[str, ObstacleKind]:
    """All kinds ever declared, by code."""
    return _read(packs.newest_of_kind(KIND))


def on(day: date) -> list[ObstacleKind]:
    """Those that can be raised on a day, in the order of the packs."""
    return [kind for kind in known().values() if kind.holds_on(day)]


def name_of(code: str) -> str:
    """What a kind is called; its code where nobody declares it any more."""
    kind = known().get(code)
    return kind.label if kind else code


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, ObstacleKind]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    told = [kind for entry in packs.entries_of_kind(KIND) for kind in entry.content["kinds"]]
    return {value["code"]: _kind(value) for value in told}


def _kind(value: Mapping[str, Any]) -> ObstacleKind:
    return ObstacleKind(
        code=value["code"],
        name=value["name"],
        name_en=value.get("name_en", ""),
        hint=value.get("hint", ""),
        hint_en=value.get("hint_en", ""),
        field=value.get("field", ""),
        working_days=value["working_days"],
        since=date.fromisoformat(value["since"]),
        until=date.fromisoformat(value["until"]) if value.get("until") else None,
    )


def check(source: Source) -> list[Problem]:
    """No code stands twice, and no kind ends before it begins."""
    return list(_problems(source))


def _problems(source: Source) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, kind in enumerate(source.value["kinds"]):
        if kind["code"] in seen:
            yield source.problem("kinds", number, "code", found=f"mã {kind['code']} khai hai lần")
        seen.add(kind["code"])
        if kind.get("until") and kind["until"] <= kind["since"]:
            yield source.problem("kinds", number, "until", found="hết trước khi bắt đầu")


def diff(source: Source) -> list[Change]:
    """Which kinds are new or say something else than in force."""
    now = {
        value["code"]: value
        for entry in packs.entries_of_kind(KIND)
        for value in entry.content["kinds"]
    }
    return [
        Change(value["code"], _shown(now.get(value["code"])), _shown(value))
        for value in source.value["kinds"]
        if now.get(value["code"]) != value
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry."""
    del source, at, actor
    return Applied()


OBSTACLE_KINDS = PackKind(
    code=KIND,
    name=_("Loại vướng mắc"),
    where="obstacle_kinds.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
)
