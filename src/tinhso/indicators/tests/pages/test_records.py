"""The list behind a figure is as long as the figure says."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from tinhso.events.models import Event
from tinhso.indicators import visibility
from tinhso.indicators.tests.cases import CASES

pytestmark = pytest.mark.usefixtures("figures")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

LIST = "/chi-tieu/online/ho-so/"
GROUPS = [
    ({}, (25, 60)),
    ({"chia": "commune", "nhom": "21034"}, (10, 40)),
    ({"chia": "commune", "nhom": "unknown"}, (15, 20)),
    ({"chia": "procedure", "nhom": "1.001"}, (10, 40)),
    ({"ky": "", "tu": "2026-10-01", "den": "2026-11-30"}, (27, 68)),
    ({"theo": "hien-nay"}, (25, 60)),
]


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Every reader of figures may open every case."""
    visibility.register(CASES.code, lambda _actor, _at, keys: keys)
    yield
    visibility._registry._entries.pop(CASES.code)


@pytest.mark.parametrize(("asked", "parts"), GROUPS)
@pytest.mark.usefixtures("open_to_all")
@pytest.mark.slow
def test_its_total_is_the_figure(
    sign_in: SignIn, asked: dict[str, str], parts: tuple[int, int]
) -> None:
    tu = sign_in("tu")
    numerator, denominator = parts
    wanted = {"tu-so": numerator, "mau-so": denominator, "con-thieu": denominator - numerator}
    for part, count in wanted.items():
        response = tu.get(LIST, {"ky": "2026-11", **asked, "phan": part})
        assert response.context["found"].total == count
        tabs = {tab.label: tab.count for tab in response.context["tabs"]}
        assert sorted(tabs.values()) == sorted(wanted.values())


@pytest.mark.usefixtures("open_to_all")
@pytest.mark.parametrize("way", ["", "hien-nay"])
@pytest.mark.parametrize("by", ["agency", "month", "commune", "procedure"])
@pytest.mark.slow
def test_every_row_of_a_place_opens_what_it_counts(
    figures: Cast, sign_in: SignIn, by: str, way: str
) -> None:
    tu = sign_in("tu")
    asked = {"ky": "2026-11", "theo": way, "chia": by, "co_quan": str(figures.commune.uuid)}
    page = tu.get("/chi-tieu/online/", asked).context
    lines = [page["figure"], *page["lines"]]
    for line in lines:
        counted = line.found.denominator
        assert bool(line.records_href) == bool(counted)
        if counted:
            assert tu.get(line.records_href).context["found"].total == counted
            assert tu.get(line.failing_href).context["found"].total == line.failing
    assert [line.found.denominator for line in lines].count(40) >= 2, "its rows, not the province's"


@pytest.mark.slow
@pytest.mark.usefixtures("open_to_all")
def test_pages_keep_the_question(sign_in: SignIn) -> None:
    first = sign_in("tu").get(LIST, {"ky": "2026-11", "phan": "mau-so"}).content.decode()
    assert len(re.findall(r"<tr><td>", first)) == 50
    link = re.search(r'href="(\?[^"]*trang=2[^"]*)"', first)
    assert link is not None
    assert "phan=mau-so" in link[1]
    second = sign_in("tu").get(LIST + link[1].replace("&amp;", "&")).content.decode()
    assert len(re.findall(r"<tr><td>", second)) == 10


def test_who_may_not_open_records_is_told_how_many(sign_in: SignIn) -> None:
    response = sign_in("hoa").get(LIST, {"ky": "2026-11", "phan": "con-thieu"})
    found = response.context["found"]
    assert (found.total, found.hidden) == (0, 30)
    assert "30 bản ghi khác được đếm" in response.content.decode()


@pytest.mark.usefixtures("open_to_all")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_saved_whole(sign_in: SignIn, form: str) -> None:
    query = {"ky": "2026-11", "phan": "con-thieu"}
    response = sign_in("tu").get(f"{LIST}ket-xuat.{form}", query)
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # both kinds stream
    response.close()
    if form == "csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(lines) == 1 + 35
        assert lines[0][1] == "Cơ quan"


def test_a_saved_list_says_how_many_it_leaves_out_and_is_told_to_the_log(sign_in: SignIn) -> None:
    query = {"ky": "2026-11", "phan": "con-thieu"}
    response = sign_in("hoa").get(f"{LIST}ket-xuat.csv", query)
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(content)))
    assert lines[1:] == [["30 bản ghi khác được đếm trong số liệu nhưng bạn không được mở."]]
    told = Event.objects.get(kind="indicators.list_exported")
    assert told.payload == {
        "indicator": "online",
        "part": "missing",
        "format": "csv",
        "first": "2026-11-01",
        "last": told.payload["last"],
        "rows": 0,
        "hidden": 30,
    }


def test_what_is_refused_is_not_told_as_exported(sign_in: SignIn) -> None:
    assert sign_in("hoa").get(f"{LIST}ket-xuat.pdf").status_code == 404
    assert sign_in("tu").get("/chi-tieu/lgsp/ho-so/ket-xuat.csv").status_code == 409
    assert not Event.objects.filter(kind="indicators.list_exported").exists()


def test_an_unknown_form_and_an_unknown_indicator_are_not_found(sign_in: SignIn) -> None:
    tu = sign_in("tu")
    assert tu.get(f"{LIST}ket-xuat.pdf").status_code == 404
    assert tu.get("/chi-tieu/khong-co/").status_code == 404
    assert tu.get("/chi-tieu/lgsp/ho-so/").status_code == 409
