"""What a pack may declare of guides: one file a guide, with its questions, its steps and its examples."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.forms.expressions import BOOLEAN, names_of, parse
from tinhso.forms.expressions import check as check_type
from tinhso.kernel.errors import Invalid
from tinhso.packs.kinds import Applied, Change, PackKind, closed
from tinhso.packs.models import PackEntry
from tinhso.portal.guides.content import Need, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Case, Problem, Source

KIND = "guide"
TEXT = {"type": "string", "minLength": 1, "maxLength": 600}
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
CODE = {"type": "string", "pattern": r"^[a-z][a-z0-9_]{0,39}$"}
PAPERS = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["vi"],
        "properties": {"vi": TEXT, "en": TEXT},
    },
}


def _object(needed: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": properties,
    }


SCHEMA: dict[str, Any] = _object(
    ["name", "who", "keywords", "valid_from", "questions", "steps"],
    name=TEXT,
    name_en=TEXT,
    who=TEXT,
    who_en=TEXT,
    keywords={"type": "array", "minItems": 1, "items": TEXT},
    valid_from=DATE,
    valid_until=DATE,
    questions={
        "type": "array",
        "minItems": 2,
        "maxItems": 4,
        "items": _object(
            ["code", "ask"], code=CODE, ask=TEXT, ask_en=TEXT, hint=TEXT, hint_en=TEXT
        ),
    },
    steps={
        "type": "array",
        "minItems": 1,
        "maxItems": 20,
        "items": _object(
            ["code", "name"],
            code=CODE,
            name=TEXT,
            name_en=TEXT,
            note=TEXT,
            note_en=TEXT,
            procedure={"type": "string", "pattern": r"^\d\.\d{6}$"},
            when=TEXT,
            after={"type": "array", "items": CODE, "uniqueItems": True},
            takes=_object(
                ["papers", "fee", "days", "where"],
                papers=PAPERS,
                fee=TEXT,
                fee_en=TEXT,
                days=TEXT,
                days_en=TEXT,
                where=TEXT,
                where_en=TEXT,
            ),
        ),
    },
)


def check(source: Source) -> list[Problem]:
    """Codes are used once, conditions are conditions, steps come after earlier ones, nothing is said twice."""
    asked = [question["code"] for question in source.value["questions"]]
    used: set[str] = set()
    problems = [*_check_dates(source), *_check_twins(source)]
    for number, step in enumerate(source.value["steps"]):
        problems += [
            *_check_when(source, number, step, asked, used),
            *_check_after(source, number, step),
            *_check_takes(source, number, step),
        ]
    for number, code in enumerate(asked):
        if code not in used:
            found = f"không bước nào cần câu trả lời «{code}»"
            problems.append(source.problem("questions", number, "code", found=found))
    return problems


def _check_dates(source: Source) -> Iterator[Problem]:
    for key in ("valid_from", "valid_until"):
        try:
            date.fromisoformat(source.value.get(key, "2000-01-01"))
        except ValueError:
            yield source.problem(key, found="không có ngày này", expected="năm-tháng-ngày")


def _check_twins(source: Source) -> Iterator[Problem]:
    for key in ("questions", "steps"):
        codes = [each["code"] for each in source.value[key]]
        for number, code in enumerate(codes):
            if code in codes[:number]:
                yield source.problem(key, number, "code", found=f"mã «{code}» khai hai lần")


def _check_when(
    source: Source, number: int, step: dict[str, Any], asked: list[str], used: set[str]
) -> Iterator[Problem]:
    if "when" not in step:
        return
    try:
        condition = parse(step["when"])
        is_condition = check_type(condition, dict.fromkeys(asked, BOOLEAN)) is BOOLEAN
    except Invalid as error:
        yield source.problem("steps", number, "when", found=str(error))
        return
    used |= names_of(condition)
    if not is_condition:
        expected = "điều kiện đúng hoặc sai"
        yield source.problem(
            "steps", number, "when", found="không phải điều kiện", expected=expected
        )


def _check_after(source: Source, number: int, step: dict[str, Any]) -> Iterator[Problem]:
    before = [each["code"] for each in source.value["steps"][:number]]
    for code in step.get("after", ()):
        if code not in before:
            found = f"«{code}» không phải bước đứng trước"
            yield source.problem(
                "steps", number, "after", found=found, expected=", ".join(before) or "bỏ trống"
            )


def _check_takes(source: Source, number: int, step: dict[str, Any]) -> Iterator[Problem]:
    """What a procedure of the packs takes stands there; any other step says it itself."""
    declared = {procedure.code for procedure in source.others("procedure")}
    is_own = step.get("procedure") in declared
    if is_own and "takes" in step:
        found = "thủ tục của gói đã khai giấy tờ, lệ phí, thời hạn"
        yield source.problem("steps", number, "takes", found=found, expected="bỏ “takes”")
    if not is_own and "takes" not in step:
        found = "bước không có trong các gói thì phải nói cần gì"
        yield source.problem("steps", number, found=found, expected="papers, fee, days, where")


def diff(source: Source) -> list[Change]:
    """Steps that come and go."""
    former = PackEntry.objects.filter(pack=source.pack.code, kind=KIND, code=source.code)
    newest = former.order_by("-id").first()
    if newest is None:
        return [Change(source.code, None, source.value["name"])]
    before = {step["code"]: step["name"] for step in newest.content["steps"]}
    after = {step["code"]: step["name"] for step in source.value["steps"]}
    changes = [
        Change(f"{source.code}.{code}", before.get(code), after.get(code))
        for code in dict.fromkeys([*before, *after])
        if before.get(code) != after.get(code)
    ]
    return changes or [Change(source.code, newest.version, source.version)]


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry: that is where guides are read from."""
    del source, at, actor
    return Applied()


_STEPS = {"type": "array", "items": {"type": "string"}}
CASE_SCHEMA: dict[str, Any] = {
    "given": closed(answers={"type": "object"}),
    "when": {"type": ["array", "null"], "maxItems": 0},
    "then": closed(**{need.value: _STEPS for need in (Need.NEEDED, Need.PERHAPS)})
    | {"minProperties": 1},
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """`given: {answers: {…}}`, `when: []`, `then: {needed: [steps], perhaps: [steps]}`, each in order."""
    guide = read(source.value, source.code)
    answers = case.given.get("answers", {})
    known = {question.code for question in guide.questions}
    if strangers := set(answers) - known:
        found = f"không hỏi «{', '.join(sorted(strangers))}»"
        return [case.problem("given", "answers", found=found, expected=", ".join(sorted(known)))]
    needs = guide.needs(answers)
    problems = []
    for need in (Need.NEEDED, Need.PERHAPS):
        steps = [code for code, found in needs.items() if found is need]
        told = case.then.get(need.value, [])
        if steps != told:
            problems.append(
                case.problem("then", found=f"{need.value}: {steps}", expected=f"{told}")
            )
    return problems


GUIDE = PackKind(
    code=KIND,
    name=_("Hướng dẫn theo sự kiện cuộc đời"),
    where="guides/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
    needs_legal_basis=True,
    after=("procedure",),
)
