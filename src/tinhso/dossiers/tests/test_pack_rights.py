"""What would refuse an act later is named when a procedure is checked: a role without the right, no form."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.agencies.models import FieldOfWork
from tinhso.dossiers.pack import check, fits
from tinhso.dossiers.tests.factories import MARRIAGE, pack_book

if TYPE_CHECKING:
    from tinhso.packs.sources import Source


def procedure(code: str, **lanes: dict[str, Any]) -> Source:
    """A procedure of the packs, with some of its lanes changed."""
    sources = (source for pack in pack_book().packs for source in pack.sources)
    [found] = [source for source in sources if (source.kind, source.code) == ("procedure", code)]
    value = {**found.value, "lanes": {**found.value["lanes"], **lanes}}
    return replace(found, document=replace(found.document, value=value))


def test_the_lanes_of_the_packs_hold_the_rights_of_their_steps() -> None:
    assert check(procedure(MARRIAGE)) == []


@pytest.mark.parametrize(
    ("lane", "role", "right"),
    [
        ("lanh_dao", "specialist", "dossiers:dossier:decide"),
        ("mot_cua", "specialist", "dossiers:dossier:hand_over"),
    ],
)
def test_a_lane_whose_role_may_not_do_its_step_is_named(lane: str, role: str, right: str) -> None:
    changed: dict[str, Any] = {lane: {"role": role, "place": "competent"}}
    [problem] = check(procedure(MARRIAGE, **changed))
    assert right in str(problem)
    assert role in str(problem)


@pytest.mark.django_db
def test_a_field_of_work_that_nobody_holds_is_named_once_units_are_loaded() -> None:
    assert fits(procedure(MARRIAGE)) == []
    FieldOfWork.objects.create(code="water-resources", name="Tài nguyên nước")
    [problem] = fits(procedure(MARRIAGE))
    assert "civil-status" in problem.found
    assert problem.expected == "water-resources"
    FieldOfWork.objects.create(code="civil-status", name="Hộ tịch")
    assert fits(procedure(MARRIAGE)) == []


def test_a_file_that_cannot_be_decoded_is_a_problem_and_no_traceback() -> None:
    source = procedure(MARRIAGE)
    broken = replace(source, files={**source.files, "workflow.bpmn": "<a/>".encode("utf-16")})
    [problem] = check(broken)
    assert "UTF-8" in str(problem)


@pytest.mark.parametrize(
    "form",
    [
        *("{}", "[]", "null", '{"properties": null}', '{"properties": []}', "[" * 100_000, "{,}"),
        '{"properties": {"a": "b"}}',
        '{"type": "object", "type": "object"}',
        r'{"title": "\u202e"}',
        r'{"title": "\u0000"}',
    ],
    ids=lambda form: form[:24],
)
def test_a_form_that_is_none_is_a_problem_and_no_traceback(form: str) -> None:
    source = procedure(MARRIAGE)
    problems = check(replace(source, files={**source.files, "form.json": form.encode()}))
    assert problems
    assert all(problem.file.endswith("/form.json") for problem in problems)


def test_a_wrong_word_of_a_form_is_named_at_its_line() -> None:
    source = procedure(MARRIAGE)
    form = json.loads(source.files["form.json"])
    first = next(iter(form["properties"]))
    form["properties"][first]["tile"] = "Nhãn"
    lines = json.dumps(form, ensure_ascii=False, indent=1)
    [problem] = check(replace(source, files={**source.files, "form.json": lines.encode()}))
    written = [
        number for number, line in enumerate(lines.split("\n"), 1) if f'"{first}": {{' in line
    ]
    assert problem.position.line in written
    assert "tile" in problem.found
