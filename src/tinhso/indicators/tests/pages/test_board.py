"""The board shows what was counted, first what waits, and opens into it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.html import strip_tags

from tests.cast import make_pack_role
from tinhso.accounts.tests.factories import make_grant
from tinhso.agencies.services import load_boundaries
from tinhso.indicators import attention, catalogue
from tinhso.indicators.attention import Matter
from tinhso.indicators.pages.board import mark_of
from tinhso.indicators.tests.cases import AT, CASES, case, lay, publish
from tinhso.indicators.tests.pages.conftest import COMMUNE_CODE, target
from tinhso.kernel.actors import SystemActor
from tinhso.warehouse.declaring import registry as declared
from tinhso.warehouse.reading import Lake

pytestmark = pytest.mark.usefixtures("figures")

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

NOVEMBER = "ky=2026-11"
QUESTIONS = 45
"""To the database, for the whole page with menu and masthead."""


def words(client: Client, address: str) -> str:
    """What a page says, without its marks."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def tile(client: Client, title: str, address: str = f"/chi-dao/?{NOVEMBER}") -> str:
    """The words of one tile."""
    page = client.get(address).content.decode()
    found = next(part for part in page.split("<article") if f">{title}</a>" in part)
    return re.sub(
        r"\s+", " ", strip_tags(found.partition("</article>")[0].partition(">")[2])
    ).strip()


@pytest.mark.slow
def test_a_tile_says_of_what_its_figure_is_a_part(sign_in: SignIn) -> None:
    said = tile(sign_in("tu"), "Tỷ lệ hồ sơ trực tuyến")
    assert "41,67%" in said
    assert "25 trong 60 vụ việc" in said
    assert "Tự tính" in said
    assert "đạt" not in said.replace("35 chưa đạt", "").lower()


def test_no_source_and_no_denominator_are_told_and_are_not_zero(sign_in: SignIn) -> None:
    tu = sign_in("tu")
    assert "chưa có nguồn" in tile(tu, "Giao dịch qua LGSP")
    assert "không có mẫu số" in tile(tu, "Hồ sơ thu phí")


@pytest.mark.slow
def test_a_missed_target_stands_first_with_what_is_wanting(sign_in: SignIn) -> None:
    target(50, level="national", issuer="Trung ương")
    target(100)
    said = words(sign_in("tu"), f"/chi-dao/?{NOVEMBER}")
    first = said.index("Cần chỉ đạo")
    assert "chỉ tiêu 50%, 100%, cần thêm 35 vụ việc" in said[first : said.index("trong 60 vụ việc")]
    assert "Chưa đạt" in tile(sign_in("tu"), "Tỷ lệ hồ sơ trực tuyến")


@pytest.mark.slow
def test_who_sees_a_part_is_told_no_judgement_of_the_whole(figures: Cast, sign_in: SignIn) -> None:
    target(20)
    make_grant(figures.users["hoa"], make_pack_role("agency-leader"), figures.elsewhere)
    hoa, part = sign_in("hoa"), "Không đánh giá"
    said = tile(hoa, "Tỷ lệ hồ sơ trực tuyến")
    assert (
        "Chưa kể 20 ngoài phạm vi bạn được xem; chỉ tiêu giao cho cả phạm vi nên không so." in said
    )
    assert part in said
    page = words(hoa, f"/chi-tieu/online/?{NOVEMBER}")
    assert part in page[: page.index("10 / 40")]
    assert "Đạt" not in said + page[: page.index("10 / 40")]
    assert "Cần chỉ đạo" not in words(hoa, f"/chi-dao/?{NOVEMBER}")


def test_one_of_two_targets_reached_is_neither_praised_nor_condemned(sign_in: SignIn) -> None:
    target(40)
    target(100)
    assert "Đạt 1/2 chỉ tiêu" in tile(sign_in("tu"), "Tỷ lệ hồ sơ trực tuyến")


def test_agencies_stand_worst_first_each_by_its_own_target(figures: Cast, sign_in: SignIn) -> None:
    target(50)
    target(20, agency=figures.commune)
    page = sign_in("tu").get(f"/chi-dao/?{NOVEMBER}").content.decode()
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.partition('id="theo-co-quan"')[2], re.DOTALL)[
        1:3
    ]
    said = [re.sub(r"\s+", " ", strip_tags(row)) for row in rows]
    assert "Ba Gia" in said[0]
    assert "10 / 40" in said[0]
    assert "Đạt · +5 điểm %" in said[0]
    assert "15 / 20" in said[1]


@pytest.mark.slow
def test_communes_lie_on_a_map_of_links(sign_in: SignIn) -> None:
    page = sign_in("tu").get(f"/chi-dao/?{NOVEMBER}").content.decode()
    tile = re.search(r'<a href="(/chi-tieu/online/ho-so/[^"]*nhom=21034)"', page)
    assert tile is not None, "a tile opens the records that it counts"
    opened = sign_in("tu").get(tile[1].replace("&amp;", "&"))
    assert opened.context["found"].total == 40
    assert "Xã Ba Gia: 25%" in page
    assert "20 chưa rõ xã" in page


def test_the_months_stand_in_a_line_with_a_sentence_and_a_table(sign_in: SignIn) -> None:
    target(50)
    page = sign_in("tu").get(f"/chi-dao/?{NOVEMBER}").content.decode()
    sentence = "Tỷ lệ hồ sơ trực tuyến, 12 tháng; tháng 11/2026 là 41,67%, chỉ tiêu 50%"
    assert f'role="img" aria-label="{sentence}"' in page
    assert f"<caption>{sentence}</caption>" in page


