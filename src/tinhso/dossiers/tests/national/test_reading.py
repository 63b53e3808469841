"""Every act is either told to the national portal as one of its states, or declared as of no interest to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.dossiers import events, services
from tinhso.dossiers.models.national import NationalMessage, Operation
from tinhso.dossiers.national.reading import STATES, UNTOLD, enqueue
from tinhso.dossiers.tests.factories import AT, application, received, step
from tinhso.dossiers.tests.national.playing import messages_of, tell
from tinhso.events.models import Event

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk


def test_each_kind_of_event_is_either_told_or_not() -> None:
    declared = {kind.code for kind in events.ALL}
    assert set(STATES) | UNTOLD == declared
    assert not set(STATES) & UNTOLD


def test_an_act_becomes_its_state_once(desk: Desk) -> None:
    dossier = received(desk)
    tell(dossier)
    tell(dossier)
    assert messages_of(dossier) == [
        (Operation.DOSSIER, 1),
        (Operation.DOSSIER, 2),
        (Operation.PROGRESS, 2),
    ]


def test_a_dossier_without_any_code_there_is_not_told_of(desk: Desk) -> None:
    dossier = services.submit(application(agency=desk.commune), actor=desk.clerk, at=AT)
    assert dossier.number is None
    tell(dossier)
    assert messages_of(dossier) == []


def test_a_dossier_filed_there_is_told_of_before_it_has_our_number(desk: Desk) -> None:
    given = application(agency=desk.commune, foreign_code="G01-261122-000001")
    dossier = services.submit(given, actor=desk.clerk, at=AT)
    services.refuse(dossier.uuid, actor=desk.clerk, reason="Sai nơi nộp", at=AT)
    tell(dossier)
    assert messages_of(dossier) == [(Operation.DOSSIER, 1), (Operation.DOSSIER, 3)]


def test_acts_before_the_connection_began_are_not_told(desk: Desk, settings: Settings) -> None:
    dossier = received(desk)
    settings.NATIONAL_SINCE = (AT + timedelta(hours=1)).isoformat()
    services.forward(
        dossier.uuid,
        step(dossier, "tham_dinh"),
        actor=desk.specialist,
        outcome="agree",
        at=AT + timedelta(hours=2),
    )
    tell(dossier)
    assert messages_of(dossier) == [(Operation.PROGRESS, 4)]


def test_events_of_other_things_are_passed_over(desk: Desk) -> None:
    dossier = received(desk)
    event = Event.objects.filter(subject=dossier.uuid).first()
    assert event is not None
    event.subject = desk.clerk.uuid
    enqueue([event])
    assert not NationalMessage.objects.exists()
