"""A data set is delivered, corrected, read with permission; the pages and the API alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.accounts.tests.calling import caller, content
from tinhso.datasets import catalogue, services
from tinhso.datasets.errors import (
    ColumnsWrong,
    DeliveryUnknown,
    NotTheOwner,
    PeriodNotOver,
    PeriodUnknown,
)
from tinhso.datasets.models import DataRow, Delivery, Instalment, ReturnedLine
from tinhso.datasets.permissions import DatasetPermission as Right
from tinhso.datasets.queries import Freshness, OwnSource, delivered_source, own_sources, rows_of
from tinhso.datasets.tests.factories import (
    AT,
    CODE,
    FILE,
    HEADS,
    LATE,
    PERIOD,
    World,
    make_world,
    publish_entry,
)
from tinhso.events.models import Event, Position
from tinhso.indicators.models import Report
from tinhso.kernel.errors import NotAllowed
from tinhso.warehouse.models import Snapshot
from tinhso.warehouse.reading import table_of
from tinhso.warehouse.syncing import end_of_log, rebuild

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.accounts.actors import OfficerActor

world = pytest.fixture(begun_with(make_world))


def given(world: World, file: bytes = FILE, **other: Any) -> Delivery:
    facts: dict[str, Any] = {"filename": "q3.csv", "actor": world.deliverer, "at": AT, **other}
    return services.deliver(CODE, facts.pop("period", PERIOD), file, **facts)


def sits(actor: OfficerActor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.user))
    return made


def nothing_held() -> bool:
    return not any(
        model.objects.exists() for model in (Instalment, Delivery, DataRow, ReturnedLine)
    )


def test_good_lines_stand_bad_ones_are_returned_and_the_log_has_counts_only(world: World) -> None:
    made = given(world)
    assert (made.good, made.changed, made.bad) == (2, 2, 1)
    assert [row.about for row in DataRow.objects.order_by("pk")] == list(world.communes)
    returned = ReturnedLine.objects.get()
    assert (returned.line, returned.column, returned.cells[1]) == (4, "dan_so", "một")
    event = Event.objects.get(kind="datasets.delivered")
    assert event.payload == {
        "dataset": CODE,
        "period": PERIOD,
        "good": 2,
        "changed": 2,
        "bad": 1,
        "sha256": made.sha256,
    }


def test_a_later_delivery_replaces_by_key_and_the_former_stays(world: World) -> None:
    given(world)
    again = given(world, f"{HEADS}21025;1000;905;90,5;30/09/2025\n21028;2100;1800;;\n".encode())
    assert (again.good, again.changed) == (2, 1)
    assert DataRow.objects.count() == 3
    standing = DataRow.objects.standing().order_by("about")
    assert [(row.version, row.values["dan_so"]) for row in standing] == [(1, 1000), (2, 2100)]


def test_what_is_refused_holds_nothing(world: World) -> None:
    refusals: list[tuple[type[Exception], dict[str, Any]]] = [
        (ColumnsWrong, {"file": b"ma_xa\n21025\n"}),
        (PeriodUnknown, {"period": "2025-Q2"}),
        (PeriodNotOver, {"period": "2025-Q4"}),
        (NotAllowed, {"actor": world.other, "agency": world.owner.pk}),
        (NotTheOwner, {"agency": world.communes[0].pk}),
    ]
    for refusal, facts in refusals:
        with pytest.raises(refusal):
            given(world, **facts)
    assert nothing_held()
    assert not Event.objects.filter(kind="datasets.delivered").exists()


def test_it_waits_then_is_late_and_a_delivery_with_good_lines_makes_it_fresh(world: World) -> None:
    dataset = catalogue.dataset(CODE)
    early = delivered_source(dataset, at=AT - timedelta(days=10))
    assert early.freshness is Freshness.NOT_YET
    assert delivered_source(dataset, at=AT).freshness is Freshness.WAITING
    given(world, f"{HEADS}00000;1;1;;\n".encode())
    late = delivered_source(dataset, at=LATE)
    assert (late.freshness, late.rejected) == (Freshness.LATE, 1)
    given(world, at=LATE)
    fresh = delivered_source(dataset, at=LATE)
    assert (fresh.freshness, fresh.rows, fresh.delivered) == (Freshness.FRESH, 2, 1)


def test_a_table_of_our_own_is_late_when_what_the_log_told_long_ago_is_not_in_it(
    world: World,
) -> None:
    given(world)
    table = "indicators.report"
    Snapshot.objects.create(table=table, number=1, position=end_of_log(), made_at=AT)
    told = Event.objects.order_by("pk").first()
    assert told is not None
    end = end_of_log() + 1
    Position.objects.create(event=told, position=end)

    def of(at: datetime) -> OwnSource:
        return next(one for one in own_sources(at=at) if one.table.code == table)

    soon, later = of(told.at), of(told.at + timedelta(hours=1))
    assert (soon.freshness, soon.behind) == (Freshness.FRESH, 1)
    assert (later.freshness, later.behind) == (Freshness.LATE, 1)


def test_a_reader_sees_rows_of_his_agencies_and_files_of_them_alone(world: World) -> None:
    made = given(world)
    dataset = catalogue.dataset(CODE)
    seen = {
        name: len(rows_of(dataset, PERIOD, None, actor, at=AT))
        for name, actor in (
            ("chair", world.chair),
            ("owner", world.deliverer),
            ("commune", world.reader),
            ("other", world.other),
        )
    }
    assert seen == {"chair": 2, "owner": 2, "commune": 1, "other": 0}
    for stranger in (world.reader, world.other):
        with pytest.raises(DeliveryUnknown):
            services.take_bad_rows(made.uuid, actor=stranger, at=AT)
    assert not Event.objects.filter(kind="datasets.bad_rows_read").exists()


@pytest.mark.slow
def test_it_is_delivered_on_the_page_and_its_bad_lines_are_taken_back(world: World) -> None:
    desk = sits(world.deliverer)
    page = reverse("datasets:delivering", args=[CODE])
    upload = SimpleUploadedFile("q3.csv", FILE + b"=1+1;1;1;;\n", "text/csv")
    body = {"period": PERIOD, "agency": world.owner.pk, "upload": upload}
    assert desk.get(page).status_code == 200
    wrong = {**body, "upload": SimpleUploadedFile("q3.csv", b"a;b\n1;2\n", "text/csv")}
    answer = desk.post(page, wrong)
    assert (answer.status_code, nothing_held()) == (422, True)
    assert "thiếu cột ma_xa" in answer.content.decode()
    answer = desk.post(page, body)
    made = Delivery.objects.get()
    assert answer["Location"] == reverse("datasets:delivery", args=[made.uuid])
    assert "dan_so" in desk.get(answer["Location"]).content.decode()
    taken: Any = desk.get(reverse("datasets:bad_rows", args=[made.uuid]))
    lines = b"".join(taken.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "dong,cot_loi,can_ghi,ma_xa,dan_so,tham_gia,ty_le,ngay_chot"
    assert [line.split(",")[:2] for line in lines[1:]] == [["4", "dan_so"], ["5", "ma_xa"]]
    assert ",'=1+1," in lines[2]
    assert Event.objects.filter(kind="datasets.bad_rows_read").count() == 1


@pytest.mark.slow
def test_rows_are_shown_and_exported_and_each_reading_is_on_record(world: World) -> None:
    given(world)
    chair = sits(world.chair)
    for name in ("sources", "dataset", "rows", "export"):
        address = reverse(f"datasets:{name}", args=[] if name == "sources" else [CODE])
        answer: Any = chair.get(address)
        assert answer.status_code == 200, name
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("UBND xã Ba Gia,1.000,905,")
    read = Event.objects.filter(kind="datasets.rows_read").order_by("pk")
    told = [(event.payload["format"], event.payload["rows"]) for event in read]
    assert told == [("html", 2), ("csv", 2)]
    assert sits(world.other).get(reverse("datasets:rows", args=[CODE])).status_code == 200
    assert read.count() == 2


def test_a_system_delivers_once_a_key(world: World) -> None:
    system = caller(world.owner, {Right.READ, Right.DELIVER}, secret="ts_yte")
    path = f"/api/v1/datasets/{CODE}/periods/{PERIOD}/deliveries"
    headers = {"Authorization": "Bearer ts_yte", "Idempotency-Key": "q3-000001"}

    def send(file: bytes) -> Any:
        upload = SimpleUploadedFile("q3.csv", file, "text/csv")
        return system.client.post(path, {"file": upload}, headers=headers)

    first, again, other = send(FILE), send(FILE), send(FILE + b"\n")
    assert [one.status_code for one in (first, again, other)] == [201, 200, 409]
    made = content(first)
    assert (made["good"], made["bad"], Delivery.objects.count()) == (2, 1, 1)
    assert made["returned"][0]["column"] == "dan_so"
    assert content(system.get(first["Location"])) == made
    (known,) = content(system.get("/api/v1/datasets"))["datasets"]
    assert known["key"] == ["ma_xa"]


@pytest.mark.slow
def test_a_figure_of_the_same_agency_and_period_stands_beside_the_rows(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.WAREHOUSE = tmp_path
    publish_entry("indicator", "reports-due", REPORTS_DUE)
    commune, chair = world.communes[0], sits(world.chair)
    for due in (date(2025, 9, 30), date(2025, 10, 1)):
        owed = {"level": "unit", "period": f"{due:%Y-%m}", "first": due, "last": due}
        Report.objects.create(
            regime="r", regime_version="1", agency=commune, due_on=due, at=AT,
            receiver=world.owner, **owed,
        )  # fmt: skip
    given(world)
    page = reverse("datasets:export", args=[CODE]) + "?chi_tieu=reports-due"

    def figures() -> list[str]:
        answer: Any = chair.get(page)
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        return [line.rpartition(",")[2] for line in lines]

    assert figures() == ["Báo cáo đến hạn", *["không tính được"] * 2]
    rebuild(table_of("indicators.report"), at=AT)
    assert figures() == ["Báo cáo đến hạn", "1 báo cáo", "không có số liệu"]
    answer = sits(world.reader).get(page.replace(".csv", "/"))
    assert "1 báo cáo" in answer.content.decode()


REPORTS_DUE = {
    "name": "Báo cáo đến hạn",
    "unit": "báo cáo",
    "fact": "indicators.report",
    "day": "due_on",
    "measure": {"kind": "count"},
    "by": ["agency"],
}
