"""Papers: fonts, letters, and data that never becomes template text."""

from __future__ import annotations

import re
import unicodedata
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import ImageFont
from pypdf import PdfReader

from tinhso.ui import printing, qr

PAPER = "ui/tests/paper.typ"
ISSUED = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LETTERS = sorted(
    {
        letter
        for lower in [*VOWELS, "đ"]
        for letter in (lower, lower.upper())
        if not letter.isascii()
    }
)
FONTS = ["Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"]


def data(**given: Any) -> dict[str, Any]:
    return {
        "title": "Giấy tiếp nhận",
        "qr": qr.drawing("H48.36-261122-0975"),
        "code": None,
        "parent": "UBND tỉnh",
        "agency": "Trung tâm Phục vụ hành chính công",
        "number": "65/TB-UBND",
        "place": "Quảng Ngãi",
        "date": "ngày 22 tháng 11 năm 2026",
        "kind": "Giấy tiếp nhận hồ sơ",
        "about": "Mã hồ sơ H48.36-261122-0975",
        "body": "Đã nhận hồ sơ.",
        "facts": [["Người nộp", "Lan"], ["Ghi chú", ""]],
        "papers": [["Đơn đề nghị", "1"]],
        "recipients": ["Như trên", "Lưu: VT"],
        "capacity": None,
        "post": "Giám đốc",
        "name": "Nam",
        **given,
    }


def inside(pdf: bytes) -> bytes:
    """The file with its compressed streams opened."""
    opened = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def fonts_in(pdf: bytes) -> set[str]:
    return {
        name.decode() for name in re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z-]+)", inside(pdf))
    }


def test_there_are_134_letters_beyond_ascii() -> None:
    assert len(LETTERS) == 134


@pytest.mark.parametrize("name", FONTS)
def test_every_style_of_the_font_draws_every_letter(name: str) -> None:
    font = ImageFont.truetype(printing.FONTS / name, 24)
    unknown = bytes(font.getmask("\uffff"))
    assert [letter for letter in LETTERS if bytes(font.getmask(letter)) in (unknown, b"")] == []


def test_a_paper_with_every_letter_is_set_in_tinos_alone() -> None:
    every = "".join(LETTERS)
    fonts = fonts_in(
        printing.pdf(
            PAPER, data(body=every, about=every, place=every, post=every, recipients=[every])
        )
    )
    assert fonts == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_what_a_person_typed_is_never_executed() -> None:
    hostile = '#panic("x") $1/0$ *đậm* ] } ) // \\ " @nowhere <label>'
    assert printing.pdf(
        PAPER, data(body=hostile, name=hostile, facts=[[hostile, hostile]])
    ).startswith(b"%PDF")


def test_the_same_paper_is_the_same_bytes() -> None:
    assert printing.pdf(PAPER, data(), at=ISSUED) == printing.pdf(PAPER, data(), at=ISSUED)
    assert printing.pdf(PAPER, data()) == printing.pdf(PAPER, data())


def test_an_issued_paper_is_an_archival_file() -> None:
    issued = inside(printing.pdf(PAPER, data(), at=ISSUED))
    assert re.search(rb"pdfaid:part>\s*2", issued)
    assert not re.search(rb"pdfaid:part", inside(printing.pdf(PAPER, data())))


def test_a_paper_issued_within_a_second_is_dated_to_the_second() -> None:
    within = ISSUED.replace(microsecond=123456)
    assert printing.pdf(PAPER, data(), at=within) == printing.pdf(PAPER, data(), at=ISSUED)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["01-ABCDE12345.1-H7J4K9TQWX", "01-ABCDE12345.1-0000000000"])
def test_the_code_of_a_paper_is_copied_without_unseen_signs(code: str) -> None:
    paper = PdfReader(BytesIO(printing.pdf(PAPER, data(code=code))))
    copied = paper.pages[0].extract_text()
    assert "\u200b" not in copied
    assert code in "".join(copied.split())


def test_a_paper_without_code_is_printed_too() -> None:
    assert printing.pdf(PAPER, data(qr=None)).startswith(b"%PDF")


@pytest.mark.parametrize("path", ["../../pyproject.toml", "/etc/passwd", "ui/printing.py"])
def test_only_our_own_templates_are_printed(path: str) -> None:
    with pytest.raises(ValueError, match="not one of our templates"):
        printing.pdf(path, {})


def test_a_code_on_screen_is_an_image_with_a_label() -> None:
    drawn = qr.svg("https://example.invalid/?a=1&b=2", label='Mã "QR" <của> hồ sơ')
    assert 'role="img"' in drawn
    assert "Mã &quot;QR&quot; &lt;của&gt; hồ sơ" in drawn
    assert "style=" not in drawn


def test_a_code_differs_with_its_text() -> None:
    assert qr.drawing("A") == qr.drawing("A")
    assert qr.drawing("A") != qr.drawing("B")
