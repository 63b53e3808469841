"""The page of the queue: saved views, acts on many, export, the dense table, filters in the address."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, SavedView, Step, WorkItem
from tinhso.dossiers.pages.exporting import columns
from tinhso.dossiers.pages.filtering import chosen_in, parameters_of
from tinhso.dossiers.services import exporting
from tinhso.dossiers.tests.factories import AT, application, received, submitted
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.events.models import Event
from tinhso.payments.queries import standing
from tinhso.ui import formatting

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

QUEUE = "/ho-so/"


def boxes(*dossiers: Dossier) -> list[str]:
    """What the boxes of a page carry."""
    return [
        f"{item.pk}:{item.dossier.version}"
        for item in WorkItem.objects.filter(dossier__in=dossiers).select_related("dossier")
    ]


def acts(client: Client, slug: str, chosen: list[str], **said: Any) -> Any:
    return client.post(f"{QUEUE}hang-loat/", {"viec": slug, "chon": chosen, **said})


def test_the_address_carries_every_filter_there_and_back() -> None:
    query = (
        "tim=lan&cua=toi&tab=qua-han&thu-tuc=1&buoc=forward&nguoi=me&co-quan=3&kenh=post"
        "&tu=2026-01-01&den=2026-02-01"
    )
    assert parameters_of(chosen_in(QueryDict(query))) == QueryDict(query).dict()


@pytest.mark.slow
def test_it_is_filtered_by_channel_and_day(desk: Desk) -> None:
    old, new = submitted(desk), submitted(desk, at=AT + timedelta(days=2))
    client = signed_in(desk, "clerk")
    for query, found in (
        ("?kenh=national", {old, new}),
        ("?kenh=counter", set()),
        ("?tu=2026-09-15", {new}),
        ("?den=2026-09-14", {old}),
        ("?tu=2026-09-14&den=2026-09-16", {old, new}),
        ("?tu=15/09/2026", {new}),
    ):
        shown = client.get(f"{QUEUE}{query}").content.decode()
        assert {dossier for dossier in (old, new) if dossier.shown_reference in shown} == found, (
            query
        )


def test_a_default_view_opens_the_queue_and_can_be_left(desk: Desk) -> None:
    client = signed_in(desk, "clerk")
    said = {"ten": "Trễ hạn", "loc": "tim=lan&tab=qua-han", "mac-dinh": "1"}
    assert client.post(f"{QUEUE}bo-loc/", said).status_code == 302
    view = SavedView.objects.get()
    assert view.filters == {"tab": "qua-han"}, "what was searched for is not kept"
    assert client.get(QUEUE).headers["Location"] == f"{QUEUE}?cua=&tab=qua-han"
    assert client.get(f"{QUEUE}?cua=").status_code == 200
    client.post(f"{QUEUE}bo-loc/{view.uuid}/mac-dinh/", {"mac-dinh": "0"})
    assert client.get(QUEUE).status_code == 200
    client.post(f"{QUEUE}bo-loc/{view.uuid}/xoa/")
    assert not SavedView.objects.exists()


@pytest.mark.slow
def test_many_are_received_each_by_itself(desk: Desk) -> None:
    first, second, gone = submitted(desk), submitted(desk), submitted(desk)
    chosen = boxes(first, second, gone)
    services.receive(gone.uuid, actor=desk.colleague, at=AT)
    events = Event.objects.filter(kind="dossiers.received").count()
    client = signed_in(desk, "clerk")
    asked = acts(client, "tiep-nhan", chosen)
    assert (asked.status_code, asked.context["act"].slug) == (200, "tiep-nhan")
    assert "Tiếp nhận 2 hồ sơ" in asked.content.decode()
    assert Event.objects.filter(kind="dossiers.received").count() == events, "asked first"
    answer = acts(client, "tiep-nhan", chosen, **{"xac-nhan": "1"})
    assert [line.refusal is None for line in answer.context["lines"]] == [True, True, False]
    assert Dossier.objects.exclude(number=None).count() == 3
    assert Event.objects.filter(kind="dossiers.received").count() == events + 2
    assert Event.objects.filter(kind="dossiers.received").values("subject").distinct().count() == 3
    said = answer.content.decode()
    for dossier in Dossier.objects.filter(pk__in=(first.pk, second.pk)):
        assert dossier.number is not None
        assert dossier.number in said
        assert formatting.moment(dossier.due_at) in said
        charged = sum(one.charge.amount for one in standing(dossier.uuid))
        assert f"{formatting.number(charged)} đồng" in said or "Không có phí" in said


@pytest.mark.slow
def test_a_dossier_that_was_changed_meanwhile_is_refused_alone(desk: Desk) -> None:
    first, second = received(desk), received(desk)
    chosen = boxes(first, second)
    step = Step.objects.get(dossier=first.pk, closed_at=None)
    services.assign(first.uuid, step.pk, actor=desk.head, person=None, at=AT)
    answer = acts(signed_in(desk, "specialist"), "nhan", chosen)
    codes = {
        line.item.dossier_id: line.refusal and line.refusal.code for line in answer.context["lines"]
    }
    assert codes == {first.pk: "stale_version", second.pk: None}
    assert set(WorkItem.objects.exclude(person=None).values_list("dossier", flat=True)) == {
        second.pk
    }


@pytest.mark.slow
def test_many_are_assigned_after_it_is_said_to_whom(desk: Desk) -> None:
    dossiers = [received(desk), received(desk)]
    client = signed_in(desk, "head")
    asked = acts(client, "phan-cong", boxes(*dossiers))
    assert asked.status_code == 200
    assert not WorkItem.objects.exclude(person=None).exists()
    assert acts(client, "phan-cong", boxes(*dossiers), **{"xac-nhan": "1"}).status_code == 422
    said = {"xac-nhan": "1", "person": desk.specialist.user}
    answer = acts(client, "phan-cong", boxes(*dossiers), **said)
    assert answer.context["done"] == 2
    assert set(WorkItem.objects.values_list("person", flat=True)) == {desk.specialist.user}


@pytest.mark.slow
def test_many_go_on_with_the_same_outcome(desk: Desk) -> None:
    dossiers = [received(desk), received(desk)]
    said = {"xac-nhan": "1", "outcome": "agree", "note": "Đủ"}
    answer = acts(signed_in(desk, "specialist"), "chuyen-buoc", boxes(*dossiers), **said)
    assert answer.context["done"] == 2
    assert set(WorkItem.objects.values_list("act", flat=True)) == {"decide"}


def test_what_is_elsewhere_is_not_touched_and_not_told(desk: Desk) -> None:
    dossier = received(desk)
    answer = acts(signed_in(desk, "builder"), "nhan", boxes(dossier))
    assert [line.refusal.code for line in answer.context["lines"]] == ["dossiers.step_not_found"]
    assert str(dossier.number) not in answer.content.decode()
    assert not WorkItem.objects.exclude(person=None).exists()


@pytest.mark.parametrize(
    ("slug", "chosen", "status"),
    [("nhan", [], 302), ("nhan", ["x"], 302), ("gi-do", [], 404), ("tiep-nhan", [], 403)],
)
def test_nothing_happens_without_a_choice_an_act_or_the_right(
    desk: Desk, slug: str, chosen: list[str], status: int
) -> None:
    answer = acts(signed_in(desk, "specialist"), slug, chosen, loc="tab=qua-han")
    assert answer.status_code == status
    assert answer.headers.get("Location", f"{QUEUE}?tab=qua-han") == f"{QUEUE}?tab=qua-han"


def test_the_export_is_what_is_filtered_as_text_and_is_logged(desk: Desk) -> None:
    plain = received(desk)
    services.submit(
        application(agency=desk.commune, full_name="=1+1 Hoa", address="+84"),
        actor=desk.clerk,
        at=AT,
    )
    client = signed_in(desk, "clerk")
    answer = client.get(f"{QUEUE}ket-xuat.csv?buoc=receive")
    assert answer.streaming
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == [str(column) for column in columns()]
    assert [row[3:5] for row in rows[1:]] == [["'=1+1 Hoa", "'+84"]]
    assert str(plain.number) not in text
    told = Event.objects.get(kind="dossiers.queue_exported")
    assert told.payload == {"format": "csv", "rows": 1, "filters": ["buoc"]}
    read = Event.objects.filter(kind="parties.read", payload__purpose="queue_export").get()
    assert len(read.payload["parties"]) == 1


def test_the_spreadsheet_says_the_same(desk: Desk) -> None:
    dossier = received(desk)
    answer = signed_in(desk, "clerk").get(f"{QUEUE}ket-xuat.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][0] == str(dossier.number)
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_too_long_a_list_is_not_exported(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    received(desk)
    received(desk)
    monkeypatch.setattr(exporting, "LONGEST", 1)
    assert signed_in(desk, "clerk").get(f"{QUEUE}ket-xuat.csv").status_code == 422
    assert not Event.objects.filter(kind="dossiers.queue_exported").exists()


def test_another_unit_exports_nothing_of_it(desk: Desk) -> None:
    dossier = received(desk)
    answer = signed_in(desk, "builder").get(f"{QUEUE}ket-xuat.csv")
    assert str(dossier.number) not in answer.getvalue().decode()


def test_the_dense_table_is_remembered(desk: Desk) -> None:
    received(desk)
    client = signed_in(desk, "clerk")
    assert "table--dense" not in client.get(f"{QUEUE}?cua=").content.decode()
    answer = client.post(f"{QUEUE}kieu-bang/", {"gon": "1", "loc": "tab=qua-han"})
    assert answer.headers["Location"] == f"{QUEUE}?tab=qua-han"
    assert "table--dense" in client.get(f"{QUEUE}?cua=").content.decode()


@pytest.mark.parametrize("who", ["clerk", "specialist", "leader"])
@pytest.mark.parametrize("query", ["?cua=", "?cua=toi", "?cua=&tim=lan", "?cua=&kenh=national"])
@pytest.mark.slow
def test_a_page_asks_the_database_no_more_however_long_it_is(
    desk: Desk, who: str, query: str
) -> None:
    """Who is there (2), their rights, editions, saved views, counts, lines, what was read, the menu (2: dossiers,
    notices), tasks (2: which agencies, how many).

    One more where nothing is late: the menu then says how much there is.
    """
    for _ in range(3):
        received(desk)
    client = signed_in(desk, who)
    client.get(f"{QUEUE}{query}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{QUEUE}{query}").status_code == 200
    assert len(asked) <= 13, [str(each["sql"])[:90] for each in asked]
    for _ in range(6):
        received(desk)
    with CaptureQueriesContext(connection) as asked_again:
        client.get(f"{QUEUE}{query}")
    assert len(asked_again) <= len(asked)