@pytest.mark.slow
def test_apps_above_tell_what_waits(sign_in: SignIn) -> None:
    attention.register("probe", lambda question: [Matter("3 việc", "/viec/", str(question.within))])
    try:
        tu = sign_in("tu")
        page = tu.get("/chi-dao/").content.decode()
        past = tu.get("/chi-dao/", {"ky": "2025"}).content.decode()
    finally:
        attention.providers._entries.pop("probe")
    assert '<a href="/viec/">3 việc</a> None' in page
    assert page.index("/viec/") < page.index('name="ky"'), "before what is chosen, also on a phone"
    assert "/viec/" not in past, "what waits now is not of days past"


@pytest.mark.slow
def test_an_agency_and_a_commune_have_boards_of_their_own(figures: Cast, sign_in: SignIn) -> None:
    tu = sign_in("tu")
    by_uuid = f"/chi-dao/co-quan/{figures.commune.uuid}/?{NOVEMBER}"
    for address in (
        by_uuid,
        f"/chi-dao/co-quan/H99.41/?{NOVEMBER}",
        f"/chi-dao/xa/{COMMUNE_CODE}/?{NOVEMBER}",
    ):
        assert "10 trong 40" in tile(tu, "Tỷ lệ hồ sơ trực tuyến", address)
    moved = tu.get("/chi-dao/", {"ky": "2026-11", "co_quan": str(figures.commune.uuid)})
    assert (moved.status_code, moved["Location"]) == (302, by_uuid)


def test_the_head_of_a_commune_sees_the_commune_alone(figures: Cast, sign_in: SignIn) -> None:
    hoa = sign_in("hoa")
    target(20)
    said = tile(hoa, "Tỷ lệ hồ sơ trực tuyến")
    assert "10 trong 40" in said
    assert "Đạt" in said, "her own agency is judged, as its row is"
    assert "ngoài phạm vi" not in said
    assert hoa.get(f"/chi-dao/co-quan/{figures.department.uuid}/").status_code == 403


def test_who_reads_no_figures_sees_no_board(sign_in: SignIn) -> None:
    assert sign_in("an").get("/chi-dao/").status_code == 403
    assert sign_in("an").get("/chi-dao/dien-bien/").status_code == 403


def test_a_board_asks_few_questions(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    target(50)
    tu = sign_in("tu")
    tu.get(f"/chi-dao/?{NOVEMBER}")
    with django_assert_max_num_queries(QUESTIONS):
        tu.get(f"/chi-dao/?{NOVEMBER}")


@pytest.mark.slow
def test_a_table_not_yet_built_leaves_the_other_figures(sign_in: SignIn) -> None:
    later = replace(CASES, code="probe.later")
    declared.register(later.code, later)
    try:
        publish("later", "5", fact=later.code, ratio={"is": "is_online"}, board=5)
        assert "không tính được lúc này" in tile(sign_in("tu"), "later")
        assert "25 trong 60" in tile(sign_in("tu"), "Tỷ lệ hồ sơ trực tuyến")
    finally:
        declared._entries.pop(later.code)


def test_a_mark_changes_with_a_definition() -> None:
    known = [catalogue.indicator("online")]
    newer = [replace(known[0], version="2")]
    assert mark_of(known, Lake()) == mark_of(known, Lake()) != mark_of(newer, Lake())


def test_what_changed_is_told_once_and_brings_newer_figures(figures: Cast, sign_in: SignIn) -> None:
    tu = sign_in("tu")
    page = tu.get(f"/chi-dao/?{NOVEMBER}").content.decode()
    poll = re.search(r'hx-get="(/chi-dao/dien-bien/[^"]*)"', page)
    assert poll is not None
    address = poll[1].replace("&amp;", "&")
    first = tu.get(address)
    assert 'id="tiles"' not in first.content.decode()
    again = tu.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code in {200, 304}
    lay(case(1, AT.date().replace(month=11, day=2), agency=figures.commune.pk, is_online=True))
    newer = tu.get(address, headers={"If-None-Match": first["ETag"]})
    assert newer.status_code == 200
    assert 'id="tiles" hx-swap-oob="true"' in newer.content.decode()
    assert "1 trong 1" in strip_tags(newer.content.decode())


@pytest.mark.parametrize("address", ["/chi-dao/co-quan/", "/chi-dao/xa/", "/chi-tieu/"])
def test_the_lists_open(sign_in: SignIn, address: str) -> None:
    assert "Ba Gia" in words(sign_in("tu"), f"{address}?{NOVEMBER}") or address == "/chi-tieu/"


@pytest.mark.slow
def test_the_map_draws_outlines_where_they_are_loaded(sign_in: SignIn, tmp_path: Path) -> None:
    tu = sign_in("tu")
    assert "chart--tiles" in tu.get("/chi-dao/", {"ky": "2026-11"}).content.decode()
    ring = [[108.7, 15.0], [108.9, 15.0], [108.9, 15.2], [108.7, 15.0]]
    feature = {
        "type": "Feature",
        "properties": {"code": COMMUNE_CODE},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    load_boundaries(
        path,
        on=date(2026, 11, 20),
        source="Nguồn",
        licence="MIT",
        actor=SystemActor("test"),
        at=AT,
    )
    page = tu.get("/chi-dao/", {"ky": "2026-11"}).content.decode()
    assert "chart--outlines" in page
    assert "Nguồn (MIT)" in page
    assert f"nhom={COMMUNE_CODE}" in page
    assert "chart--tiles" in tu.get("/chi-dao/", {"ky": "2026-11", "ban_do": "o"}).content.decode()
