"""A birth date ahead of the official day, or before 1900, is refused wherever it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of, now
from tinhso.dossiers import services
from tinhso.dossiers.errors import AnswersInvalid
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.tests.api.calling import PATH, content, make_caller, sent
from tinhso.dossiers.tests.factories import (
    ANSWERS,
    AT,
    MARRIAGE,
    VISITOR,
    application,
)
from tinhso.dossiers.tests.stages import DAY, refused

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

AHEAD = (AT.date() + DAY).isoformat()
WRONG = ("1899-12-31", AHEAD)


@pytest.mark.parametrize("day", WRONG)
def test_nobody_hands_it_in(desk: Desk, day: str) -> None:
    filed = application(MARRIAGE, agency=desk.commune, ngay_sinh=day)
    with refused(AnswersInvalid) as caught:
        services.submit(filed, actor=VISITOR, at=AT)
    assert isinstance(caught.value, AnswersInvalid)
    assert set(caught.value.errors) == {"ngay_sinh"}


def test_the_first_day_of_life_is_accepted(desk: Desk) -> None:
    filed = application(MARRIAGE, agency=desk.commune, ngay_sinh=AT.date().isoformat())
    assert services.submit(filed, actor=VISITOR, at=AT).applicant is not None


def test_the_day_of_the_service_counts_not_that_of_whoever_understood_the_answers(
    desk: Desk,
) -> None:
    filed = application(MARRIAGE, agency=desk.commune, ngay_sinh=AHEAD)
    assert filed.answers.given.on is None
    assert services.submit(filed, actor=VISITOR, at=AT + DAY).submitted_at == AT + DAY


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01"])
def test_a_partner_is_told_the_field(desk: Desk, day: str) -> None:
    cuc = make_caller(desk.province)
    answer = cuc.post(PATH, sent(desk, answers={**ANSWERS[MARRIAGE], "ngay_sinh": day}))
    assert answer.status_code == 422
    assert set(content(answer)["errors"]) == {"ngay_sinh"}
    assert not Dossier.objects.exists()


def counter_of(desk: Desk) -> tuple[Client, str]:
    client = Client()
    client.force_login(User.objects.get(pk=desk.clerk.user))
    return client, f"{reverse('dossiers:counter_form', args=[MARRIAGE])}?nhap={uuid4()}"


def typed(day: str) -> dict[str, str]:
    values = {name: value for name, value in ANSWERS[MARRIAGE].items() if isinstance(value, str)}
    return {**values, "tung_ket_hon": "no", "ngay_sinh.day": day, "then": "keep"}


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01"])
def test_the_counter_is_told_with_what_it_typed(desk: Desk, day: str) -> None:
    client, page = counter_of(desk)
    answer = client.post(page, typed(day))
    assert answer.status_code == 422
    assert 'id="f-ngay-sinh-error"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_the_counter_takes_a_birth_date_of_today(desk: Desk) -> None:
    client, page = counter_of(desk)
    assert client.post(page, typed(day_of(now()).isoformat())).status_code == 302
    assert Dossier.objects.count() == 1


@pytest.mark.slow
def test_looking_at_the_counter_s_form_writes_nothing(desk: Desk) -> None:
    client, page = counter_of(desk)
    bare = page.partition("?")[0]
    assert client.get(bare).headers["Location"].startswith(f"{bare}?nhap=")
    assert client.get(page).status_code == 200
    assert not Draft.objects.exists()
    assert client.post(page, typed("1899-12-31")).status_code == 422
    assert 'value="1899"' in client.get(page).content.decode()
    assert Draft.objects.count() == 1


def test_the_counter_s_form_sent_twice_makes_one_dossier(desk: Desk) -> None:
    client, page = counter_of(desk)
    first, second = (client.post(page, typed("2000-05-01")) for _time in range(2))
    assert Dossier.objects.count() == 1
    assert (
        first["Location"]
        == second["Location"]
        == reverse("dossiers:dossier", args=[Dossier.objects.get().uuid])
    )


def test_a_draft_of_another_procedure_is_not_written_over(desk: Desk) -> None:
    client, page = counter_of(desk)
    client.post(page, typed("1899-12-31"))
    other = page.replace(MARRIAGE, "1.013236")
    before = Draft.objects.get().answers
    assert client.post(other, typed("2000-05-01")).status_code == 404
    assert Draft.objects.get().answers == before
