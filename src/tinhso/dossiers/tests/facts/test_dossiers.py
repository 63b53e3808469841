"""What a row of `dossiers.dossier` says, value by value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.facts.totals import of_dossiers
from tinhso.dossiers.models import (
    Channel,
    Dossier,
    ListedProcedure,
    Result,
    SupplementRequest,
)
from tinhso.dossiers.tests.factories import (
    AT,
    MARRIAGE,
    SYSTEM,
    application,
    received,
    step,
    submitted,
)
from tinhso.dossiers.tests.facts.warehouse import anew
from tinhso.dossiers.tests.stages import FIVE_DAYS, concluded, supplemented, until, waiting

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def row(dossier: Dossier) -> dict[str, Any]:
    return anew("dossiers.dossier")[str(dossier.uuid)]


@pytest.mark.parametrize(
    ("received_at", "day"),
    [
        (datetime(2026, 8, 31, 16, 59, tzinfo=UTC), date(2026, 8, 31)),  # 23:59 in Vietnam
        (datetime(2026, 8, 31, 17, 0, tzinfo=UTC), date(2026, 9, 1)),  # 00:00
        (datetime(2026, 8, 31, 23, 59, tzinfo=UTC), date(2026, 9, 1)),  # 06:59
        (datetime(2026, 9, 1, 0, 0, tzinfo=UTC), date(2026, 9, 1)),  # 07:00
    ],
)
def test_the_day_is_that_of_vietnam(desk: Desk, received_at: datetime, day: date) -> None:
    dossier = received(desk)
    Dossier.objects.filter(pk=dossier.pk).update(received_at=received_at, submitted_at=received_at)
    told = row(dossier)
    assert told["received_on"] == told["submitted_on"] == day == day_of(received_at)


def test_one_that_waits_at_the_desk_has_no_day_of_receipt(desk: Desk) -> None:
    told = row(submitted(desk))
    assert (told["received_on"], told["is_received"], told["is_on_time"]) == (None, False, None)
    assert (told["working_minutes"], told["appointed_minutes"]) == (None, None)
    assert told["agency"] == desk.commune.pk


def test_minutes_are_those_of_office_hours(desk: Desk) -> None:
    told = row(concluded(desk))
    assert told["is_settled"]
    assert told["is_on_time"]
    assert told["appointed_minutes"] == 4 * 8 * 60 - 30, (
        "Monday 8:00, half an hour after opening, to Thursday 17:00"
    )
    assert not told["finished_in_last_hours"]


def test_what_the_clock_stood_still_is_nobodys_time(desk: Desk) -> None:
    dossier = received(desk)
    services.suspend(dossier.uuid, reason="Chờ tòa", actor=SYSTEM, at=AT + HOUR)
    before = row(dossier)
    assert of_dossiers("appointed_minutes") == before["appointed_minutes"], "while it stands too"
    services.resume(dossier.uuid, note="Rõ", actor=SYSTEM, at=AT + 25 * HOUR)
    after = row(dossier)
    assert (before["paused_minutes"], after["paused_minutes"]) == (0, 8 * 60)
    assert before["appointed_minutes"] == after["appointed_minutes"], "it was moved by as much"


@pytest.mark.slow
def test_a_supplement_is_counted_and_what_is_asked_again_is_seen(desk: Desk) -> None:
    dossier = waiting(desk)
    assert (row(dossier)["supplements"], row(dossier)["asked_same_paper_twice"]) == (1, False)
    supplemented(dossier, actor=SYSTEM, at=AT + HOUR)
    first = SupplementRequest.objects.get()
    SupplementRequest.objects.create(
        id="00000000-0000-0000-0000-000000000001",
        dossier=dossier,
        at=AT + 2 * HOUR,
        actor="x",
        items=first.items,
        reason="Vẫn thiếu",
        answer_by=first.answer_by,
        phase="appraisal",
    )
    assert (row(dossier)["supplements"], row(dossier)["asked_same_paper_twice"]) == (2, True)


def test_a_result_signed_before_the_receipt_is_seen(desk: Desk) -> None:
    dossier = concluded(desk)
    assert not row(dossier)["was_received_after_work"]
    Result.objects.update(signed_on=day_of(AT) - timedelta(days=1))
    assert row(dossier)["was_received_after_work"]


def test_a_rush_is_the_last_hours_of_the_time(desk: Desk) -> None:
    dossier = concluded(desk)
    assert dossier.due_at is not None
    for earlier, rush, on_time in ((6, False, True), (3, True, True), (-1, False, False)):
        Dossier.objects.update(finished_at=dossier.due_at - earlier * HOUR)
        told = row(dossier)
        assert (told["finished_in_last_hours"], told["is_on_time"]) == (rush, on_time), earlier


@pytest.mark.slow
def test_lists_count_as_of_the_day_of_receipt(desk: Desk) -> None:
    turn = day_of(AT)
    for name, since, until_day in (
        ("online_part", date(2020, 1, 1), turn),
        ("online_whole", turn, None),
        ("project_06", turn + timedelta(days=1), None),
    ):
        ListedProcedure.objects.create(
            list=name, version="1", code=MARRIAGE, period=(since, until_day), document="QĐ"
        )
    before, on_the_day, after = (
        received(desk, at=AT + days * timedelta(days=1)) for days in (-3, 0, 1)
    )
    levels = [
        (row(each)["service_level"], row(each)["is_project_06"])
        for each in (before, on_the_day, after)
    ]
    assert levels == [("part", False), ("whole", False), ("whole", True)]


def test_the_former_version_of_a_list_counts_no_more(desk: Desk) -> None:
    ListedProcedure.objects.create(
        list="online_whole",
        version="1",
        code=MARRIAGE,
        period=(date(2020, 1, 1), None),
        is_current=False,
    )
    assert row(received(desk))["service_level"] == "none"


def test_a_reopened_dossier_is_counted_from_its_reopening(desk: Desk) -> None:
    dossier = concluded(desk)
    later = AT + timedelta(days=28)
    services.reopen(
        dossier.uuid,
        actor=SYSTEM,
        decision_number="7/QĐ",
        decided_on=day_of(later),
        reason="Khiếu nại đúng",
        term=FIVE_DAYS,
        at=later,
    )
    told = row(dossier)
    assert (told["was_reopened"], told["is_settled"], told["finished_on"]) == (True, False, None)
    assert told["appointed_minutes"] == 6 * 8 * 60 - 30, "from Monday 8:00, five working days"


def test_a_step_sent_back_is_seen(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    assert not row(dossier)["was_returned"]
    services.send_back(
        dossier.uuid, step(dossier, "ky_duyet"), to="tham_dinh", note="Lại", actor=SYSTEM, at=AT
    )
    assert row(dossier)["was_returned"]


def test_the_commune_is_where_the_applicant_lives_else_the_desk(desk: Desk) -> None:
    dossier = received(desk)
    assert row(dossier)["commune_agency"] == desk.commune.pk
    assert row(dossier)["commune"] == "H99.41"


def test_a_one_stop_desk_is_of_the_commune_above_it(desk: Desk) -> None:
    dossier = received(desk)
    counter = make_agency("Một cửa xã Ba Gia", kind=AgencyKind.CENTRE, parent=desk.commune)
    Dossier.objects.filter(pk=dossier.pk).update(receiving_agency=counter)
    assert row(dossier)["commune_agency"] == desk.commune.pk
    Dossier.objects.filter(pk=dossier.pk).update(receiving_agency=desk.health)
    assert row(dossier)["commune_agency"] is None


def test_online_and_post_are_ways_of_their_own(desk: Desk) -> None:
    ways = {
        channel: services.submit(
            application(MARRIAGE, agency=desk.commune, channel=channel), actor=desk.clerk, at=AT
        )
        for channel in (Channel.NATIONAL, Channel.COUNTER)
    }
    told = {channel: row(dossier) for channel, dossier in ways.items()}
    assert [told[channel]["is_online"] for channel in ways] == [True, False]
