"""Files as editors write them: those that are run, and the whole list of what is not, with lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tinhso.dossiers.tests.workflow.factories import (
    both,
    bpmn,
    end,
    flow,
    line,
    process_within,
    receive,
    start,
    task,
    timer,
    xor,
)
from tinhso.dossiers.workflow.drawing import draw
from tinhso.dossiers.workflow.errors import Problem, WorkflowUnsupported
from tinhso.dossiers.workflow.parsing import parse

EDITORS = Path(__file__).parent / "editors"
RUN = {
    "modeler_straight": {"Activity_1x": "chuyen_vien"},
    "pool_lanes": {"tra_cuu": "chuyen_vien", "in_ban_sao": "chuyen_vien", "tra": "mot_cua"},
    "suite_parallel": {"sid-a": "ky_thuat", "sid-b": "phap_che", "sid-c": "ky_thuat"},
    "waiting_for_answer": {
        "n2": "dia_chinh",
        "n3": "dia_chinh",
        "n5": "dia_chinh",
        "n8": "mot_cua",
    },
    "folded_sub_process": {"Sa": "r", "Sb": "r"},
}
REFUSED = {
    "two_pools": "pool_dan pool_buu_dien thu_1 thu_2 dan dan_nop",
    "calls_and_tasks": (
        "item_1 may_chu viec_chung goi_quy_trinh_khac viec_khong_loai viec_tay viec_ma "
        "bang_quyet_dinh viec_gui"
    ),
    "event_sub_processes": (
        "Signal_1 Error_1 Esc_1 d_loi d_bu b_bu bu khi_co_bao_dong d_bao_dong trong_do phat_tin "
        "d_cho_tin d_ket_thuc_loi"
    ),
    "other_gateways": "hoac gop_hoac theo_su_kien phuc_tap",
    "loops": "lap_lai nhieu_nguoi con_nhieu_lan tuy_y ma_trong_tuy_y",
    "with_data": "kho phong io_chung bien don don_ref kho_ref io_a vao chu",
    "transaction_nested": "giao_dich gd_goi gd_hoac huy ngoai_dau ra_ngoai",
    "conversation": "vu_dao doi_tac khoa",
    "odd_timers": "d0 t1 ngay_co_dinh bieu_thuc trong_rong gan_sai",
    "unfinished": "lan_1 lan_2 lan_3 lan_con s2 a x f3 f4 cho cho_1 cho_2 cho_3",
}


def problems(source: bytes) -> list[Problem]:
    with pytest.raises(WorkflowUnsupported) as refused:
        parse(source)
    return list(refused.value.problems)


def elements(source: bytes) -> set[str]:
    return {problem.element for problem in problems(source)}


@pytest.mark.parametrize("name", RUN)
def test_a_file_in_the_subset_is_run_whoever_wrote_it(name: str) -> None:
    graph = parse((EDITORS / f"{name}.bpmn").read_bytes())
    assert {node.id: node.role for node in graph.tasks()} == RUN[name]
    assert draw(graph).startswith("<svg")


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_listed_at_once_with_id_and_line(name: str) -> None:
    source = (EDITORS / f"{name}.bpmn").read_bytes()
    found = [problem for problem in problems(source) if problem.element]
    lines = source.decode().splitlines()
    assert {problem.element for problem in found} == set(REFUSED[name].split())
    for problem in found:
        assert re.search(rf'\bid="{problem.element}"', lines[problem.line - 1])
        assert "\n" not in str(problem)


def test_no_test_file_is_forgotten() -> None:
    assert {path.stem for path in EDITORS.iterdir()} == RUN.keys() | REFUSED.keys()


def test_a_process_folded_away_on_another_sheet_is_drawn_by_our_own_layers() -> None:
    svg = draw(parse((EDITORS / "folded_sub_process.bpmn").read_bytes()))
    assert "workflow-frame" in svg
    assert "Chụp ảnh" in svg


HOSTILE = {
    "entities": b'<!DOCTYPE d [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>',
    "a file of this machine": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>',
    "parameter entities": b'<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><d/>',
    "deep nesting": b"<a>" * 5_000 + b"</a>" * 5_000,
    "UTF-16": '<?xml version="1.0" encoding="UTF-16"?><definitions/>'.encode("utf-16"),
    "no UTF-8": b'<?xml version="1.0" encoding="UTF-8"?><definitions name="\xff\xfe"/>',
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><definitions/>',
    "a NUL": b"<definitions>\x00</definitions>",
    "many attributes": b"<definitions " + b"".join(b'a%d="x" ' % n for n in range(20_000)) + b"/>",
    "a long name": b"<" + b"a" * 200_000 + b"/>",
    "a gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_xml_is_refused_in_one_line(kind: str) -> None:
    [problem] = problems(HOSTILE[kind])
    assert "\n" not in str(problem)
    assert len(str(problem)) < 400


def test_what_a_hostile_file_says_of_itself_is_cut_short() -> None:
    [problem] = problems(bpmn(start(), task("a"), end(), f'<x{"y" * 9_000} id="{"z" * 9_000}"/>',
                              line("start", "a", "end")))  # fmt: skip
    assert len(str(problem)) < 400
    assert elements(bpmn(start(), task("a" * 101), end(), line("start", "a" * 101, "end")))


def test_gateways_without_end_are_refused_not_waited_for() -> None:
    parts = [start(), task("z"), end(), line("z", "end"), flow("start", "g0")]
    for number in range(30):
        here, there = f"g{number}", f"g{number + 1}"
        parts += [xor(here, f"{here}-a"), flow(here, there, key=f"{here}-a")]
        parts.append(flow(here, there, 'outcome = "x"', key=f"{here}-b"))
    parts += [xor("g30"), flow("g30", "z")]
    assert elements(bpmn(*parts)) == {"start"}


def test_more_elements_than_anybody_draws_are_refused() -> None:
    keys = [f"t{number}" for number in range(600)]
    found = problems(bpmn(start(), *map(task, keys), end(), line("start", *keys, "end")))
    assert [problem.element for problem in found] == ["p"]


def test_a_join_in_a_sub_process_that_waits_for_ever_is_named() -> None:
    inner = (
        *(start("i"), xor("g", "g-b"), task("a"), task("b"), both("j"), end("o")),
        *(line("i", "g", "b", "j", "o"), flow("g", "a", 'outcome = "x"'), flow("a", "j")),
    )
    source = bpmn(start(), process_within("sub", *inner), end(), line("start", "sub", "end"))
    assert elements(source) == {"j"}


def test_a_join_inside_does_not_gather_branches_from_outside() -> None:
    source = bpmn(
        *(start(), both("s"), both("j"), end(), line("start", "s", "sub", "j", "end")),
        process_within("sub", start("i"), task("a"), end("o"), line("i", "a", "o")),
        *(task("b"), line("s", "b", "j")),
    )
    parse(source)
    assert elements(source.replace(b'targetRef="sub"', b'targetRef="a"')) >= {"s-sub"}


def test_what_nobody_reaches_in_a_sub_process_is_named() -> None:
    inner = (start("i"), task("a"), task("lost"), end("o"), line("i", "a", "o"), line("lost", "o"))
    source = bpmn(start(), process_within("sub", *inner), end(), line("start", "sub", "end"))
    assert elements(source) == {"lost"}


def test_a_sub_process_has_a_beginning_and_an_end_of_its_own() -> None:
    source = bpmn(start(), process_within("sub", task("a")), end(), line("start", "sub", "end"))
    assert elements(source) == {"sub", "a"}


def test_a_sub_process_entered_from_two_branches_is_named() -> None:
    source = bpmn(
        *(start(), both("s"), task("x"), task("y"), end(), line("start", "s", "x", "sub", "end")),
        process_within("sub", start("i"), task("a"), end("o"), line("i", "a", "o")),
        line("s", "y", "sub"),
    )
    assert elements(source) == {"a"}


def test_a_timer_around_a_sub_process_is_tried_too() -> None:
    source = bpmn(
        *(start(), both("s"), both("j"), task("b"), end(), line("start", "s", "sub", "j", "end")),
        process_within("sub", start("i"), task("a"), end("o"), line("i", "a", "o")),
        *(line("s", "b", "j"), timer("t", "sub"), task("late"), end("e2"), line("t", "late", "e2")),
    )
    assert elements(source) == {"j"}


def test_two_steps_do_not_wait_for_one_message() -> None:
    source = bpmn(
        start(), receive("r", "x"), receive("q", "x"), end(), line("start", "r", "q", "end")
    )
    assert elements(source) == {"q"}
