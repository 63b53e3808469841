from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from tinhso.calendars.errors import CalendarMissing, CalendarUnknown, DayUnknown
from tinhso.calendars.models import Calendar, DayWithdrawal, SpecialDay
from tinhso.calendars.pages import trying, withdrawing, year
from tinhso.calendars.pages.band import shifted_clock
from tinhso.calendars.tests.test_editing import AT, HUNG, STORM, TU, enter, found
from tinhso.kernel.days import DayUnreadable
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from django.http import HttpRequest
    from pytest_django.fixtures import Settings

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db
TYPED = {
    "day": "2026-12-24",
    "kind": "closure",
    "name": "Nghỉ tránh bão",
    "legal_basis": "Công điện thử",
    "version": "1",
}


def asked(typed: dict[str, str] | None = None, *, actor: Actor = TU) -> ActedRequest:
    return acted(RequestFactory().get("/", typed or {}), actor)


def posted(typed: dict[str, str], *, actor: Actor = TU) -> ActedRequest:
    return acted(RequestFactory().post("/?nam=2026", typed), actor)


def acted(request: HttpRequest, actor: Actor) -> ActedRequest:
    """A request as the middleware of the apps above leaves it."""
    for name, value in {"actor": actor, "at": AT, "user": AnonymousUser(), "session": {}}.items():
        setattr(request, name, value)
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return cast("ActedRequest", request)


def test_the_year_shows_its_days_and_version() -> None:
    enter(found())
    page = year.province(asked()).content.decode()
    assert "tinh@2" in page
    assert "Nghỉ tránh bão" in page
    assert "Thêm vào lịch" in page


def test_a_visitor_reads_and_is_offered_nothing_to_edit() -> None:
    enter(found())
    page = year.show(asked({"nam": "2026"}, actor=HUNG), "tinh").content.decode()
    assert "Nghỉ tránh bão" in page
    assert "Thêm vào lịch" not in page
    assert "/rut/" not in page


@pytest.mark.parametrize("asked_for", ["abc", "99999", "-1", "²"])
def test_a_year_that_is_none_is_refused(asked_for: str) -> None:
    found()
    with pytest.raises(DayUnreadable):
        year.province(asked({"nam": asked_for}))


def test_a_day_is_entered() -> None:
    found()
    answer = year.enter(posted(TYPED), "tinh")
    assert (answer.status_code, answer["Location"]) == (302, "/lich-lam-viec/tinh/?nam=2026")
    entry = SpecialDay.objects.get()
    assert (entry.day, entry.kind, entry.verified) == (date(2026, 12, 24), "closure", False)


def test_a_stale_page_keeps_what_was_typed() -> None:
    enter(found())
    answer = year.enter(posted(TYPED), "tinh")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Công điện thử" in page
    assert 'name="version" value="2"' in page
    assert SpecialDay.objects.count() == 1


@pytest.mark.parametrize("day", ["30/2", "2206-11-24", "1950-01-01", "9999-12-31"])
def test_a_page_with_a_date_that_is_none_is_sent_back(day: str) -> None:
    """Nor is one that no page shows: there it could not be withdrawn again."""
    found()
    answer = year.enter(posted(TYPED | {"day": day}), "tinh")
    assert answer.status_code == 422
    assert "Công điện thử" in answer.content.decode()
    assert not SpecialDay.objects.exists()


def test_a_visitor_may_not_enter_or_withdraw() -> None:
    entry = enter(found())
    with pytest.raises(PermissionMissing):
        year.enter(posted(TYPED, actor=HUNG), "tinh")
    with pytest.raises(PermissionMissing):
        withdrawing.withdraw(asked(actor=HUNG), entry.uuid)
    assert SpecialDay.objects.count() == 1


def test_a_day_is_withdrawn_with_its_reason() -> None:
    entry = enter(found())
    assert withdrawing.withdraw(asked(), entry.uuid).status_code == 200
    assert (
        withdrawing.withdraw(posted({"reason": "", "version": "2"}), entry.uuid).status_code == 422
    )
    assert (
        withdrawing.withdraw(posted({"reason": "Tan", "version": "1"}), entry.uuid).status_code
        == 409
    )
    assert not DayWithdrawal.objects.exists()
    assert (
        withdrawing.withdraw(posted({"reason": "Tan", "version": "2"}), entry.uuid).status_code
        == 302
    )
    assert DayWithdrawal.objects.get().reason == "Tan"


def test_what_does_not_exist_is_not_shown() -> None:
    with pytest.raises(CalendarMissing):
        year.province(asked())
    with pytest.raises(CalendarUnknown):
        year.show(asked(), "khac")
    with pytest.raises(CalendarUnknown):
        trying.due_date(asked({"lich": "khac"}))
    with pytest.raises(DayUnknown):
        withdrawing.withdraw(asked(), uuid4())


def test_a_term_is_tried_and_explained() -> None:
    enter(found())
    typed = {"day": "2026-11-24", "time": "09:00", "amount": "1", "unit": "working_days"}
    page = trying.due_date(asked(typed)).content.decode()
    assert "17:00, thứ Năm 26/11/2026" in page
    assert f"không tính, {STORM.name}" in page


def test_a_year_whose_holidays_are_not_known_is_told() -> None:
    enter(found())
    typed = {"day": "2031-01-20", "time": "09:00", "amount": "10", "unit": "working_days"}
    page = trying.due_date(asked(typed)).content.decode()
    assert "chưa có ngày nghỉ lễ nào của năm 2031" in page


@pytest.mark.parametrize(
    "wrong",
    [{"amount": "0"}, {"unit": "x"}, {"amount": "2", "cutoff": "15:00"}, {"day": "9999-12-31"}],
)
def test_a_term_that_is_none_is_sent_back(wrong: dict[str, str]) -> None:
    found()
    typed = {"day": "2026-11-24", "time": "09:00", "amount": "1", "unit": "working_days"}
    assert trying.due_date(asked(typed | wrong)).status_code == 422


def test_an_agency_has_its_own_page() -> None:
    found()
    own = found("xa-a", agency=7)
    page = year.show(asked({"nam": "2026"}), own.code).content.decode()
    assert "tinh@1+xa-a@1" in page
    assert Calendar.objects.count() == 2


def test_a_shifted_clock_is_said_on_every_page(settings: Settings) -> None:
    settings.CLOCK_OFFSET_SECONDS = 0
    assert shifted_clock(asked()) is None
    settings.CLOCK_OFFSET_SECONDS = -40_000_000
    assert shifted_clock(asked())
