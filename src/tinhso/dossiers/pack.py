"""What a pack may declare of dossiers: procedures with form, workflow, terms and examples."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import FieldOfWork
from tinhso.dossiers import acts
from tinhso.dossiers.catalogue import indexing
from tinhso.dossiers.fee_checking import check_fees
from tinhso.dossiers.forming import compose
from tinhso.dossiers.models import Procedure, ProcedureVersion
from tinhso.dossiers.pack_kinds import KIND, check_kinds_of, check_refusals_of
from tinhso.dossiers.pack_schema import SCHEMA
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.trying import CASE_SCHEMA, try_case
from tinhso.dossiers.workflow.errors import WorkflowUnsupported
from tinhso.dossiers.workflow.parsing import parse
from tinhso.forms.checking import check_form
from tinhso.forms.expressions import BOOLEAN, STRING, record_of
from tinhso.forms.expressions import check as check_type
from tinhso.forms.expressions import parse as parse_expression
from tinhso.forms.form import Form
from tinhso.kernel.errors import Invalid
from tinhso.packs.kinds import Applied, Change, PackKind
from tinhso.packs.reading import read_json
from tinhso.packs.sources import Case, Problem, Source

if TYPE_CHECKING:
    from tinhso.dossiers.workflow.graph import Workflow
    from tinhso.kernel.actors import Actor

FORM = "form.json"
WORKFLOW = "workflow.bpmn"


def content_of(source: Source) -> dict[str, Any]:
    """The definition as it is stored: the document with its form."""
    return {**source.value, "form": json.loads(source.files[FORM])}


def check(source: Source) -> list[Problem]:
    """Form, workflow, lanes, dates: everything that would refuse an act later is found here."""
    problems = [*_check_files(source)]
    if problems:
        return problems
    problems += _check_form(source)
    if problems:
        return problems
    dates = _check_date(source)
    form = Form(compose(content_of(source)))
    fees = [] if dates else check_fees(source, form)
    return [
        *_check_workflow(source),
        *_check_lanes(source),
        *check_kinds_of(source),
        *check_refusals_of(source),
        *dates,
        *fees,
    ]


def _check_files(source: Source) -> list[Problem]:
    missing = [name for name in (FORM, WORKFLOW) if name not in source.files]
    if missing:
        return [
            source.problem(found=f"thiếu tệp {name}", expected="tệp nằm cạnh procedure.yaml")
            for name in missing
        ]
    return []


def _check_form(source: Source) -> list[Problem]:
    """Its own words first, since only a form can be joined with the applicant's step and the papers'."""
    document, problems = read_json(source.files[FORM], f"{source.folder}/{FORM}")
    if document is None:
        return problems
    wrong = check_form(document.value) or check_form(compose(content_of(source)))
    return [
        document.problem(*_way(problem.path), found=f"{problem.path}: {problem.sentence}")
        for problem in wrong
    ]


def _way(path: str) -> list[str | int]:
    return [int(part) if part.isdecimal() else part for part in path.split(".")]


def _check_workflow(source: Source) -> list[Problem]:
    form = Form(compose(content_of(source)))
    names = {"outcome": STRING, "channel": STRING, "answers": record_of(dict(form.names()))}

    def condition(text: str) -> list[str]:
        try:
            found = check_type(parse_expression(text), names)
        except Invalid as error:
            return [str(error)]
        return [] if found is BOOLEAN else ["điều kiện phải là đúng hoặc sai"]

    try:
        graph = parse(
            source.files[WORKFLOW],
            acts=acts.OUTCOMES,
            roles=set(source.value["lanes"]),
            check_condition=condition,
        )
    except WorkflowUnsupported as error:
        return [
            source.problem_in(
                WORKFLOW,
                line=problem.line,
                found=f"«{problem.element}» ({problem.type}): {problem.sentence}",
            )
            for problem in error.problems
        ]
    return _check_rights(source, graph)


def _check_rights(source: Source, graph: Workflow) -> list[Problem]:
    """The role of a step's lane holds the right that its act takes: else nobody could ever do it."""
    held = {
        role["code"]: role["permissions"]
        for roles in source.others("roles")
        for role in roles.value["roles"]
    }
    problems = []
    for node in graph.tasks():
        role = source.value["lanes"][node.role]["role"] if node.role else ""
        right = RIGHT_AT.get(node.act or "")
        if right is not None and role in held and right.value not in held[role]:
            found = f"«{node.label}»: vai trò «{role}» của làn không có quyền {right.value}"
            problems.append(source.problem_in(WORKFLOW, line=node.line, found=found))
    return problems


def _check_lanes(source: Source) -> list[Problem]:
    known = {role["code"] for roles in source.others("roles") for role in roles.value["roles"]}
    return [
        source.problem(
            "lanes",
            code,
            "role",
            found=f"không có vai trò «{lane['role']}»",
            expected=", ".join(sorted(known)),
        )
        for code, lane in source.value["lanes"].items()
        if known and lane["role"] not in known
    ]


def _check_date(source: Source) -> list[Problem]:
    try:
        date.fromisoformat(source.value["valid_from"])
    except ValueError:
        return [source.problem("valid_from", found="không có ngày này", expected="năm-tháng-ngày")]
    return []


def diff(source: Source) -> list[Change]:
    """A new procedure, or a new version of a known one."""
    newest = (
        ProcedureVersion.objects.filter(procedure__code=source.code).order_by("-version").first()
    )
    version = int(source.version)
    if newest is None:
        return [Change(source.code, None, source.value["name"])]
    if newest.version == version:
        return []
    return [Change(source.code, f"phiên bản {newest.version}", f"phiên bản {version}")]


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Publish a version; the former one stays in force for the dossiers that began under it, until the new begins."""
    del at, actor  # the one event of `packs apply` names both
    content = content_of(source)
    procedure, _created = Procedure.objects.update_or_create(
        code=source.code,
        defaults={
            "name": content["name"],
            "words": Procedure.words_of(
                content["name"],
                source.code,
                [content.get("name_en", ""), *content.get("keywords", [])],
            ),
        },
    )
    begins = date.fromisoformat(content["valid_from"])
    ended = 0
    for former in procedure.versions.filter(period__contains=begins):
        former.period = (former.period.lower, begins)
        former.save(update_fields=["period"])
        ended += 1
    ends = content.get("valid_until")
    ProcedureVersion.objects.create(
        procedure=procedure,
        version=int(source.version),
        period=(begins, date.fromisoformat(ends) if ends else None),
        level=content["level"],
        field=content["field"],
        definition=content,
        workflow=source.files[WORKFLOW].decode(),
        content_hash=source.digest,
    )
    indexing.rebuild()
    return Applied(created=1, ended=ended)


def fits(source: Source) -> list[Problem]:
    """Its field of work is one of this house, once units are loaded: else no agency is ever competent."""
    known = dict(FieldOfWork.objects.order_by("code").values_list("code", "name"))
    field = source.value["field"]
    if not known or field in known:
        return []
    found = f"không cơ quan nào của tỉnh giữ lĩnh vực “{field}”"
    return [source.problem("field", found=found, expected=", ".join(known))]


def run_case(source: Source, case: Case) -> list[Problem]:
    """Walk the workflow as the case says: without database."""
    return try_case(content_of(source), source.files[WORKFLOW].decode(), case)


PROCEDURE = PackKind(
    code="procedure",
    name=_("Thủ tục hành chính"),
    where="procedures/*/procedure.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
    fits=fits,
    needs_legal_basis=True,
    after=("roles", "calendar", KIND),
)
