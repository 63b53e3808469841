"""Targets are assigned and ended by who may, all or none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.factories import make_grant, make_role
from tinhso.events.models import Event
from tinhso.indicators.models import Target, TargetEnd
from tinhso.indicators.tests.pages.conftest import target

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

FORM = "/chi-tieu/online/giao/"
SENT = {
    "value": "50", "first": "2027-01-01", "last": "2027-12-31", "level": "province",
    "issuer": "UBND tỉnh", "document": "55/QĐ-UBND", "whom": "don-vi",
}  # fmt: skip
RIGHTS = ["indicators:figure:read", "indicators:target:assign"]


@pytest.fixture
def officer(figures: Cast, sign_in: SignIn) -> Client:
    """Hoa may assign in the whole province."""
    make_grant(figures.users["hoa"], make_role(RIGHTS))
    return sign_in("hoa")


def test_a_target_is_assigned_to_several_units_at_once(officer: Client, figures: Cast) -> None:
    units = [str(figures.commune.uuid), str(figures.department.uuid)]
    response = officer.post(FORM, {**SENT, "units": units})
    assert response.status_code == 302
    found = Target.objects.order_by("agency")
    assert {each.agency_id for each in found} == {figures.commune.pk, figures.department.pk}
    assert {(int(each.value), each.document) for each in found} == {(50, "55/QĐ-UBND")}
    assert Event.objects.filter(kind="indicators.target_assigned").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "120"},
        {"value": "x"},
        {"last": "2026-01-01"},
        {"issuer": " "},
        {"units": []},
        {"units": ["00000000-0000-4000-8000-000000000000"]},
    ],
)
def test_a_wrong_target_is_refused_for_all(
    officer: Client, figures: Cast, wrong: dict[str, object]
) -> None:
    units = [str(figures.commune.uuid), str(figures.department.uuid)]
    response = officer.post(FORM, {**SENT, "units": units, **wrong})
    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()
    assert not Target.objects.exists()
    assert not Event.objects.filter(kind="indicators.target_assigned").exists()


def test_a_document_is_taken_up_again(officer: Client) -> None:
    former = target(80, document="12/KH-UBND")
    page = officer.get(FORM, {"mau": str(former.uuid)}).content.decode()
    assert 'value="12/KH-UBND"' in page
    assert "Giao tiếp theo văn bản này" in page


def test_a_target_is_ended_with_its_reason_and_judges_no_more(officer: Client) -> None:
    kept = target(99)
    address = f"{FORM}{kept.uuid}/thoi/"
    assert officer.post(address, {"on": "2026-11-20", "reason": ""}).status_code == 422
    assert not TargetEnd.objects.exists()
    assert officer.post(address, {"on": "2026-11-20", "reason": "Giao lại"}).status_code == 302
    assert TargetEnd.objects.get().on == date(2026, 11, 20)
    assert officer.post(address, {"on": "2026-11-20", "reason": "Lần nữa"}).status_code == 409
    assert "chỉ tiêu 99%" not in officer.get("/chi-dao/?ky=2026-11").content.decode()


def test_who_only_reads_assigns_nothing(figures: Cast, sign_in: SignIn) -> None:
    units = [str(figures.commune.uuid)]
    assert sign_in("tu").get(FORM).status_code == 403
    assert sign_in("tu").post(FORM, {**SENT, "units": units}).status_code == 403
    assert not Target.objects.exists()
