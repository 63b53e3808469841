"""The twelve procedures: each is declared whole, and none is a copy of another."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.calendars.deadlines import Unit
from tinhso.dossiers import pack, pack_kinds
from tinhso.dossiers.definitions import AfterSupplement, Definition, Silence, read
from tinhso.dossiers.tests.factories import pack_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.packs.sources import Source

FEWEST_QUESTIONS = 10
"""Own questions of the shortest form: that of certified copies is as short on paper."""
FEWEST_CASES = 3
MOST_ALIKE = 0.2
"""The share of questions that two forms may have in common."""


@cache
def procedures() -> dict[str, Source]:
    return {
        each.code: each
        for one in pack_book().packs
        for each in one.sources
        if each.kind == "procedure"
    }


@cache
def definition(code: str) -> Definition:
    source = procedures()[code]
    content = {"version": 1, **pack.content_of(source), "code": code}
    return read(content, source.files[pack.WORKFLOW].decode())


def questions(code: str) -> set[str]:
    return set(json.loads(procedures()[code].files[pack.FORM])["properties"])


def shape(code: str) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """The workflow without its names: each node with what follows it."""
    flow = definition(code).workflow
    nodes = {key: (node.kind.value, node.act or "") for key, node in flow.nodes.items()}
    after: dict[str, list[tuple[str, str]]] = {key: [] for key in nodes}
    for each in flow.flows.values():
        after[each.source].append(nodes[each.target])
    return sorted((*nodes[key], tuple(sorted(after[key]))) for key in nodes)


def dated_rules(code: str) -> Iterator[dict[str, Any]]:
    for fee in procedures()[code].value["fees"]:
        yield from fee["rates"]
        yield from fee.get("reductions", [])


each_of_them = pytest.mark.parametrize("code", sorted(procedures()))


def test_the_name_of_a_reduction_leaves_its_effect_to_the_rule() -> None:
    said = [
        cut["name"]
        for source in procedures().values()
        for fee in source.value["fees"]
        for cut in fee.get("reductions", [])
        if re.search(r"\b(miễn|giảm|không thu|một nửa|đồng)\b", cut["name"].lower())
    ]
    assert said == []


def test_there_are_twelve_of_communes_and_departments() -> None:
    assert len(procedures()) == 12
    levels = [source.value["level"] for source in procedures().values()]
    assert min(levels.count("commune"), levels.count("province")) >= 5


@each_of_them
def test_papers_depend_on_the_case_and_results_end_it_either_way(code: str) -> None:
    papers, results = definition(code).papers, definition(code).results
    assert len(papers) >= 2
    assert any(paper.when for paper in papers)
    assert len(results) >= 2
    assert results[0].kind
    assert not any(result.kind for result in results[1:])


@each_of_them
def test_the_form_has_its_real_length_and_pages(code: str) -> None:
    form = json.loads(procedures()[code].files[pack.FORM])
    assert len(form["properties"]) >= FEWEST_QUESTIONS
    assert len(form["x-steps"]) >= 2


@each_of_them
def test_fees_are_dated_rules_with_their_article(code: str) -> None:
    assert procedures()[code].value["fees"]
    for rule in dated_rules(code):
        assert rule["from"]
        assert rule["legal_basis"]


@each_of_them
def test_what_a_supplement_does_is_said_and_not_left_to_a_default(code: str) -> None:
    rule = procedures()[code].value["supplement"]
    assert {"limit", "answer_days", "after", "asked_in", "silence"} <= rule.keys()


@each_of_them
def test_it_rests_on_two_documents_whose_state_is_said(code: str) -> None:
    basis = definition(code).legal_basis
    assert len({each["document"] for each in basis}) >= 2
    assert all(isinstance(each["verified"], bool) for each in basis)


@each_of_them
def test_its_cases_grant_refuse_or_turn_and_count_the_days(code: str) -> None:
    cases = procedures()[code].cases
    assert len(cases) >= FEWEST_CASES
    thens = [case.then for case in cases]
    assert any(then.get("finished") for then in thens)
    assert any("due_at" in then for then in thens)
    assert any("fees" in then for then in thens) or not any(
        rule.get("amount") for rule in dated_rules(code)
    )
    turns = {"propose_rejection", "reject", "disagree"}
    moves = [move for case in cases for move in case.when or []]
    assert any(move.get("outcome") in turns or "timer" in move for move in moves)


@each_of_them
def test_it_is_told_to_citizens_in_both_languages(code: str) -> None:
    value = procedures()[code].value
    assert value["name_en"]
    assert value["keywords"]
    assert len(value["steps_for_citizen"]) >= 3
    named = [*value["steps_for_citizen"], *value["papers"], *value["results"]]
    assert all(each.get("en") or each.get("name_en") for each in named)


def test_together_they_use_every_rule_that_the_law_knows() -> None:
    all_of_them = [definition(code) for code in procedures()]
    assert {each.term.unit for each in all_of_them} == set(Unit)
    assert any(each.term.same_day_cutoff for each in all_of_them)
    assert {each.supplement.after for each in all_of_them} == set(AfterSupplement)
    assert {each.supplement.silence for each in all_of_them} == set(Silence)
    assert {each.supplement.limit for each in all_of_them} == {1, 2}
    assert any(each.supplement.asked_in == {"reception"} for each in all_of_them)
    assert any(each.supplement.asked_in == {"appraisal"} for each in all_of_them)
    cuts = [rule.get("percent") for code in procedures() for rule in dated_rules(code)]
    assert {50, 100} <= set(cuts)
    assert any(len(fee.rates) > 1 for each in all_of_them for fee in each.fees)
    assert any(rate.tiers for each in all_of_them for fee in each.fees for rate in fee.rates)


@pytest.mark.parametrize(("one", "other"), [*combinations(sorted(procedures()), 2)])
def test_none_is_a_copy_of_another(one: str, other: str) -> None:
    shared, either = questions(one) & questions(other), questions(one) | questions(other)
    assert len(shared) <= MOST_ALIKE * len(either)
    assert shape(one) != shape(other)
    names = [{paper.name for paper in definition(code).papers} for code in (one, other)]
    assert names[0] != names[1]


def with_kind(kind: str) -> Source:
    source = procedures()["1.013236"]
    papers = [{**paper} for paper in source.value["papers"]]
    papers[0]["kind"] = kind
    document = replace(source.document, value={**source.value, "papers": papers})
    return replace(source, document=document)


def test_an_unknown_kind_of_paper_is_refused() -> None:
    (problem,) = pack.check(with_kind("giay-phep-xay-dungg"))
    assert "giay-phep-xay-dungg" in problem.found
    assert pack.check(with_kind("giay-phep-xay-dung")) == []


@each_of_them
def test_it_says_which_of_its_results_refuse(code: str) -> None:
    results = definition(code).results
    assert {result.refuses for result in results} == {True, False}
    assert all(bool(result.kind) is not result.refuses for result in results)


def test_a_refusal_is_of_no_kind_and_not_the_only_result() -> None:
    source = procedures()["1.013236"]
    refusals = [{**each, "refuses": True} for each in source.value["results"]]
    document = replace(source.document, value={**source.value, "results": refusals})
    found = " ".join(problem.found for problem in pack.check(replace(source, document=document)))
    assert "không có kind" in found
    assert "chỉ có văn bản từ chối" in found


def test_one_kind_is_asked_for_once() -> None:
    (problem,) = pack.check(with_kind("giay-chung-nhan-quyen-su-dung-dat"))
    assert "cùng loại" in problem.found


def test_a_kind_is_declared_once() -> None:
    source = next(
        each for one in pack_book().packs for each in one.sources if each.kind == pack_kinds.KIND
    )
    assert pack_kinds.check(source) == []
    twice = {"kinds": [*source.value["kinds"], source.value["kinds"][0]]}
    assert pack_kinds.check(replace(source, document=replace(source.document, value=twice)))


def test_every_kind_is_used_and_the_same_paper_has_one_kind() -> None:
    kinds = {
        kind["code"]
        for one in pack_book().packs
        for each in one.sources
        if each.kind == pack_kinds.KIND
        for kind in each.value["kinds"]
    }
    used = {
        each["kind"]
        for source in procedures().values()
        for each in (*source.value["papers"], *source.value["results"])
        if "kind" in each
    }
    assert used == kinds
