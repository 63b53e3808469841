"""A file is judged line by line; what is wrong with it as a whole refuses it with one sentence."""

from __future__ import annotations

import pytest
import yaml

from tinhso.datasets import reading
from tinhso.datasets.definitions import DataColumn, ValueType, dataset_of
from tinhso.datasets.errors import (
    ColumnsWrong,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    TooManyRows,
)
from tinhso.datasets.reading import LARGEST_MB, MEGABYTE, judge, value_of
from tinhso.datasets.tests.factories import CODE, FILE, HEADS, PACK

SET = dataset_of(yaml.safe_load(PACK.read_text(encoding="utf-8")), code=CODE, version="1")
KNOWN = {"21025": 1, "21028": 2}


def test_bad_lines_are_named_by_line_and_column_and_the_others_stand() -> None:
    found = judge(FILE + b"21025;1;1;;\n\n00000;1;1;;\n21028;3;3\n", SET, KNOWN)
    assert [row.line for row in found.good] == [2, 3]
    assert found.good[0].values == {
        "ma_xa": 1,
        "dan_so": 1000,
        "tham_gia": 905,
        "ty_le": "90.5",
        "ngay_chot": "2025-09-30",
    }
    told = [(bad.line, bad.column) for bad in found.bad]
    assert told == [(4, "dan_so"), (5, "ma_xa"), (7, "ma_xa"), (8, "")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"\xef\xbb\xbf \n", FileEmpty),
        (HEADS.encode(), FileEmpty),
        (b"ma_xa;dan_so\n21025;1\n", ColumnsWrong),
        (HEADS.replace("ty_le", "dan_so").encode() + b"1;1;1;1;1\n", ColumnsWrong),
        (HEADS.replace("\n", ";la\n").encode() + b"1;1;1;1;1;1\n", ColumnsWrong),
        (HEADS.encode() + b'21025;"1\n', FileUnreadable),
        (HEADS.encode() + "Bồng".encode("utf-16"), FileUnreadable),
        (HEADS.encode() + b"21025;1\x00;1;;\n", FileUnreadable),
        (b"x" * (LARGEST_MB * MEGABYTE + 1), FileTooLarge),
        (HEADS.encode() + b"1;1;1;1;1\n" * 4, TooManyRows),
    ],
)
def test_a_file_is_refused_as_a_whole(
    content: bytes, refusal: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(refusal):
        judge(content, SET, KNOWN)


def test_a_first_line_of_a_million_columns_is_refused_at_once_in_one_short_sentence() -> None:
    with pytest.raises(ColumnsWrong) as refused:
        judge(b"a;" * 500_000 + b"\n", SET, KNOWN)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (ValueType.TEXT, "Trạm y tế", "Trạm y tế"),
        (ValueType.TEXT, "x" * 501, None),
        (ValueType.TEXT, "a\u202eb", None),
        (ValueType.INTEGER, "-12", -12),
        (ValueType.INTEGER, "1.000", None),
        (ValueType.INTEGER, "９", None),
        (ValueType.DECIMAL, "0,50", "0.50"),
        (ValueType.DECIMAL, "1e9", None),
        (ValueType.DATE, "30/09/2025", "2025-09-30"),
        (ValueType.DATE, "31/09/2025", None),
        (ValueType.BOOLEAN, "Không", False),
        (ValueType.BOOLEAN, "maybe", None),
        (ValueType.CHOICE, "tốt", "tốt"),
        (ValueType.CHOICE, "Tốt", None),
        (ValueType.AGENCY, "21025", 1),
    ],
)
def test_a_cell_is_read_by_its_type_or_given_back(
    kind: ValueType, cell: str, value: object
) -> None:
    column = DataColumn("c", "C", "", kind, choices=("tốt",))
    if value is None:
        with pytest.raises(ValueError, match=r"."):
            value_of(cell, column, KNOWN)
    else:
        assert value_of(cell, column, KNOWN) == value


def test_a_number_below_the_least_is_given_back() -> None:
    column = DataColumn("c", "C", "", ValueType.DECIMAL, least=0)
    with pytest.raises(ValueError, match=r"-0\.1"):
        value_of("-0,1", column, {})
