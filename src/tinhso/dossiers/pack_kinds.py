"""Which kinds of paper there are (loại giấy tờ): declared once, so that everybody means the same paper by one code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.pack_schema import CODE, TEXT
from tinhso.packs.kinds import Applied, Change, PackKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Problem, Source

KIND = "paper_kinds"
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
                "required": ["code", "name"],
                "properties": {"code": CODE, "name": TEXT, "name_en": TEXT},
            },
        }
    },
}


def check(source: Source) -> list[Problem]:
    """No code and no name stands twice: two codes for one paper would part what belongs together."""
    problems = []
    for key in ("code", "name"):
        said = [kind[key] for kind in source.value["kinds"]]
        problems += [
            source.problem("kinds", number, key, found=f"«{value}» khai hai lần")
            for number, value in enumerate(said)
            if value in said[:number]
        ]
    return problems


def check_kinds_of(procedure: Source) -> Iterator[Problem]:
    """Papers and results of a procedure are of known kinds, and no kind is asked for twice."""
    known = {kind["code"] for one in procedure.others(KIND) for kind in one.value["kinds"]}
    for key in ("papers", "results"):
        for number, each in enumerate(procedure.value.get(key, [])):
            if "kind" in each and each["kind"] not in known:
                found = f"không có loại giấy tờ «{each['kind']}»"
                expected = "một loại khai ở paper_kinds.yaml của gói core"
                yield procedure.problem(key, number, "kind", found=found, expected=expected)
    asked = [paper.get("kind") for paper in procedure.value.get("papers", [])]
    for number, kind in enumerate(asked):
        if kind is not None and kind in asked[:number]:
            found = f"hai giấy tờ cùng loại «{kind}»"
            yield procedure.problem("papers", number, "kind", found=found)


def check_refusals_of(procedure: Source) -> Iterator[Problem]:
    """A refusal is no paper that serves elsewhere, and something can be granted."""
    results = procedure.value.get("results", [])
    for number, each in enumerate(results):
        if each.get("refuses") and "kind" in each:
            found = "văn bản từ chối không phải giấy tờ dùng lại được, không có kind"
            yield procedure.problem("results", number, "kind", found=found)
    if results and all(each.get("refuses") for each in results):
        yield procedure.problem("results", found="thủ tục chỉ có văn bản từ chối")


def diff(source: Source) -> list[Change]:
    """The whole list is told: what it was before is in the published entry."""
    return [Change(kind["code"], None, kind["name"]) for kind in source.value["kinds"]]


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry; the list is asked when packs are checked."""
    del source, at, actor
    return Applied()


PAPER_KINDS = PackKind(
    code=KIND,
    name=_("Loại giấy tờ"),
    where="paper_kinds.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
)
