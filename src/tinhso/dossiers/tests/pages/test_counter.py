"""The counter takes in: in person, by post, by a helper; for its own unit and for another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.agencies.models import Agency, AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.dossiers.models import ChannelRule, Dossier, Draft, NumberCounter, State
from tinhso.dossiers.tests.factories import ANSWERS, BUILDING, MARRIAGE, definition_of
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.events.models import Event

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.dossiers.tests.factories import Desk

HELPED = {
    "came-helper": "Tổ công nghệ số cộng đồng thôn Một",
    "came-given_by": "Lan Một",
    "came-given_on": "2026-09-14",
    "came-way": "spoken",
}


def typed(code: str = MARRIAGE, **more: Any) -> dict[str, Any]:
    """The form of the procedure as a browser sends it."""
    values: dict[str, Any] = {}
    for name, value in ANSWERS[code].items():
        if isinstance(value, bool):
            values[name] = "yes" if value else "no"
        elif isinstance(value, str) and value[4:5] == "-":
            year, month, day = value.split("-")
            values |= {f"{name}.day": day, f"{name}.month": month, f"{name}.year": year}
        else:
            values[name] = value
    return {**values, "then": "receive", **more}


def address(code: str = MARRIAGE, *, way: str = "counter") -> str:
    return f"/ho-so/tiep-nhan/{code}/?kenh={way}&nhap={uuid4()}"


def sent(house: Desk, who: str = "clerk", *, way: str = "counter", **more: Any) -> HttpResponse:
    return signed_in(house, who).post(address(way=way), typed(**more))  # type: ignore[return-value]


def test_a_bad_file_and_a_wrong_day_are_told_together(desk: Desk) -> None:
    fields = set(definition_of(MARRIAGE).form.fields) - {"phone"}
    wrong: dict[str, Any] = {"ngay_sinh.year": "2990", "form-shown": ",".join(fields)}
    answer = sent(desk, paper_0=SimpleUploadedFile("ket-hon.pdf", b"no paper"), **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Năm 2990 ở" in page
    assert "ket-hon.pdf: Nội dung tệp không đúng" in page
    assert 'value="2990"' in page
    assert "Nhập “Số điện thoại”" not in page, "what was not asked yet is not judged"


def test_it_is_handed_in_and_received_in_one_go(desk: Desk) -> None:
    answer = sent(desk)
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.channel) == (State.IN_PROCESS, "counter")
    assert dossier.helping_agency_id is None
    assert not Draft.objects.exists()


def test_a_receipt_that_fails_leaves_nothing_handed_in(desk: Desk) -> None:
    """Neither the commune nor its province has a code for official numbers: nothing half happens."""
    from tinhso.agencies.models import AgencyPeriod  # noqa: PLC0415

    AgencyPeriod.objects.update(agency_code="")
    events = Event.objects.filter(kind__startswith="dossiers.").count()
    answer = sent(desk)
    assert answer.status_code == 409
    assert not Dossier.objects.exists()
    assert not NumberCounter.objects.exists()
    assert Draft.objects.count() == 1, "what was typed is still there"
    assert Event.objects.filter(kind__startswith="dossiers.").count() == events


def test_what_came_by_post_is_dated_by_its_arrival(desk: Desk) -> None:
    answer = sent(
        desk,
        way="post",
        **{
            "came-arrived_on": "2026-09-11",
            "came-arrived_time": "15:30",
            "came-posted_on": "2026-09-09",
            "came-tracking": "RR000000000VN",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get()
    item = dossier.postalitems.get()
    assert dossier.channel == "post"
    assert dossier.submitted_at.isoformat() == "2026-09-11T08:30:00+00:00"
    assert (item.arrived_at, item.tracking) == (dossier.submitted_at, "RR000000000VN")
    assert str(item.posted_on) == "2026-09-09"
    assert dossier.received_at is not None
    assert dossier.received_at > dossier.submitted_at


@pytest.mark.parametrize(
    ("day", "envelope", "field"),
    [("2099-01-01", "2026-09-09", "arrived_on"), ("2026-09-11", "2026-09-12", "posted_on")],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(
    desk: Desk, day: str, envelope: str, field: str
) -> None:
    facts = {"came-arrived_on": day, "came-arrived_time": "08:00", "came-posted_on": envelope}
    answer = sent(desk, way="post", **facts)
    assert answer.status_code == 422
    assert f'href="#id_came-{field}"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_helper_files_with_the_applicants_consent(desk: Desk) -> None:
    answer = sent(desk, way="helper", **HELPED, **{"came-helping": str(desk.commune.pk)})
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get()
    consent = dossier.consents.get()
    assert (dossier.channel, dossier.helping_agency_id) == ("helper", desk.commune.pk)
    assert (consent.given_by, str(consent.given_on), consent.way) == (
        "Lan Một",
        "2026-09-14",
        "spoken",
    )
    assert consent.helper == "Tổ công nghệ số cộng đồng thôn Một"


def test_a_helper_without_consent_is_refused_and_the_text_is_kept(desk: Desk) -> None:
    answer = sent(desk, way="helper", **{"came-helper": "Bưu cục Ba Gia"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nhập “Người đồng ý cho nộp hộ”." in page
    assert "Bưu cục Ba Gia" in page
    assert not Dossier.objects.exists()
    kept = Draft.objects.get()
    again = signed_in(desk, "clerk").get(
        f"/ho-so/tiep-nhan/{MARRIAGE}/?kenh=helper&nhap={kept.uuid}"
    )
    assert "Bưu cục Ba Gia" in again.content.decode()


def test_a_way_that_the_rule_closes_has_no_page(desk: Desk) -> None:
    ChannelRule.objects.filter(channel="helper").delete()
    client = signed_in(desk, "clerk")
    assert "kenh=helper" not in client.get("/ho-so/tiep-nhan/").content.decode()
    assert client.get(address(way="helper")).status_code == 409
    assert sent(desk, way="helper", **HELPED).status_code == 409
    assert not Draft.objects.exists()


def other_commune(desk: Desk) -> Agency:
    return make_agency("Xã Bờ Y", kind=AgencyKind.COMMUNE, parent=desk.province, code="H99.42")


@pytest.mark.slow
def test_any_counter_takes_in_what_another_commune_settles(desk: Desk) -> None:
    elsewhere = other_commune(desk)
    answer = sent(desk, agency=str(elsewhere.pk))
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get()
    assert dossier.competent_agency_id == elsewhere.pk
    here = {dossier.helping_agency_id, dossier.receiving_agency_id, dossier.returning_agency_id}
    assert here == {desk.commune.pk}
    assert str(dossier.number).startswith("H99.41")
    assert dossier.items.get().agency_id == elsewhere.pk, "the work lies where it is settled"
    page = signed_in(desk, "clerk").get(answer["Location"]).content.decode()
    for word in ("Nơi giúp nộp", "Nơi tiếp nhận", "Nơi giải quyết", "Nơi trả kết quả"):
        assert word in page


def test_a_commune_takes_in_what_a_department_settles(desk: Desk) -> None:
    client = signed_in(desk, "clerk")
    answer = client.get(address(BUILDING))
    assert answer.status_code == 200
    assert "Nơi giải quyết" not in answer.content.decode(), "the field says who is competent"


def test_a_desk_of_somebody_else_is_not_chosen(desk: Desk) -> None:
    """The name of a desk in the post is no right there: one's own desk is taken."""
    answer = sent(desk, desk=str(desk.construction.pk))
    assert answer.status_code == 302
    assert Dossier.objects.get().receiving_agency_id == desk.commune.pk


def test_whoever_has_no_right_at_a_desk_does_not_come_in(desk: Desk) -> None:
    for who in ("specialist", "leader"):
        assert signed_in(desk, who).get(address()).status_code == 403
        assert sent(desk, who).status_code == 403
    assert not Draft.objects.exists()


def test_both_acts_are_in_the_log(desk: Desk) -> None:
    sent(desk)
    kinds = Event.objects.filter(subject=Dossier.objects.get().uuid).order_by("pk")
    assert [event.kind for event in kinds] == [
        "dossiers.submitted",
        "dossiers.received",
        "payments.charged",
    ]


def test_a_paper_that_is_not_asked_for_is_not_to_be_compared(desk: Desk) -> None:
    clerk = signed_in(desk, "clerk")
    place = address()
    asking: dict[str, Any] = {"headers": {"X-Asking": "1"}}
    unmarried = clerk.post(place, typed(), **asking).content.decode()
    divorced = typed(tung_ket_hon="yes", tinh_trang="ly_hon")
    after = clerk.post(place, divorced, **asking).content.decode()
    assert 'name="seen-giay-cu"' in unmarried
    assert 'name="seen-ly-hon"' not in unmarried
    assert 'name="seen-ly-hon"' in after
    assert not Dossier.objects.exists()
