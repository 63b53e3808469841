"""What was read stands in the source, number by number; asked of made-up texts and of the whole real catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.dossiers.catalogue.entries import entry_of
from tinhso.dossiers.catalogue.reading import Figures, read
from tinhso.dossiers.catalogue.values import Entry
from tinhso.dossiers.tests.catalogue.samples import BASES, PAPERS, WAYS, record

REAL = Path(__file__).parents[5].parent / "shared/data/tthc/tthc_province_commune_1601.json.gz"
LEAST_READ = 0.95
_PIECES = [
    *(
        "Trực tuyến",
        "Trực tiếp",
        "Dịch vụ bưu chính",
        "Miễn phí",
        "Không có thông tin",
        "Ngày làm việc",
    ),
    *(
        " Ngày",
        " Giờ",
        " VNĐ",
        " Việt Nam Đồng",
        " USD",
        "(",
        ")",
        "25,000",
        "1",
        "0",
        "03",
        "120",
        "2025",
        "%",
    ),
    *(
        " bản chính",
        " bản sao",
        ",",
        " ",
        "Đơn",
        "mẫu",
        "To khai.docx",
        "12/2014/QH13",
        "34/2015/NĐ-CP",
        "\n",
    ),
    *(
        " ngày 31/2/2015",
        "Mã: KQ.G10.000031",
        "Từ khóa",
        "theo quy định",
        "20.000 đồng",
        "kể từ ngày",
        WAYS,
    ),
    *(PAPERS, BASES, "ngày làm việc", "Luật "),
]
glued = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


def assert_stands(entry: Entry) -> None:
    """Each number occurs in its piece of the source, and each piece is where it says."""
    for number, at in entry.numbers():
        assert entry.source[at.column][at.start : at.end] == at.text
        plain = re.sub(r"(?<=\d)[.,](?=\d{3})", "", at.text)
        assert number in {int(digits) for digits in re.findall(r"\d+", plain)}
    for basis in entry.bases:
        assert basis.number in "".join(entry.source["can_cu_phap_ly"].split())


@pytest.mark.slow
@given(ways=glued, papers=glued, bases=glued, outcomes=glued)
def test_no_number_is_read_that_is_not_written(
    ways: str, papers: str, bases: str, outcomes: str
) -> None:
    texts = {
        "cach_thuc_thuc_hien": WAYS + ways,
        "thanh_phan_ho_so": PAPERS + papers,
        "can_cu_phap_ly": BASES + bases,
        "ket_qua_xu_ly": outcomes,
    }
    assert_stands(entry_of(record(**texts), file="f", where="w"))


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real catalogue is not beside this clone")
def test_of_the_real_catalogue_all_is_read_but_a_twentieth_and_nothing_is_invented() -> None:
    figures = Figures()
    for entry in read(REAL):
        assert_stands(entry)
        figures.take(entry)
    assert figures.procedures == 1601
    assert figures.read.total() / figures.fields >= LEAST_READ
