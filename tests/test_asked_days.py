"""A page never answers for another day than the one that was typed: what is no day is named, and asked for again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from django.test import Client, RequestFactory
from django.urls import resolve

from tests.cast import AT, ROLES, make_pack_role
from tests.worlds import begun_with
from tinhso.accounts.actors import actor_for
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.days import LONGEST, DayUnreadable

if TYPE_CHECKING:
    from tinhso.accounts.models import User

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tinhso"
DAY, FIRST, LAST, MONTH, PERIOD, YEAR = "ngay", "tu", "den", "thang", "ky", "nam"
NO_DAYS = {MONTH: "2026-13", PERIOD: "2026-Q9", YEAR: "20x6"}
ADDRESSES = [
    *(("/ho-so/", name) for name in (FIRST, LAST)),
    *(("/ho-so/ket-xuat.csv", name) for name in (FIRST, LAST)),
    ("/ho-so/ket-xuat.xlsx", FIRST),
    *(("/ho-so/so-theo-doi/", name) for name in (FIRST, LAST)),
    *(("/phan-tich/1.000001/", name) for name in (FIRST, LAST)),
    ("/thu-phi/", DAY),
    ("/quay/doi-chieu/", DAY),
    ("/quay/lich-hen/", DAY),
    ("/quay/lich-hen/dat/", DAY),
    ("/quay/luong-viec/", DAY),
    ("/dat-hen/", DAY),
    ("/nhiem-vu/", DAY),
    ("/nhiem-vu/theo-doi/", DAY),
    ("/nhiem-vu/theo-doi/ket-xuat.xlsx", DAY),
    ("/nhiem-vu/ket-xuat.xlsx", DAY),
    ("/nhiem-vu/lich/", MONTH),
    ("/nhiem-vu/ket-qua/", PERIOD),
    ("/nhiem-vu/ket-qua/bao-cao.pdf", PERIOD),
    ("/ban-chi-dao/", DAY),
    *(("/chi-dao/", name) for name in (FIRST, LAST, PERIOD)),
    *(("/chi-dao/co-quan/", name) for name in (FIRST, LAST, PERIOD)),
    ("/chi-dao/dien-bien/", PERIOD),
    ("/co-quan", DAY),
    *(("/co-quan/quy-doi", name) for name in (FIRST, LAST)),
    *(("/co-quan/quy-doi/tai-ve", name) for name in (FIRST, LAST)),
    ("/nhat-ky/", DAY),
    ("/nhat-ky/tai-ve/", DAY),
    ("/lich-lam-viec/", YEAR),
]
READ_OTHERWISE = {
    "datasets/pages/rows.py",
    "indicators/pages/comparing.py",
    "indicators/reports/pages/language.py",
    "inspections/pages/inspection.py",
}
"""Pages that read a day which the house wrote itself."""


@pytest.fixture
@begun_with
def chief() -> User:
    """Somebody with every role, in a house with a calendar."""
    make_agency("Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99")
    calendars.found(
        code="province",
        name="Lịch của tỉnh",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SystemActor("test"),
        at=AT,
    )
    user = make_user("Hoa")
    for role in yaml.safe_load(ROLES.read_text(encoding="utf-8"))["roles"]:
        make_grant(user, make_pack_role(role["code"]), None)
    give_second_factor(user)
    return user


def test_what_is_no_day_is_refused_by_every_page_that_asks_for_one(chief: User) -> None:
    amiss = []
    wrong = [(*place, NO_DAYS.get(place[1], "2026-13-01")) for place in ADDRESSES]
    for path, name, typed in [*wrong, ("/lich-lam-viec/", YEAR, "9" * 5000)]:
        request = RequestFactory().get(path, {name: typed})
        request.__dict__ |= {"user": chief, "actor": actor_for(chief), "at": AT, "session": {}}
        view, args, named = resolve(path)
        try:
            view(request, *args, **named)
        except DayUnreadable as refusal:
            if typed[:LONGEST] in refusal.errors[name][0]:
                continue
        amiss.append((path, name))
    assert amiss == []


def test_the_page_names_it_and_keeps_the_rest_of_the_address(chief: User) -> None:
    client = Client()
    client.force_login(chief)
    answer = client.get("/quay/doi-chieu/", {"ngay": "2026-13-01", "co-quan": "7", "trang": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_ngay">“2026-13-01” không có trong lịch' in page
    assert 'name="ngay" value="2026-13-01"' in page
    assert '<input type="hidden" name="co-quan" value="7">' in page
    assert 'name="trang"' not in page
    assert "Khóa sổ" not in page


def test_no_page_reads_a_day_by_itself() -> None:
    reading = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("pages/*.py")
        if "tests" not in path.parts and "date.fromisoformat" in path.read_text(encoding="utf-8")
    }
    assert reading == READ_OTHERWISE
