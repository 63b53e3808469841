"""What packs and the source map say in Vietnamese they say in English too: a missing word is named with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.urls import reverse
from django.utils import translation

from tests.test_english import PROJECT, _leave_in_vietnamese, english, make_house, read
from tinhso.dossiers import definitions
from tinhso.dossiers.tests.factories import ID
from tinhso.site.sourcemap import coverage
from tinhso.ui.languages import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

    from tests.test_english import House
    from tinhso.dossiers.definitions import Definition

__all__ = ["_leave_in_vietnamese"]
PROCEDURES = sorted((PROJECT / "packs").glob("*/procedures/*/procedure.yaml"))


def read_pack(file: Path) -> Definition:
    """A procedure of a pack as the acts read it."""
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    form = file.with_name("form.json")
    content["form"] = yaml.safe_load(form.read_text(encoding="utf-8")) if form.exists() else {}
    content.setdefault("code", file.parent.name)
    content.setdefault("version", 1)
    return definitions.read(content, file.with_name("workflow.bpmn").read_text(encoding="utf-8"))


def spoken(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every word of a procedure that a page may show, with its place."""
    workflow = definition.workflow
    yield "name", definition.title
    yield "workflow", workflow.label
    yield from ((f"lane {lane}", workflow.lane_label(lane)) for lane in workflow.lanes)
    yield from ((f"node {node.id}", node.label) for node in workflow.nodes.values() if node.name)
    yield from ((f"flow {flow.id}", flow.label) for flow in workflow.flows.values())
    for paper in definition.papers:
        yield f"paper {paper.code}", paper.title
        yield f"note of paper {paper.code}", paper.remark
    yield from ((f"result {result.code}", result.title) for result in definition.results)
    yield from (("steps_for_citizen", line) for line in definition.steps_for_citizen)
    for fee in definition.fees:
        yield f"fee {fee.code}", fee.title
        if fee.quantity:
            yield f"unit of {fee.code}", fee.unit_title
        yield from ((f"reduction of {fee.code}", cut.told) for cut in fee.reductions)
        tiers = [tier for rate in fee.rates for tier in rate.tiers]
        yield from ((f"tier of {fee.code}", tier.title) for tier in tiers)


@pytest.mark.parametrize("file", PROCEDURES, ids=lambda file: file.parent.name)
def test_a_procedure_has_english_for_all_that_pages_show(file: Path) -> None:
    definition = read_pack(file)
    with translation.override("en"):
        missing = [
            f"{place}: {words}" for place, words in spoken(definition) if LETTERS.search(words)
        ]
    assert missing == []


def test_there_are_procedures_to_read() -> None:
    assert len(PROCEDURES) >= 12


def test_the_record_of_a_step_stays_vietnamese_whoever_acts() -> None:
    definition = read_pack(next(file for file in PROCEDURES if file.parent.name == "1.004873"))
    with translation.override("en"):
        node = definition.workflow.nodes["tham_dinh"]
        assert node.label == "Verify the marital status"
        assert node.written == "Xác minh tình trạng hôn nhân"


def test_the_source_map_names_things_in_english() -> None:
    known = coverage.load()
    silent = [each.id for each in known.entries if each.reason and not each.reason_en]
    assert silent == [], "each reason says it in English too (reason_en)"
    with translation.override("en"):
        wrong = [
            each.named
            for each in (*known.texts, *known.entries)
            if len(LETTERS.findall(each.named)) > 3
        ]
    assert wrong == []


@pytest.fixture
def house(db: None, settings: Settings) -> House:
    del db
    settings.DEMO = True
    return make_house()


@pytest.mark.slow
def test_steps_are_called_by_their_english_names(house: House) -> None:
    client = english(house.chief)
    paths = [
        reverse("dossiers:dossier", args=[house.working.uuid]),
        reverse("dossiers:standing", args=[house.working.uuid]),
        reverse("dossiers:queue"),
    ]
    for path in paths:
        assert "Verify the marital status" in " ".join(read(client.get(path).content).said), path


def test_the_applicant_reads_steps_and_fees_in_english(house: House) -> None:
    client = english()
    client.post(reverse("portal:look_up"), {"ma": house.working.number, "so": ID})
    said = " ".join(
        read(client.get(reverse("portal:dossier", args=[house.working.uuid])).content).said
    )
    assert "Verify the marital status" in said
    assert "Levy for a certificate of marital status" in said
