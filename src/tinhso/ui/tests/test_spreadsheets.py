"""A list that is saved holds what the page held, and nothing that works itself out."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from tinhso.ui import spreadsheets

LINES = [["Mã", "Cơ quan"], ["H99-1", "Sở A, Sở B"], ["=1+1", "+84"]]


def test_csv_is_known_as_utf8_and_holds_no_formula() -> None:
    text = "".join(spreadsheets.written(LINES, "vi"))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:])))[1:] == [
        ["H99-1", "Sở A, Sở B"],
        ["'=1+1", "'+84"],
    ]


def test_a_spreadsheet_holds_texts() -> None:
    with spreadsheets.spreadsheet("Hồ sơ [tháng 9/2026] của một cơ quan tên dài", LINES) as out:
        book = CalamineWorkbook.from_filelike(out)
        assert len(book.sheet_names[0]) <= spreadsheets.LONGEST_TITLE
        assert book.get_sheet_by_index(0).to_python() == LINES


@pytest.mark.parametrize("form", spreadsheets.FORMS)
def test_an_answer_is_a_file_to_save(form: str) -> None:
    response = spreadsheets.answer(form, "so-lieu", "Số liệu", LINES)
    assert f"so-lieu.{form}" in response["Content-Disposition"]
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]  # both kinds stream
    response.close()
