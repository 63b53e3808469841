"""What citizens' pages say once, in their words, and only where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import day_of, now
from tinhso.dossiers.models import Channel
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    ID,
    MARRIAGE,
    VISITOR,
    definition_of,
    received,
    submitted,
)
from tinhso.forms import rendering
from tinhso.forms.fields import Given
from tinhso.portal import queries
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def looked_up(dossier: Dossier) -> str:
    client = Client()
    client.post(reverse("portal:look_up"), {"ma": dossier.reference, "so": ID})
    return client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()


@pytest.mark.slow
def test_the_state_is_said_once_before_receipt_and_with_its_pace_after_it(desk: Desk) -> None:
    assert 'class="pill' not in looked_up(submitted(desk)).partition("Quá trình xử lý")[0]
    assert 'class="pill' in looked_up(received(desk))


@pytest.mark.usefixtures("desk")
def test_a_procedure_for_persons_is_not_offered_to_organisations() -> None:
    kind = definition_of(MARRIAGE).form.fields["applicant_kind"]
    assert [choice.value for choice in kind.choices()] == ["citizen"]
    kind = definition_of(BUILDING).form.fields["applicant_kind"]
    assert [choice.value for choice in kind.choices()] == ["citizen", "organisation"]


@pytest.mark.usefixtures("desk")
def test_where_both_may_apply_nobody_is_taken_for_either(client: Client) -> None:
    draft = drafting.start(BUILDING, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert "applicant_kind" not in draft.answers["typed"]
    form = definition_of(BUILDING).form
    page = rendering.fields(form, form.steps[0], drafting.answers_of(draft, at=AT))
    assert "checked" not in page
    assert "Khi người nộp là cá nhân" in page
    assert "Khi người nộp là doanh nghiệp, tổ chức" in page
    for kind, asked in (("citizen", "personal_id"), ("organisation", "tax_code")):
        judged = form.validate(form.of_values({"applicant_kind": kind}))
        assert judged.keys() & {"personal_id", "tax_code"} == {asked}
    shown = client.get(reverse("portal:procedure", args=[BUILDING])).content.decode()
    assert "Cá nhân; doanh nghiệp, tổ chức" in shown
    for path in ("/", "/thu-tuc/", f"/thu-tuc/{BUILDING}/"):
        assert client.head(path).status_code == 200
    followed = client.get(f"/thu-tuc/{BUILDING}/nop/")
    assert followed["Location"] == f"/thu-tuc/{BUILDING}/"


@pytest.mark.usefixtures("desk")
def test_the_only_kind_of_applicant_is_told_not_asked(client: Client) -> None:
    draft = begin(client)
    page = client.get(reverse("portal:step", args=[draft.uuid, "nguoi-nop"])).content.decode()
    assert (
        '<input type="hidden" id="f-applicant-kind" name="applicant_kind" value="citizen">' in page
    )
    assert "organisation" not in page


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("married", "status", "errors"),
    [(False, None, set()), (True, "dang_co", set()), (True, "goa", {"paper_0"})],
)
def test_a_paper_is_asked_and_needed_on_its_condition(
    married: bool, status: str | None, errors: set[str]
) -> None:
    form = definition_of(MARRIAGE).form
    values = {"tung_ket_hon": married, "tinh_trang": status, "so_ban_an": "1/2020"}
    answers = form.of_values(
        {name: value for name, value in values.items() if value is not None},
        given=Given(on=day_of(now())),
    )
    papers = form.steps[-1]
    assert set(form.validate(answers, papers)) == errors
    assert ("paper_0" in {field.name for field in form.fields_of(papers, answers)}) is bool(errors)


@pytest.mark.usefixtures("desk")
def test_content_under_review_is_said_once(client: Client) -> None:
    page = client.get(reverse("portal:procedure", args=[MARRIAGE])).content.decode()
    assert page.count("đang được rà soát") == 1


@pytest.mark.usefixtures("desk")
def test_the_source_map_stands_at_the_end_of_the_page(client: Client) -> None:
    page = client.get(reverse("portal:home")).content.decode()
    address = f'href="{reverse("sourcemap:overview")}"'
    assert address not in page.partition("<footer")[0]
    assert address in page.partition("<footer")[2]


def test_communes_are_in_vietnamese_order(desk: Desk) -> None:
    for name in ("Xã Đắk Một", "Xã Đa Một", "Xã Dục Một", "Xã Ăng Một", "Xã Anh Một", "Xã Êa Một"):
        make_agency(name, kind=AgencyKind.COMMUNE, parent=desk.province)
    names = [period.name for period in queries.communes(day_of(now()))]
    assert names == [
        "Xã Anh Một", "Xã Ăng Một", "Xã Ba Gia", "Xã Dục Một", "Xã Đa Một", "Xã Đắk Một", "Xã Êa Một",
    ]  # fmt: skip


@pytest.mark.slow
def test_officers_are_told_when_the_form_names_somebody_else(desk: Desk) -> None:
    client, clerk = Client(), Client()
    hung = signed_in(client, "Hùng", personal_id="000090000002")
    clerk.force_login(User.objects.get(pk=desk.clerk.user))
    told = clerk.get(reverse("dossiers:dossier", args=[submitted(desk, actor=hung).uuid]))
    assert "giấy ủy quyền" in told.content.decode()
    own = clerk.get(reverse("dossiers:dossier", args=[submitted(desk).uuid]))
    assert "giấy ủy quyền" not in own.content.decode()
