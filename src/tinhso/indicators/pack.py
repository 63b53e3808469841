"""What a pack may declare of figures: an indicator an entry, in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.indicators import catalogue
from tinhso.indicators.cases import CASE_SCHEMA, run_case
from tinhso.indicators.checking import check
from tinhso.indicators.definitions import Direction, MeasureKind
from tinhso.packs.kinds import Applied, Change, PackKind

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Source

TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 1000}
EXPRESSION: dict[str, Any] = {"type": "string", "minLength": 1}
NAME: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,49}$"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "unit", "figures"],
    "properties": {
        "name": TEXT,
        "name_en": TEXT,
        "unit": TEXT,
        "unit_en": TEXT,
        "direction": {"enum": [each.value for each in Direction]},
        "decimals": {"type": "integer", "minimum": 0, "maximum": 4},
        "fact": {"type": "string", "pattern": r"^[a-z_]+\.[a-z_]+$"},
        "day": NAME,
        "where": EXPRESSION,
        "ratio": {
            "type": "object",
            "additionalProperties": False,
            "required": ["is"],
            "properties": {"of": EXPRESSION, "is": EXPRESSION},
        },
        "measure": {
            "type": "object",
            "additionalProperties": False,
            "required": ["kind"],
            "properties": {
                "kind": {"enum": [each.value for each in MeasureKind]},
                "column": NAME,
                "percent": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100},
            },
        },
        "score": {
            "type": "object",
            "additionalProperties": False,
            "required": ["formula", "terms", "estimate"],
            "properties": {
                "formula": EXPRESSION,
                "terms": {"type": "object", "minProperties": 1, "maxProperties": 12},
                "estimate": {"const": True},
            },
        },
        "by": {"type": "array", "items": NAME, "uniqueItems": True, "maxItems": 12},
        "figures": {
            "type": "array",
            "items": {"type": "string", "pattern": r"^I\d\d$"},
            "uniqueItems": True,
        },
        "board": {"type": "integer", "minimum": 1, "maximum": 999},
        "source": TEXT,
        "needs": TEXT,
        "note": TEXT,
        "note_en": TEXT,
    },
}


def diff(source: Source) -> list[Change]:
    """What of the definition is another than in force."""
    now = catalogue.contents().get(source.code, {})
    return [
        Change(key, _shown(now.get(key)), _shown(source.value.get(key)))
        for key in sorted({*now, *source.value})
        if now.get(key) != source.value.get(key)
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry: the published entry is the definition."""
    del source, at, actor
    return Applied()


INDICATOR = PackKind(
    code=catalogue.KIND,
    name=_("Chỉ tiêu"),
    where="indicators/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
    needs_legal_basis=True,
)
