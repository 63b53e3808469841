from __future__ import annotations

from pathlib import Path

import pytest

from tinhso.packs.loading import load
from tinhso.packs.tests import factories

pytestmark = pytest.mark.usefixtures("probe")


def said(root: Path) -> list[str]:
    return [str(problem) for problem in load(root).problems]


def test_a_good_pack_has_no_problem(root: Path) -> None:
    book = load(root)
    assert book.problems == []
    source = book.packs[0].sources[0]
    assert (source.code, source.version, source.folder) == (
        "khai-sinh",
        "1.0",
        "ho-tich/probes/khai-sinh",
    )
    assert source.files == {"workflow.bpmn": b"<definitions/>"}
    assert [case.name for case in source.cases] == ["Đặt đúng tên"]


def test_unverified_articles_are_listed(root: Path) -> None:
    (article,) = load(root).unverified
    assert str(article) == "Luật Hộ tịch 60/2014/QH13, Điều 16"
    assert (article.file, article.position.line) == ("ho-tich/probes/khai-sinh/probe.yaml", 4)


def test_the_legal_basis_is_mandatory(root: Path) -> None:
    root.joinpath("ho-tich/probes/khai-sinh/probe.yaml").write_text("name: Khai sinh\n")
    (problem,) = [each for each in said(root) if "probe.yaml" in each]
    assert problem.startswith("ho-tich/probes/khai-sinh/probe.yaml:1:1: thiếu khóa “legal_basis”")


def test_an_article_says_whether_it_was_verified(root: Path) -> None:
    file = root / "ho-tich/pack.yaml"
    file.write_text(file.read_text().replace("verified: true", "verified: yes"))
    (problem,) = said(root)
    assert problem == "ho-tich/pack.yaml:7:5: “yes” sai kiểu; cần: true hoặc false"


@pytest.mark.parametrize(
    ("line", "said_of_it"),
    [
        ("days: 0", "7:1: “0” quá nhỏ; cần: từ 1 trở lên"),
        ("days: nhiều", "7:1: “nhiều” sai kiểu; cần: số nguyên"),
        ("level: district", "7:1: “district” không có trong danh mục; cần: “commune” hoặc"),
        ("colour: red", "7:1: khóa lạ “colour”; cần: khóa có trong lược đồ"),
        ("version: 1.10", "7:1: “1.1” sai kiểu; cần: chữ (trong dấu nháy nếu trông như số)"),
    ],
)
def test_a_schema_problem_names_line_and_expectation(
    root: Path, line: str, said_of_it: str
) -> None:
    file = root / "ho-tich/probes/khai-sinh/probe.yaml"
    file.write_text(file.read_text() + line + "\n")
    (problem,) = [each for each in said(root) if "cases" not in each]
    assert said_of_it in problem


def test_an_unclaimed_file_is_seen(root: Path) -> None:
    root.joinpath("ho-tich/role.yaml").write_text("a: 1\n")
    (problem,) = said(root)
    assert problem.startswith("ho-tich/role.yaml:1:1: tệp không thuộc loại nội dung nào")


def test_a_case_of_nothing_is_seen(root: Path) -> None:
    factories.write_case(root / "ho-tich", "khai-tu")
    (problem,) = said(root)
    assert problem.startswith("ho-tich/cases/all.yaml:2:1: ca thử cho probe “khai-tu”")


def test_the_folder_is_named_by_its_code(root: Path) -> None:
    root.joinpath("ho-tich").rename(root / "hotich")
    (problem,) = said(root)
    assert problem == "hotich/pack.yaml:1:1: mã gói “ho-tich” khác tên thư mục; cần: hotich"


def test_a_code_belongs_to_one_entry(root: Path) -> None:
    factories.write_entry(factories.write_pack(root, "tu-phap"))
    (problem,) = said(root)
    assert "mã “khai-sinh” đã có ở ho-tich/probes/khai-sinh/probe.yaml" in problem


def test_links_out_of_the_pack_are_refused(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    root.joinpath("ho-tich/probes/khai-sinh/form.json").symlink_to(secret)
    root.joinpath("ho-tich/elsewhere").symlink_to(tmp_path, target_is_directory=True)
    problems = said(root)
    assert len(problems) == 2
    assert all("liên kết tượng trưng" in problem for problem in problems)


def test_a_pack_that_is_a_link_is_refused(root: Path, tmp_path: Path) -> None:
    outside = factories.write_pack(tmp_path, "tu-phap")
    root.joinpath("tu-phap").symlink_to(outside, target_is_directory=True)
    assert any("thư mục gói là liên kết" in problem for problem in said(root))


def test_a_pipe_is_refused_without_waiting(root: Path) -> None:
    import os  # noqa: PLC0415

    os.mkfifo(root / "ho-tich/roles.yaml")
    (problem,) = said(root)
    assert "không phải tệp thường" in problem


def test_a_hidden_or_strange_name_is_refused(root: Path) -> None:
    root.joinpath("ho-tich/.env").write_text("x")
    root.joinpath("ho-tich/a b.yaml").write_text("x")
    assert len(said(root)) == 2


def test_requirements_are_found_and_not_circular(root: Path) -> None:
    for code, other in (("a1", "b1"), ("b1", "a1"), ("c1", "d1")):
        folder = factories.write_pack(root, code)
        file = folder / "pack.yaml"
        file.write_text(file.read_text() + f"requires: [{other}]\n")
    problems = said(root)
    assert any("cần gói “d1” nhưng không có" in problem for problem in problems)
    assert any("vòng tròn" in problem for problem in problems)


def test_one_pack_alone_is_checked_with_those_it_requires(root: Path) -> None:
    folder = factories.write_pack(root, "dat-dai")
    file = folder / "pack.yaml"
    file.write_text(file.read_text() + "requires: [ho-tich]\n")
    factories.write_pack(root, "khac").joinpath("stray.txt").write_text("x")
    book = load(folder)
    assert book.problems == []
    assert [pack.header.code for pack in book.packs] == ["ho-tich", "dat-dai"]


def test_a_kind_speaks_at_the_place(root: Path, probe: factories.Probe) -> None:
    probe.complaint = "tên này đã dùng"
    assert said(root) == ["ho-tich/probes/khai-sinh/probe.yaml:2:1: tên này đã dùng"]


def test_a_missing_root_is_a_problem(tmp_path: Path) -> None:
    assert "không có thư mục này" in said(tmp_path / "none")[0]


def test_comments_and_cases_do_not_change_the_digest(root: Path) -> None:
    before = load(root).packs[0].digest
    file = root / "ho-tich/probes/khai-sinh/probe.yaml"
    file.write_text("# ghi chú\n" + file.read_text())
    factories.write_case(root / "ho-tich", then="Khác")
    assert load(root).packs[0].digest == before
    root.joinpath("ho-tich/probes/khai-sinh/workflow.bpmn").write_text("<definitions />")
    assert load(root).packs[0].digest != before
