"""Files become text, or are refused by name; nothing of a refused text is told."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tinhso.tasks.errors import NoticeScanned, NoticeSecret, NoticeTooLarge, NoticeUnreadable
from tinhso.tasks.notices import intake

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ORDER = "Chủ tịch yêu cầu:\n1. Sở Y tế rà soát giá thuốc, hoàn thành trước ngày 15/8/2025.\n"


def docx(body: str, **others: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in others.items():
            archive.writestr(f"word/{name.replace('_', '.')}", content)
    return held.getvalue()


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_tracked_changes_read_as_accepted() -> None:
    inner = run("Sở Y tế ") + f"<w:del>{run('bỏ')}</w:del><w:ins>{run('rà soát')}</w:ins>"
    assert intake.read(docx(paragraph(inner)), name="a.docx") == "Sở Y tế rà soát"


def test_a_list_of_word_keeps_its_depth() -> None:
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>'
    assert intake.read(docx(paragraph(item + run("Rà soát"))), name="a.docx") == "- Rà soát"


def test_macros_are_refused() -> None:
    with pytest.raises(NoticeUnreadable, match="macro"):
        intake.read(docx(paragraph(run("x")), vbaProject_bin=b"x"), name="a.docx")


def test_entities_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')
    with pytest.raises(NoticeUnreadable):
        intake.read(held.getvalue(), name="a.docx")


def test_a_body_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_TEXT", 1)
    with pytest.raises(NoticeTooLarge):
        intake.read(docx(paragraph(run("a" * (2 * 1024 * 1024)))), name="a.docx")


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"%PDF-1.4\n%%EOF", b"PK\x03\x04zz", b"\xff\x00\x80"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises((NoticeScanned, NoticeUnreadable)):
        intake.read(content, name="a")


@given(st.integers(30, 400), st.integers(0, 255))
def test_a_document_with_a_broken_byte_is_read_or_refused(at: int, byte: int) -> None:
    whole = bytearray(docx(paragraph(run("Sở Y tế rà soát giá thuốc"))))
    whole[at % len(whole)] = byte
    with suppress(NoticeUnreadable, NoticeScanned, NoticeTooLarge):
        assert isinstance(intake.read(bytes(whole), name="a.docx"), str)


MARKS = (
    *("MẬT", "TỐI MẬT", "Tuyệt mật", "Tối mật", "Mật", "mật", "[MẬT]", "MẬT - KHẨN", "M Ậ T"),
    *(
        "Độ mật: Mật",
        "Mức độ mật: Tuyệt Mật",
        "Văn bản MẬT",
        "Số: 12/TB-UBND    MẬT",
        "Số: 1 (Mật)",
    ),
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_secret_text_is_refused_and_nothing_of_it_told(
    mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoticeSecret) as refused:
        intake.read(f"UBND TỈNH\n{mark}\nSở Y tế rà soát kho đặc biệt".encode(), name="kín.txt")
    assert "đặc biệt" not in str(refused.value) + "".join(capsys.readouterr())


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_seen_anywhere_and_in_any_form_of_its_letters(mark: str) -> None:
    with pytest.raises(NoticeSecret):
        intake.refuse_secret(unicodedata.normalize("NFD", f"{ORDER * 200}\n{mark}\n{ORDER}"))


@pytest.mark.parametrize("part", ["header1.xml", "footer3.xml"])
@pytest.mark.parametrize("held", ["words", "watermark"])
def test_a_mark_at_the_edge_of_a_page_of_word_is_seen(part: str, held: str) -> None:
    drawn = '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="MẬT"/></v:shape></w:pict>'
    inner = run("TỐI ") + run("MẬT") if held == "words" else f"<w:r>{drawn}</w:r>"
    edge = f'<w:hdr xmlns:w="{W}">{paragraph(inner)}</w:hdr>'.encode()
    with pytest.raises(NoticeSecret):
        intake.read(docx(paragraph(run("Sở Y tế")), **{part.replace(".", "_"): edge}), name="a")


def test_the_word_secret_in_a_sentence_is_no_mark() -> None:
    intake.refuse_secret(
        "Bảo vệ bí mật nhà nước.\nCông tác bảo mật\nMẬT ĐỘ DÂN SỐ\nBẢO MẬT\nMật khẩu\nvề công tác bảo\nmật.\n"
        "Độ mật: Không\nLUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC\nSố: 12/KH-UBND BẢO MẬT\nsoạn văn bản mật đúng quy định\n"
    )


def test_the_command_prints_the_declared_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ORDER, encoding="utf-8")
    call_command("notice", "extract", file, "--json")
    (task,) = json.loads(capsys.readouterr().out)
    assert task["text"] == ORDER[task["start"] : task["end"]]
    assert (task["lead"], task["deadline_on"], task["deadline_kind"]) == (
        ["Sở Y tế"],
        "2025-08-15",
        "complete",
    )
    keys = {
        "text",
        "group",
        "lead",
        "coordinate",
        "deadline",
        "deadline_on",
        "deadline_kind",
        "references",
        "supervisor",
    }
    assert keys | {"start", "end"} <= task.keys()


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tasks\.notice_unreadable"):
        call_command("notice", "extract", tmp_path / "none.txt")


def cell(*lines: str, merged: str = "") -> str:
    said = "".join(paragraph(run(line)) for line in lines)
    return f"<w:tc><w:tcPr>{merged}</w:tcPr>{said or paragraph('')}</w:tc>"


def test_a_row_of_a_table_is_a_line_and_a_merged_cell_says_what_stands_above() -> None:
    rows = (
        f"<w:tr>{cell('TT')}{cell('Nội dung')}{cell('Chủ trì')}</w:tr>"
        f"<w:tr>{cell('1')}{cell('Rà soát', 'giá thuốc')}{cell('Sở Y tế', merged=FIRST)}</w:tr>"
        f"<w:tr>{cell('2')}{cell('Công khai giá')}{cell(merged='<w:vMerge/>')}</w:tr>"
    )
    text = intake.read(docx(f"<w:tbl>{rows}</w:tbl>"), name="a.docx")
    assert text.splitlines() == [
        "TT\tNội dung\tChủ trì",
        "1\tRà soát giá thuốc\tSở Y tế",
        "2\tCông khai giá\tSở Y tế",
    ]


def test_a_table_of_two_columns_is_the_layout_of_a_head() -> None:
    row = f"<w:tr>{cell('UBND TỈNH', 'Số: 1/TB-UBND')}{cell('Độc lập')}</w:tr>"
    text = intake.read(docx(f"<w:tbl>{row}</w:tbl>"), name="a.docx")
    assert text.splitlines() == ["UBND TỈNH", "Số: 1/TB-UBND", "Độc lập"]


FIRST = '<w:vMerge w:val="restart"/>'
