"""What a pack may declare of targets and of figures told by others: history with its source and its words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.models import FigureKind, ReportedFigure, Target
from tinhso.indicators.services import (
    ReportedFacts,
    TargetFacts,
    assign_target,
    end_target,
    record_reported,
)
from tinhso.kernel.actors import SystemActor
from tinhso.packs.kinds import Applied, Change, PackKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Problem, Source

TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 300}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
LONGEST_QUOTATION = 240
QUOTATION: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source", "start", "text"],
    "properties": {
        "source": {"type": "string", "pattern": r"^\d{3}$"},
        "start": {"type": "integer", "minimum": 0},
        "text": {"type": "string", "minLength": 3, "maxLength": LONGEST_QUOTATION},
    },
}
COMMON: dict[str, Any] = {
    "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"},
    "indicator": {"type": "string"},
    "place": TEXT,
    "first": DAY,
    "last": DAY,
    "quotation": QUOTATION,
}


def _schema(key: str, needed: list[str], **own: Any) -> dict[str, Any]:
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "indicator", "first", "last", *needed],
        "properties": COMMON | own,
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", key],
        "properties": {"name": TEXT, key: {"type": "array", "minItems": 1, "items": item}},
    }


TARGETS_SCHEMA = _schema(
    "targets",
    ["value", "issuer", "level"],
    value={"type": "number", "minimum": 0},
    issuer=TEXT,
    level={"enum": [each.value for each in Target.Level]},
    document=TEXT,
    dated=DAY,
)
FIGURES_SCHEMA = _schema(
    "figures",
    ["source", "quotation"],
    source=TEXT,
    value={"type": "number"},
    numerator={"type": "integer", "minimum": 0},
    denominator={"type": "integer", "minimum": 1},
    at_least={"type": "boolean"},
    unclear_denominator={"type": "boolean"},
    kind={"enum": [FigureKind.REPORTED.value, FigureKind.RECEIVED.value]},
)


def _check(source: Source, key: str) -> Iterator[Problem]:
    known = {each.code for each in source.others(catalogue.KIND)}
    seen: set[str] = set()
    for number, item in enumerate(source.value[key]):
        if item["indicator"] not in known:
            found = f"không có chỉ tiêu “{item['indicator']}”"
            yield source.problem(key, number, "indicator", found=found)
        if item["id"] in seen:
            yield source.problem(key, number, "id", found=f"“{item['id']}” khai hai lần")
        seen.add(item["id"])
        if item["last"] < item["first"]:
            yield source.problem(key, number, "last", found="ngày cuối trước ngày đầu")


def check_targets(source: Source) -> list[Problem]:
    """Known indicators, each target once, days in order."""
    return list(_check(source, "targets"))


def check_figures(source: Source) -> list[Problem]:
    """The same, and a part that is not more than its whole."""
    return [
        *_check(source, "figures"),
        *(
            source.problem("figures", number, "numerator", found="tử số lớn hơn mẫu số")
            for number, item in enumerate(source.value["figures"])
            if item.get("numerator", 0) > item.get("denominator", item.get("numerator", 0))
        ),
    ]


def diff(source: Source) -> list[Change]:
    """Every item is told: what it was before is in the published entry."""
    items = source.value.get("targets") or source.value["figures"]
    return [Change(item["id"], None, str(item.get("value", item["indicator"]))) for item in items]


APPLYING = SystemActor("packs")
"""Writes what a pack declares: who applies packs need not hold the rights over targets; the log names him beside it."""


def apply_targets(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Assign the targets of this version; those of the former version that are gone or changed end."""
    del actor
    begins = f"{source.pack.code}/{source.code}#"
    former = {
        row.origin: row for row in Target.objects.standing().filter(origin__startswith=begins)
    }
    created = ended = 0
    for item in source.value["targets"]:
        facts = _target(source, item)
        before = former.pop(facts.origin, None)
        if before is not None and _same(before, facts):
            continue
        if before is not None:
            ended += _end(before, source, at=at)
        assign_target(facts, actor=APPLYING, at=at)
        created += 1
    for gone in former.values():
        ended += _end(gone, source, at=at)
    return Applied(created=created, ended=ended)


def _end(target: Target, source: Source, *, at: datetime) -> int:
    reason = f"Gói {source.pack.code} {source.pack.version}"
    end_target(target.uuid, actor=APPLYING, on=day_of(at), reason=reason, at=at)
    return 1


def _same(before: Target, facts: TargetFacts) -> bool:
    told = "indicator", "value", "first", "last", "issuer", "document", "dated", "place"
    return all(getattr(before, name) == getattr(facts, name) for name in told)


def _target(source: Source, item: Mapping[str, Any]) -> TargetFacts:
    return TargetFacts(
        indicator=item["indicator"],
        value=Decimal(str(item["value"])),
        first=date.fromisoformat(item["first"]),
        last=date.fromisoformat(item["last"]),
        level=Target.Level(item["level"]),
        issuer=item["issuer"],
        place=item.get("place", ""),
        document=item.get("document", ""),
        dated=date.fromisoformat(item["dated"]) if "dated" in item else None,
        quotation=item.get("quotation", {}).get("text", ""),
        origin=f"{source.pack.code}/{source.code}#{item['id']}",
        edition=source.version,
    )


def apply_figures(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Record the figures of this version; what a former version told of the same is told no more."""
    del actor
    told = dict(
        ReportedFigure.objects.in_force()
        .filter(origin__startswith=f"{source.pack.code}/{source.code}#")
        .values_list("origin", "value")
    )
    created = 0
    for item in source.value["figures"]:
        facts = _figure(source, item)
        if facts.origin in told and told[facts.origin] == facts.value:
            continue
        record_reported(facts, actor=APPLYING, at=at)
        created += 1
    return Applied(created=created)


def _figure(source: Source, item: Mapping[str, Any]) -> ReportedFacts:
    value = item.get("value")
    return ReportedFacts(
        indicator=item["indicator"],
        first=date.fromisoformat(item["first"]),
        last=date.fromisoformat(item["last"]),
        kind=FigureKind(item.get("kind", FigureKind.REPORTED)),
        source=item["source"],
        value=None if value is None else Decimal(str(value)),
        numerator=item.get("numerator"),
        denominator=item.get("denominator"),
        place=item.get("place", ""),
        at_least=item.get("at_least", False),
        is_unclear=item.get("unclear_denominator", False),
        quotation=item["quotation"]["text"],
        origin=f"{source.pack.code}/{source.code}#{item['id']}",
        edition=source.version,
    )


TARGETS = PackKind(
    code="targets",
    name=_("Chỉ tiêu phấn đấu được giao"),
    where="targets/*.yaml",
    schema=TARGETS_SCHEMA,
    check=check_targets,
    diff=diff,
    apply=apply_targets,
    after=(catalogue.KIND,),
)
REPORTED = PackKind(
    code="reported_figures",
    name=_("Số liệu do nguồn công bố"),
    where="reported_figures/*.yaml",
    schema=FIGURES_SCHEMA,
    check=check_figures,
    diff=diff,
    apply=apply_figures,
    after=(catalogue.KIND,),
)
