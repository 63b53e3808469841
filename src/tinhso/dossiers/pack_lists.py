"""What a pack may declare of lists of procedures: one file a list, each line with its days and its document."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models import ListedProcedure, ProcedureList
from tinhso.dossiers.pack_schema import DATE, TEXT
from tinhso.packs.kinds import Applied, Change, PackKind
from tinhso.packs.schemas import LEGAL_BASIS
from tinhso.packs.sources import Problem, Source

if TYPE_CHECKING:
    from tinhso.kernel.actors import Actor

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "procedures"],
    "properties": {
        "name": TEXT,
        "procedures": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "from", "legal_basis"],
                "properties": {
                    "code": {"type": "string", "pattern": r"^\d\.\d{6}$"},
                    "from": DATE,
                    "until": DATE,
                    "legal_basis": {**LEGAL_BASIS, "maxItems": 1},
                    "note": TEXT,
                    "note_en": TEXT,
                },
            },
        },
    },
}


def check(source: Source) -> list[Problem]:
    """The list is known, every day is real, and no procedure stands twice on one day."""
    if source.code not in ProcedureList.values:
        expected = ", ".join(ProcedureList.values)
        return [source.problem(found=f"không có danh mục «{source.code}»", expected=expected)]
    problems, seen = [], list[tuple[str, date, date]]()
    for number, line in enumerate(source.value["procedures"]):
        try:
            since, until = _days(line)
        except ValueError:
            found = "ngày không có thật"
            problems.append(
                source.problem("procedures", number, found=found, expected="năm-tháng-ngày")
            )
            continue
        if since >= until:
            found = "hết hiệu lực trước khi bắt đầu"
            problems.append(source.problem("procedures", number, "until", found=found))
        if any(code == line["code"] and since < end and begin < until for code, begin, end in seen):
            found = f"thủ tục {line['code']} đã có trong cùng khoảng ngày"
            problems.append(source.problem("procedures", number, "code", found=found))
        seen.append((line["code"], since, until))
    return problems


def _days(line: dict[str, Any]) -> tuple[date, date]:
    until = line.get("until")
    return date.fromisoformat(line["from"]), date.fromisoformat(until) if until else date.max


def diff(source: Source) -> list[Change]:
    """Codes that come and go."""
    now = ListedProcedure.objects.filter(list=source.code, is_current=True)
    before = set(now.values_list("code", flat=True))
    after = {line["code"] for line in source.value["procedures"]}
    return [
        *(Change(code, None, source.value["name"]) for code in sorted(after - before)),
        *(Change(code, source.value["name"], None) for code in sorted(before - after)),
    ]


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Publish the list; the lines of its former version stay, and no longer count."""
    del at, actor  # the one event of `packs apply` names both
    ended = ListedProcedure.objects.filter(list=source.code, is_current=True).update(
        is_current=False
    )
    made = ListedProcedure.objects.bulk_create(
        [_line(source, line) for line in source.value["procedures"]]
    )
    return Applied(created=len(made), ended=ended)


def _line(source: Source, line: dict[str, Any]) -> ListedProcedure:
    since, until = _days(line)
    (basis,) = line["legal_basis"]
    return ListedProcedure(
        list=source.code,
        version=str(source.version),
        code=line["code"],
        period=(since, None if until == date.max else until),
        document=basis["document"],
        article=basis.get("article", ""),
        is_verified=basis["verified"],
        note=line.get("note", ""),
        note_en=line.get("note_en", ""),
    )


PROCEDURE_LIST = PackKind(
    code="procedure_list",
    name=_("Danh mục thủ tục"),
    where="lists/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    after=("procedure",),
)
