"""What a pack may declare of report regimes (chế độ báo cáo): one in a file of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import AgencyKind
from tinhso.indicators import catalogue
from tinhso.indicators.reports import regimes
from tinhso.indicators.reports.periods import LATEST_FIRST_DAY, Frequency, named
from tinhso.packs.kinds import Applied, Change, PackKind, closed
from tinhso.packs.queries import entries_of_kind

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Case, Problem, Source

TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 500}
NAME: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,49}$"}
WHO: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "kinds": {"type": "array", "minItems": 1, "items": {"enum": list(AgencyKind.values)}},
        "keys": {"type": "array", "minItems": 1, "items": TEXT},
        "holder_of": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,59}$"},
        "province": {"const": True},
    },
}
LEVEL: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "name", "who", "to", "due"],
    "properties": {
        "code": NAME,
        "name": TEXT,
        "name_en": TEXT,
        "who": WHO,
        "to": WHO,
        "due": {
            "type": "object",
            "additionalProperties": False,
            "required": ["amount", "unit"],
            "properties": {
                "amount": {"type": "integer", "minimum": 1, "maximum": 60},
                "unit": {"enum": ["working_days", "calendar_days"]},
            },
        },
        "gathers": NAME,
    },
}
SECTION: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "name"],
    "properties": {
        "code": NAME,
        "name": TEXT,
        "name_en": TEXT,
        "hint": TEXT,
        "hint_en": TEXT,
        "offers": {"type": "array", "items": NAME, "uniqueItems": True, "maxItems": 10},
        "tables": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "name", "indicators"],
                "properties": {
                    "code": NAME,
                    "name": TEXT,
                    "name_en": TEXT,
                    "indicators": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 20,
                        "uniqueItems": True,
                        "items": TEXT,
                    },
                },
            },
        },
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "about", "from", "frequency", "levels", "sections"],
    "properties": {
        "name": TEXT,
        "name_en": TEXT,
        "about": TEXT,
        "from": {"type": "string", "format": "date"},
        "frequency": {"enum": [each.value for each in Frequency]},
        "first_day": {"type": "integer", "minimum": 1, "maximum": LATEST_FIRST_DAY},
        "set_by": {"enum": ["government", "ministry", "province"]},
        "remind_days": {"type": "integer", "minimum": 1, "maximum": 14},
        "levels": {"type": "array", "minItems": 1, "maxItems": 4, "items": LEVEL},
        "sections": {"type": "array", "minItems": 1, "maxItems": 20, "items": SECTION},
    },
}


def check(source: Source) -> list[Problem]:
    """Codes stand once, a level gathers one above it in the list, and every indicator is declared by a pack at hand."""
    value = source.value
    problems = []
    for what in ("levels", "sections"):
        seen = set[str]()
        for number, each in enumerate(value[what]):
            if each["code"] in seen:
                found = f"mã “{each['code']}” đã có"
                problems.append(source.problem(what, number, "code", found=found))
            seen.add(each["code"])
    problems += _gathering(source)
    known = {each.code for each in source.others(catalogue.KIND)}
    for s, section in enumerate(value["sections"]):
        for t, table in enumerate(section.get("tables", ())):
            for i, code in enumerate(table["indicators"]):
                if code not in known:
                    place = ("sections", s, "tables", t, "indicators", i)
                    expected = "chỉ tiêu của gói này hoặc gói mà nó cần (requires)"
                    problems.append(
                        source.problem(
                            *place, found=f"không có chỉ tiêu “{code}”", expected=expected
                        )
                    )
    return problems


def _gathering(source: Source) -> list[Problem]:
    problems, before = [], set[str]()
    for number, level in enumerate(source.value["levels"]):
        below = level.get("gathers")
        if below is not None and below not in before:
            expected = "mã của một cấp đứng trước"
            found = f"không có cấp “{below}” để tổng hợp"
            problems.append(
                source.problem("levels", number, "gathers", found=found, expected=expected)
            )
        before.add(level["code"])
    return problems


_DAY = {"type": "string", "format": "date"}
CASE_SCHEMA: dict[str, Any] = {
    "given": {"type": ["object", "null"], "additionalProperties": False},
    "when": closed("period", period={"type": "string"}),
    "then": closed("first", "last", first=_DAY, last=_DAY),
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """`when: {period}` covers `then: {first, last}`."""
    regime = regimes.read(source.value, code=source.code, version=source.version)
    period = named(regime.frequency, regime.first_day, str(case.when["period"]))
    if period is None:
        return [case.problem("when", found=f"không có kỳ “{case.when['period']}”")]
    expected = [date.fromisoformat(case.then[end]) for end in ("first", "last")]
    if expected == [period.first, period.last]:
        return []
    return [case.problem("then", found=f"kỳ này từ {period.first} đến {period.last}")]


def diff(source: Source) -> list[Change]:
    """What of the regime is another than in force."""
    found = (each for each in entries_of_kind(regimes.KIND) if each.code == source.code)
    entry = next(found, None)
    now: dict[str, Any] = entry.content if entry else {}
    return [
        Change(key, _shown(now.get(key)), _shown(source.value.get(key)))
        for key in sorted({*now, *source.value})
        if now.get(key) != source.value.get(key)
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry: the published entry is the regime."""
    del source, at, actor
    return Applied()


REPORT_REGIME = PackKind(
    code=regimes.KIND,
    name=_("Chế độ báo cáo"),
    where="reports/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
    needs_legal_basis=True,
    after=(catalogue.KIND,),
)
