"""An indicator says what it is, where it comes from, and what others told of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_pack_role
from tinhso.accounts.tests.calling import caller, content
from tinhso.accounts.tests.factories import make_grant
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.forms.expressions import parse
from tinhso.indicators.models import ClosedFigure, PeriodClosing, ReportedFigure
from tinhso.indicators.pages.phrasing import phrase
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.tests.cases import AT, LAID, case, lay, publish
from tinhso.indicators.tests.pages.conftest import target
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

pytestmark = pytest.mark.usefixtures("figures")
PAGE = "/chi-tieu/online/?ky=2026-11"
NOVEMBER = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}
KEPT = {"indicator": "online", "at": AT, "actor": "system:test"}


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())


def test_it_is_told_in_words_with_its_law(sign_in: SignIn) -> None:
    said = words(sign_in("tu"), PAGE)
    assert "Mỗi dòng là một vụ việc" in said
    assert "Mẫu số tất cả các dòng được kể" in said
    assert "Tử số “Trực tuyến” Biểu thức Tử số is_online is_online Trực tuyến" in said
    assert "Nghị định 118/2025/NĐ-CP, Điều 5 chưa đối chiếu với văn bản" in said


@pytest.mark.slow
def test_what_is_due_later_and_done_already_counts_on_page_list_board_and_api(
    sign_in: SignIn,
) -> None:
    """The whole interval is meant everywhere; what has not passed is not held against anybody."""
    today = day_of(clock.now())
    publish(
        "kept", name="Đúng hẹn", day="finished_on", board=1, direction="higher", by=["agency", "month"],
        ratio={"of": "is_online or finished_on <= passed_day", "is": "is_on_time"},
    )  # fmt: skip
    known = {"is_online": True, "is_on_time": True, "finished_on": today + timedelta(days=3)}
    open_one = {"is_online": False, "finished_on": today + timedelta(days=3)}
    lay(*LAID, case(900, today, **known), case(901, today, **open_one))
    last = today + timedelta(days=5)
    days, tu = f"?tu={today}&den={last}", sign_in("tu")
    told = f"tính đến {today:%d/%m/%Y}"
    for page in ("/chi-tieu/kept/", "/chi-dao/"):
        said = words(tu, page + days)
        assert told in said
        assert re.search("1 (/|trong) 1 ", said), page
    assert "1 / 1" not in words(tu, f"/chi-tieu/kept/?tu={today}&den={today}")
    assert "Mẫu số: tất cả 1" in words(tu, f"/chi-tieu/kept/ho-so/{days}")
    asked = {"first": f"{today}", "last": f"{last}"}
    api = caller(None, [IndicatorPermission.READ]).get(
        "/api/v1/indicators/kept/observations", asked
    )
    (seen,) = content(api)["observations"]
    assert (seen["numerator"], seen["denominator"]) == (1, 1)


def test_expressions_are_told_in_the_words_of_columns() -> None:
    text = "not(is_cancelled) and (reported_on = null or due_on <= passed_day) and returns > 2"
    columns = table_of("tasks.task").by_name
    assert phrase(parse(text), columns) == (
        "không “Đã hủy” và (chưa có “Ngày báo cáo hoàn thành” hoặc “Thời hạn” ≤ ngày gần nhất đã qua"
        " của kỳ) và “Lần trả lại” > 2"
    )
    assert phrase(parse("returns + 1 > 2"), columns) == "", "no words are better than wrong ones"


def test_without_a_source_it_says_what_is_wanting(sign_in: SignIn) -> None:
    said = words(sign_in("tu"), "/chi-tieu/lgsp/")
    assert "Chưa có nguồn" in said
    assert "Còn thiếu trục" in said


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("agency", "UBND xã Ba Gia 10 / 40 25%"),
        ("month", "Tháng 10/2026 2 / 8 25%"),
        ("commune", "Chưa rõ 15 / 20 75%"),
        ("procedure", "1.001 10 / 40 25%"),
    ],
)
@pytest.mark.slow
def test_it_is_divided_every_way(sign_in: SignIn, by: str, expected: str) -> None:
    assert expected in words(sign_in("tu"), f"{PAGE}&chia={by}")


@pytest.mark.slow
def test_a_target_shows_what_is_wanting(sign_in: SignIn) -> None:
    target(50, document="55/QĐ-UBND")
    said = words(sign_in("tu"), PAGE)
    assert "\N{MINUS SIGN}8,33 điểm % · cần thêm 5 vụ việc" in said
    assert "50% Toàn tỉnh 01/01/2026 – 31/12/2026 UBND tỉnh" in said


def test_what_others_told_stands_beside_with_its_words(sign_in: SignIn) -> None:
    ReportedFigure.objects.create(
        value=47,
        kind="reported",
        source="Báo cáo tháng 11",
        quotation="đạt 47%",
        **NOVEMBER,
        **KEPT,
    )
    ReportedFigure.objects.create(
        value=21, kind="reported", place="Kon Tum", is_unclear=True, at_least=True,
        first=date(2023, 9, 1), last=date(2023, 9, 30), source="Bài 001", **KEPT,
    )  # fmt: skip
    said = words(sign_in("tu"), PAGE)
    assert "47% Số báo cáo đạt 47% Báo cáo tháng 11 41,67% \N{MINUS SIGN}5,33 điểm %" in said
    assert "hơn 21% Số báo cáo mẫu số chưa rõ" in said


@pytest.mark.slow
def test_only_the_last_edition_of_what_was_told_stands(sign_in: SignIn) -> None:
    told = {"kind": "reported", "source": "Bài 002", "origin": "probe/bai-002", **NOVEMBER, **KEPT}
    ReportedFigure.objects.create(value=33, edition="1", **told)
    ReportedFigure.objects.create(value=44, edition="2", **told)
    said = words(sign_in("tu"), PAGE)
    assert "44% Số báo cáo" in said
    assert "33%" not in said
    of_province = words(sign_in("hoa"), PAGE)
    assert "44% Số báo cáo" in of_province
    assert "19 điểm" not in of_province, "the commune's own share is no answer to the province's"


@pytest.mark.slow
def test_a_closed_figure_stands_beside_what_is_counted_now(figures: Cast, sign_in: SignIn) -> None:
    closing = PeriodClosing.objects.create(
        title="Tháng 11", snapshots={}, versions={}, at=AT, actor="system:test", **NOVEMBER
    )
    ClosedFigure.objects.create(closing=closing, indicator="online", version="1", value=40)
    said = words(sign_in("tu"), PAGE)
    assert "Tháng 11/2026 Tháng 11 40% 41,67% +1,67 điểm %" in said
    assert "Số đã chốt" not in words(sign_in("hoa"), PAGE), "she reads her commune alone"
    role = make_pack_role("agency-leader")
    make_grant(figures.users["nam"], role, figures.province, includes_subordinates=True)
    assert "41,67% +1,67 điểm %" in words(sign_in("nam"), PAGE), "who leads it reads it whole"


def test_the_catalogue_is_searched_without_accents(sign_in: SignIn) -> None:
    tu = sign_in("tu")
    found = words(tu, "/chi-tieu/?tim=ho so truc")
    assert "Tỷ lệ hồ sơ trực tuyến" in found
    assert "Giao dịch qua LGSP" not in found
    assert "Tỷ lệ hồ sơ trực tuyến" in words(tu, "/chi-tieu/?tim=i27")
    assert "Giao dịch qua LGSP" in words(tu, "/chi-tieu/?tinh_trang=chua-co-nguon")
    assert "Không có chỉ tiêu nào khớp" in words(tu, "/chi-tieu/?tim=xyz")
