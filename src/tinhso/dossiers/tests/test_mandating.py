"""The duty to file on line: who decides it, of what, from when; and the desk that is held to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.errors import ReasonMissing
from tinhso.dossiers.models import (
    Channel,
    Dossier,
    ListedProcedure,
    OnlineDuty,
    PaperException,
    PaperReason,
)
from tinhso.dossiers.online_errors import (
    DocumentMissing,
    DutyAhead,
    DutyNotFound,
    DutyStands,
    NotFullyOnline,
    OnlineOnly,
)
from tinhso.dossiers.plans.bringing import Bringing, OnPaper
from tinhso.dossiers.queries.lists import duty_on, listings, ranking
from tinhso.dossiers.services import submit
from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.services.mandating import end_online_duty, mandate_online
from tinhso.dossiers.tests.factories import AT, MARRIAGE, WELL, answers, officer
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

TODAY, NEXT_MONTH = date(2026, 9, 14), date(2026, 10, 1)
DOCUMENT, REASON = "Quyết định 12/QĐ-UBND ngày 10/9/2026", "Nhiều người làm, đã quen nộp trên mạng."


@pytest.fixture
def leader(desk: Desk) -> OfficerActor:
    """The head of the province, and the list by which one procedure can be done wholly on line."""
    ListedProcedure.objects.create(
        list="online_whole",
        version="1",
        code=MARRIAGE,
        period=(date(2023, 12, 1), None),
        document="Quyết định 1",
    )
    return officer("Lãnh đạo UBND tỉnh", "agency-leader", desk.province)


def mandated(leader: OfficerActor, since: date = TODAY) -> OnlineDuty:
    return mandate_online(
        MARRIAGE, since=since, document=DOCUMENT, reason=REASON, actor=leader, at=AT
    )


def handed_in(desk: Desk, channel: Channel, on_paper: OnPaper | None = None) -> Dossier:
    return submit(
        Application(
            procedure=MARRIAGE,
            channel=channel,
            answers=answers(MARRIAGE),
            agency=desk.commune.pk,
            bringing=Bringing(desk=desk.commune.pk, on_paper=on_paper),
        ),
        actor=desk.clerk,
        at=AT,
    )


def test_the_province_decides_and_the_log_says_so(leader: OfficerActor) -> None:
    duty = mandated(leader, NEXT_MONTH)
    assert (duty_on(MARRIAGE, date(2026, 9, 30)), duty_on(MARRIAGE, NEXT_MONTH)) == (None, duty)
    event = Event.objects.get(kind="dossiers.online_mandated")
    assert event.payload == {"procedure": MARRIAGE, "since": "2026-10-01"}


@pytest.mark.usefixtures("leader")
def test_a_commune_does_not_decide_for_the_province(desk: Desk) -> None:
    with pytest.raises(PermissionMissing):
        mandated(desk.leader)
    assert not OnlineDuty.objects.exists()
    assert not Event.objects.filter(kind="dossiers.online_mandated").exists()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"since": date(2026, 9, 13)}, DutyAhead),
        ({"document": " "}, DocumentMissing),
        ({"reason": " "}, ReasonMissing),
        ({"code": WELL}, NotFullyOnline),
    ],
)
def test_what_is_not_decided_so_is_not_written(
    leader: OfficerActor, given: dict[str, object], refusal: type[Exception]
) -> None:
    facts = {"code": MARRIAGE, "since": TODAY, "document": DOCUMENT, "reason": REASON} | given
    with pytest.raises(refusal):
        mandate_online(facts.pop("code"), **facts, actor=leader, at=AT)  # type: ignore[arg-type]
    assert not OnlineDuty.objects.exists()


def test_it_is_decided_only_once(leader: OfficerActor) -> None:
    mandated(leader, NEXT_MONTH)
    with pytest.raises(DutyStands):
        mandated(leader)
    assert OnlineDuty.objects.count() == 1


def test_a_desk_takes_paper_only_with_a_reason(desk: Desk, leader: OfficerActor) -> None:
    duty = mandated(leader)
    with pytest.raises(OnlineOnly):
        handed_in(desk, Channel.COUNTER)
    with pytest.raises(ReasonMissing):
        handed_in(desk, Channel.COUNTER, OnPaper(PaperReason.OTHER, " "))
    assert not Dossier.objects.exists()
    dossier = handed_in(desk, Channel.COUNTER, OnPaper(PaperReason.FRAIL))
    excepted = PaperException.objects.get()
    assert (excepted.dossier, excepted.duty, excepted.reason) == (dossier, duty, "frail")


def test_before_its_first_day_paper_needs_no_reason(desk: Desk, leader: OfficerActor) -> None:
    mandated(leader, NEXT_MONTH)
    handed_in(desk, Channel.COUNTER, OnPaper(PaperReason.FRAIL))
    assert not PaperException.objects.exists()


def test_what_comes_on_line_is_not_asked(desk: Desk, leader: OfficerActor) -> None:
    mandated(leader)
    handed_in(desk, Channel.NATIONAL)
    assert Dossier.objects.count() == 1


def test_it_ends_with_a_reason_and_not_in_the_past(leader: OfficerActor) -> None:
    duty = mandated(leader)
    with pytest.raises(DutyAhead):
        end_online_duty(duty.uuid, until=TODAY, reason=REASON, actor=leader, at=AT)
    with pytest.raises(ReasonMissing):
        end_online_duty(duty.uuid, until=NEXT_MONTH, reason="", actor=leader, at=AT)
    assert OnlineDuty.objects.get().until is None
    end_online_duty(duty.uuid, until=NEXT_MONTH, reason=REASON, actor=leader, at=AT)
    assert (duty_on(MARRIAGE, date(2026, 9, 30)), duty_on(MARRIAGE, NEXT_MONTH)) == (duty, None)
    with pytest.raises(DutyNotFound):
        end_online_duty(duty.uuid, until=NEXT_MONTH, reason=REASON, actor=leader, at=AT)


@pytest.mark.usefixtures("leader")
def test_the_ranking_weighs_what_went_through_on_line(desk: Desk) -> None:
    handed_in(desk, Channel.NATIONAL)
    handed_in(desk, Channel.COUNTER)
    first = ranking(TODAY)[0]
    assert (first.version.procedure.code, first.filed, first.online, first.smooth) == (
        MARRIAGE,
        2,
        1,
        1,
    )
    assert (first.online_share, first.smooth_share, first.is_fully_online) == ("50%", "100%", True)


def test_the_procedure_s_lists_say_the_duty_first(leader: OfficerActor) -> None:
    mandated(leader)
    assert [row.code for row in listings(MARRIAGE, TODAY)] == ["online_only", "online_whole"]
    assert [row.code for row in listings(MARRIAGE, date(2023, 11, 30))] == ["online_only"]
    assert listings(WELL, TODAY) == []
