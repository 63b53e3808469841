"""The role of a lane must hold the right that a step in it takes; else nobody could ever do it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers.pack import check
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


def test_a_file_that_cannot_be_decoded_is_a_problem_and_no_traceback() -> None:
    source = procedure(MARRIAGE)
    broken = replace(source, files={**source.files, "workflow.bpmn": "<a/>".encode("utf-16")})
    [problem] = check(broken)
    assert "UTF-8" in str(problem)
