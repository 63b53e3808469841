"""The national catalogue on the citizens' pages: searched together with ours, browsed, read; within its weight."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.dossiers.tests.catalogue.samples import BIRTH, PAPERS, SHOP, WAYS, record, small
from tinhso.dossiers.tests.catalogue.test_importing import AT, bring
from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.portal.tests.test_listing import STATIC, _file

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

FIRST_VISIT = 60 * 1024
AGAIN = 15 * 1024


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_ours_and_the_catalogue_s_are_found_together(client: Client, tmp_path: Path) -> None:
    bring(tmp_path, [*small(), record("9.200001", "Xác nhận tình trạng hôn nhân thử")])
    page = client.get(reverse("portal:procedures"), {"tim": "tinh trang hon nhan"})
    assert [(line.code, own is not None) for line, own, _level in page.context["rows"]] == [
        (MARRIAGE, True),
        ("9.200001", False),
    ]
    content = page.content.decode()
    assert reverse("portal:procedure", args=[MARRIAGE]) in content
    assert reverse("portal:catalogue_entry", args=["9.200001"]) in content


@pytest.mark.usefixtures("desk")
def test_what_cannot_be_filed_here_says_so_and_names_its_source(
    client: Client, tmp_path: Path
) -> None:
    bring(tmp_path, small())
    page = client.get(reverse("portal:catalogue_entry", args=[BIRTH])).content.decode()
    assert "chưa nhận nộp trong hệ thống này" in page
    assert "3 ngày làm việc" in page
    assert "25.000 đồng" in page
    assert "1 bản chính, 2 bản sao" in page
    assert "To khai.docx" in page
    assert "34/2015/NĐ-CP" in page
    assert "01/QĐ-THU" in page
    assert "Trực tiếp1Miễn phí" in page  # unread: as written


@pytest.mark.usefixtures("desk")
def test_what_can_be_filed_here_leads_there(client: Client, tmp_path: Path) -> None:
    bring(tmp_path, [record(MARRIAGE, "Cấp giấy xác nhận tình trạng hôn nhân")])
    page = client.get(reverse("portal:catalogue_entry", args=[MARRIAGE])).content.decode()
    assert reverse("portal:procedure", args=[MARRIAGE]) in page
    assert "chưa nhận nộp" not in page


@pytest.mark.usefixtures("desk")
def test_what_was_said_before_stays_with_its_dates(client: Client, tmp_path: Path) -> None:
    bring(tmp_path, small())
    bring(tmp_path, [record(name="Tên mới")], at=AT + timedelta(days=30))
    page = client.get(reverse("portal:catalogue_entry", args=[BIRTH])).content.decode()
    assert "01/07/2026 – 31/07/2026: Đăng ký khai sinh thử" in page


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("given", [{"cap": "x", "linh-vuc": "y", "trang": "-3"}, {"trang": "999"}])
def test_nonsense_in_the_address_is_passed_over(
    client: Client, given: dict[str, str], tmp_path: Path
) -> None:
    bring(tmp_path, small())
    assert client.get(reverse("portal:catalogue"), given).context["page"].paginator.count == 3


@pytest.mark.usefixtures("desk")
def test_the_catalogue_is_browsed_by_level_and_sector(client: Client, tmp_path: Path) -> None:
    bring(tmp_path, small())
    page = client.get(reverse("portal:catalogue"), {"cap": "commune", "linh-vuc": "Kinh doanh"})
    assert [version.entry.code for version, _level in page.context["rows"]] == [SHOP]


@pytest.mark.usefixtures("desk")
def test_an_empty_catalogue_says_where_to_go(client: Client) -> None:
    page = client.get(reverse("portal:catalogue"))
    assert page.status_code == 200
    assert reverse("portal:procedures") in page.content.decode()
    assert client.get(reverse("portal:catalogue_entry", args=["9.999999"])).status_code == 404


@pytest.mark.usefixtures("desk")
def test_hostile_text_of_the_catalogue_is_only_text(client: Client, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    texts = {
        "cach_thuc_thuc_hien": f"{WAYS}Trực tiếp3 NgàyMiễn phí({bad}){bad}",
        "thanh_phan_ho_so": f"{bad}{PAPERS}{bad}1 bản chính",
        "trinh_tu_thuc_hien": bad,
        "detail_url": "javascript:alert(1)",
    }
    bring(tmp_path, [record(name=bad, linh_vuc=bad, ket_qua_xu_ly=bad, **texts)])
    for address in (
        reverse("portal:catalogue_entry", args=[BIRTH]),
        reverse("portal:catalogue"),
        reverse("portal:procedures") + "?tim=script",
    ):
        page = client.get(address).content.decode()
        assert bad not in page
        assert "javascript:" not in page


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("query", ["/danh-muc/", "/thu-tuc/?tim=dang+ky"])
def test_lists_ask_the_same_number_of_questions_however_long(
    query: str, client: Client, tmp_path: Path
) -> None:
    bring(tmp_path, small())
    client.get(query)
    with CaptureQueriesContext(connection) as few:
        client.get(query)
    bring(tmp_path, [record(f"9.30{n:04}", f"Đăng ký việc {n}") for n in range(25)])
    with CaptureQueriesContext(connection) as many:
        client.get(query)
    assert len(many) <= len(few)


@pytest.mark.usefixtures("desk")
def test_the_pages_keep_within_their_weight(client: Client, tmp_path: Path) -> None:
    papers = PAPERS + "".join(f"Giấy tờ thứ {n} theo mẫu1 bản chính" for n in range(60))
    bring(tmp_path, [record(thanh_phan_ho_so=papers), *small()[1:]])
    styles = [gzip.compress(_file(name)) for name in STATIC if not name.endswith(".woff2")]
    for address in ("/danh-muc/", f"/danh-muc/{BIRTH}/", "/thu-tuc/?tim=dang+ky"):
        page = gzip.compress(client.get(address).content)
        assert len(page) <= AGAIN
        assert len(page) + sum(map(len, styles)) <= FIRST_VISIT
