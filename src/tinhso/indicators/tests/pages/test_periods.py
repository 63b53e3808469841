"""A period is closed once, by who may; what is found different later stands beside it with its cause and records."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tinhso.accounts.tests.factories import make_grant, make_role
from tinhso.events.models import Event
from tinhso.indicators import visibility
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.tests.cases import CASES, case, lay, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

pytestmark = pytest.mark.slow
LIST, OCTOBER = "/chi-tieu/ky/", "/chi-tieu/ky/2026-10/"
READ, CLOSE = "indicators:figure:read", "indicators:period:close"


@pytest.fixture
def leader(figures: Cast, sign_in: SignIn) -> Client:
    """Hoa may close in the whole province."""
    make_grant(figures.users["hoa"], make_role([READ, CLOSE]))
    return sign_in("hoa")


@pytest.fixture
def _open_to_all() -> Iterator[None]:
    visibility.register(CASES.code, lambda _actor, _at, keys: keys)
    yield
    visibility._registry._entries.pop(CASES.code)


def _later(figures: Cast) -> None:
    """Nine cases of October instead of eight: one late, one corrected."""
    there = {"agency": figures.commune.pk, "commune": "21034", "procedure": "1.001"}
    lay(*(case(200 + n, date(2026, 10, 5), is_online=n < 3, **there) for n in range(9)))


def test_the_list_tells_what_is_closed_and_what_may_be(leader: Client) -> None:
    page = leader.get(LIST)
    rows = {row.interval.key: row for _kind, rows in page.context["groups"] for row in rows}
    assert rows["2026-10"].is_over
    assert not rows["2026-11"].is_over
    leader.post(f"{OCTOBER}chot/")
    again = leader.get(LIST)
    rows = {row.interval.key: row for _kind, rows in again.context["groups"] for row in rows}
    assert rows["2026-10"].closing is not None
    assert rows["2026-10"].figures == 5
    assert rows["2026-Q4"].closing is None


def test_before_it_is_closed_the_page_tells_what_would_be_kept(leader: Client) -> None:
    page = leader.get(OCTOBER)
    ready = page.context["ready"]
    assert (ready.figures, ready.indicators, ready.agencies) == (5, 3, 1)
    assert not ready.refusals
    assert f'action="{OCTOBER}chot/"' in page.content.decode()
    assert leader.get("/chi-tieu/ky/2026-11/").context["ready"] is None


def test_who_may_not_close_sees_no_button_and_is_refused(sign_in: SignIn, figures: Cast) -> None:
    tu = sign_in("tu")
    assert f'action="{OCTOBER}chot/"' not in tu.get(OCTOBER).content.decode()
    assert tu.post(f"{OCTOBER}chot/").status_code == 403
    make_grant(figures.users["hoa"], make_role([READ, CLOSE]), figures.commune)
    assert sign_in("hoa").post(f"{OCTOBER}chot/").status_code == 403, "of her commune alone"
    assert not PeriodClosing.objects.exists()
    assert not Event.objects.filter(kind="indicators.period_closed").exists()


def test_it_is_closed_once_and_not_before_its_end(leader: Client) -> None:
    assert leader.post(f"{OCTOBER}chot/").status_code == 302
    assert leader.post(f"{OCTOBER}chot/").status_code == 409
    assert leader.post("/chi-tieu/ky/2026-11/chot/").status_code == 409
    assert leader.post("/chi-tieu/ky/2026-13/chot/").status_code == 404
    assert leader.get("/chi-tieu/ky/2026-10-31_2026-10-01/").status_code == 404
    assert PeriodClosing.objects.count() == 1
    assert Event.objects.filter(kind="indicators.period_closed").count() == 1


@pytest.mark.usefixtures("_open_to_all")
def test_what_came_late_stands_beside_with_its_records(leader: Client, figures: Cast) -> None:
    leader.post(f"{OCTOBER}chot/")
    assert leader.get(OCTOBER).context["shown"].different == 0
    _later(figures)
    page = leader.get(OCTOBER, {"xem": "toan-tinh", "tim": "truc tuyen"})
    (line,) = page.context["rows"]
    assert (line.closed, line.now) == ("25%", "33,33%")
    late, corrected = line.reasons
    assert (late[1], corrected[1]) == (1, 1)
    listed = leader.get(late[2])
    (row,) = listed.context["rows"]
    assert (row["before"], row["after"].split(" ")[0]) == ("không tính", "chưa")
    assert leader.get(corrected[2]).context["rows"][0]["before"].startswith("chưa đạt")
    assert "Kỳ đã chốt" in leader.get("/chi-dao/", {"ky": "2026-10"}).content.decode()
    assert OCTOBER in leader.get("/chi-tieu/online/", {"ky": "2026-11"}).content.decode()


def test_the_file_tells_the_same(leader: Client, figures: Cast) -> None:
    leader.post(f"{OCTOBER}chot/")
    _later(figures)
    answer = leader.get(f"{OCTOBER}dieu-chinh.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "33,33%" in text
    assert "Số liệu đến muộn: 1; Bản ghi được sửa: 1" in text
    sheet = leader.get(f"{OCTOBER}dieu-chinh.xlsx")
    assert b"".join(sheet.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert leader.get(f"{OCTOBER}dieu-chinh.exe").status_code == 404
    told = Event.objects.filter(kind="indicators.figures_exported")
    assert sorted(each.payload["format"] for each in told) == ["csv", "xlsx"], (
        "not of a refused one"
    )
    sheet.close()


def test_a_reader_sees_his_own_agencies_alone(
    leader: Client, figures: Cast, sign_in: SignIn
) -> None:
    leader.post(f"{OCTOBER}chot/")
    _later(figures)
    make_grant(figures.users["nam"], make_role([READ]), figures.elsewhere)
    nam = sign_in("nam")
    assert nam.get(OCTOBER, {"xem": "tat-ca"}).context["rows"] == []
    assert nam.get(f"{OCTOBER}online/").status_code == 403
    of_commune = f"{OCTOBER}online/?co_quan={figures.commune.uuid}"
    assert nam.get(of_commune).status_code == 403
    lan = sign_in("lan").get(LIST)
    assert lan.status_code == 403


def test_a_definition_changed_after_closing_is_told(leader: Client) -> None:
    leader.post(f"{OCTOBER}chot/")
    publish("online", "2", name="Tỷ lệ", ratio={"of": "is_online", "is": "is_online"}, by=[])
    rows = leader.get(OCTOBER, {"xem": "toan-tinh"}).context["rows"]
    (reason,) = rows[0].reasons
    assert "phiên bản 1, nay 2" in reason[0]
    assert str(ClosedFigure.objects.get(indicator="online", agency=None).value) == "25.000000"


def test_the_command_closes_and_tells_restatements(figures: Cast) -> None:
    out = io.StringIO()
    call_command("indicators", "close", "2026-10", stdout=out)
    assert "Tháng 10/2026: 5 số liệu" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("indicators", "close", "2026-10")
    with pytest.raises(CommandError):
        call_command("indicators", "close", "hôm qua")
    _later(figures)
    out = io.StringIO()
    call_command("indicators", "restatements", "2026-10", "--json", stdout=out)
    found = {(each["indicator"], each["agency"]): each for each in json.loads(out.getvalue())}
    assert found["online", None]["causes"] == {"late": 1, "corrected": 1}
    assert found["online", None]["now"] == {"value": "33.33", "numerator": 3, "denominator": 9}
