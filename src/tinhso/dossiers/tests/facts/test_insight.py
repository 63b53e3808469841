"""How a procedure is really worked, from the facts: held to the reference figures of real logs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tinhso.agencies.models import AgencyKind, AgencyPeriod, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.dossiers import services
from tinhso.dossiers.queries.insight import Asked, Edge, asked_by, insight, undeclared
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    MARRIAGE,
    SYSTEM,
    definition_of,
    officer,
    step,
)
from tinhso.dossiers.tests.facts.warehouse import synced
from tinhso.dossiers.tests.importing.logs import bring
from tinhso.dossiers.tests.stages import concluded, until
from tinhso.dossiers.workflow.following import first_steps, following
from tinhso.dossiers.workflow.graph import NodeKind

if TYPE_CHECKING:
    from datetime import date

    from tinhso.agencies.models import Agency
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.django_db
LOGS = Path(settings.PROJECT).parent / "shared" / "data" / "eventlogs"
NAMES = (pytest.param("BPIC15_1.xes.gz", marks=pytest.mark.slow), "receipt.xes.gz")
BOTH = ("dossiers.dossier", "dossiers.step")
TODAY = AT.date()


@pytest.mark.skipif(not LOGS.is_dir(), reason="the real event logs are not here")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_a_real_log_gives_the_reference_figures(desk: Desk, name: str) -> None:
    told: dict[str, Any] = json.loads((LOGS / "reference_figures.json").read_bytes())[name]
    bring(LOGS / name, desk.commune)
    synced(*BOTH)
    found = insight(Asked(MARRIAGE, is_imported=True), on=TODAY)
    assert found.dossiers == told["cases"]
    assert sum(node.times for node in found.nodes) == told["events"]
    assert len(found.nodes) == told["activities"]
    assert found.path_count == told["variants"]
    assert [path.dossiers for path in found.paths[:5]] == told["top5_variant_counts"]
    assert len(found.edges) == told["dfg_edges"]
    top = [[edge.source, edge.target, edge.times] for edge in found.edges[:10]]
    assert sorted(top) == sorted(told["dfg_top10"])
    if told["resources"]:
        assert sum(load.people for load in found.loads) == told["resources"]


@pytest.mark.slow
def test_paths_time_rework_and_what_was_never_reached(desk: Desk) -> None:
    concluded(desk)
    returned = until(desk, "ky_duyet")
    services.send_back(
        returned.uuid, step(returned, "ky_duyet"), to="tham_dinh", note="Lại", actor=SYSTEM, at=AT
    )
    synced(*BOTH)
    found = insight(Asked(MARRIAGE), on=TODAY)
    nodes = {node.node: node for node in found.nodes}
    assert (found.dossiers, found.path_count) == (2, 2)
    assert found.nodes[0].node == "receipt"
    assert (nodes["tham_dinh"].times, nodes["tham_dinh"].repeated) == (3, 1)
    assert Edge("ky_duyet", "tham_dinh", 1, 1) in found.edges
    assert found.undeclared == [], "sending back is an act, not a way of the workflow"
    assert insight(Asked(BUILDING), on=TODAY).dossiers == 0


@pytest.mark.slow
def test_only_dossiers_of_the_agencies_asked_count(desk: Desk) -> None:
    concluded(desk)
    synced(*BOTH)
    assert insight(Asked(MARRIAGE, agencies=frozenset({desk.commune.pk})), on=TODAY).dossiers == 1
    assert insight(Asked(MARRIAGE, agencies=frozenset({desk.health.pk})), on=TODAY).dossiers == 0
    assert insight(Asked(MARRIAGE, agencies=frozenset()), on=TODAY).dossiers == 0
    assert insight(Asked(MARRIAGE, first=AT.date(), last=AT.date()), on=TODAY).dossiers == 1
    assert insight(Asked(MARRIAGE, last=AT.date().replace(year=2020)), on=TODAY).dossiers == 0


def test_ways_that_the_workflow_does_not_draw_are_named(desk: Desk) -> None:
    del desk
    workflow = definition_of(MARRIAGE).workflow
    pairs = following(workflow)
    assert first_steps(workflow) == {"tham_dinh"}
    assert ("tham_dinh", "ky_duyet") in pairs
    leap = Edge("tham_dinh", "tra_ket_qua", 3, 1)
    assert undeclared([leap, Edge("tham_dinh", "ky_duyet", 5)], pairs) == [leap]


def test_branches_side_by_side_may_open_in_any_order(desk: Desk) -> None:
    del desk
    workflow = definition_of(BUILDING).workflow
    split = next(
        node.id
        for node in workflow.nodes.values()
        if node.kind is NodeKind.PARALLEL and len(workflow.outgoing(node.id)) > 1
    )
    one, other = (flow.target for flow in workflow.outgoing(split)[:2])
    assert {(one, other), (other, one)} <= following(workflow)


@pytest.mark.slow
def test_who_follows_an_agency_sees_what_it_left(desk: Desk) -> None:
    """As they were: of whom it alone follows. Restated: of a divided one, what lies with it; the rest is told."""
    concluded(desk)
    turn = TODAY + timedelta(days=1)
    north, south = (make_agency(name, kind=AgencyKind.COMMUNE, since=turn) for name in ("B", "N"))
    AgencyPeriod.objects.filter(agency=desk.commune).update(until=turn)
    _follow(desk.commune, north, turn)
    synced(*BOTH)
    leader = officer("Hoa", "agency-leader", north)
    for is_restated in (False, True):
        asked = asked_by(leader, MARRIAGE, at=AT + timedelta(days=2), is_restated=is_restated)
        found = insight(asked, on=turn)
        assert (found.dossiers, found.inherited) == (1, {desk.commune.pk: 1})
    _follow(desk.commune, south, turn)
    as_was = asked_by(leader, MARRIAGE, at=AT + timedelta(days=2))
    assert insight(as_was, on=turn).dossiers == 0
    restated = asked_by(leader, MARRIAGE, at=AT + timedelta(days=2), is_restated=True)
    found = insight(restated, on=turn)
    assert (found.dossiers, found.unplaced) == (0, 1), "nothing says with whom of the two it lies"


def _follow(one: Agency, other: Agency, on: date) -> None:
    Succession.objects.create(
        predecessor=one, successor=other, on=on, kind="split", legal_basis="Thử"
    )
