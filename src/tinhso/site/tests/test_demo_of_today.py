"""The demo of today: work of every kind waits for the printed accounts, and old communes have their figures."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.agencies.comparing import compare
from tinhso.agencies.counted_records import providers
from tinhso.calendars.clock import instant
from tinhso.calendars.queries import working_calendar
from tinhso.counter.models import DayClosing, Ticket
from tinhso.counter.queries.appointments import offers
from tinhso.counter.queries.days import late_days
from tinhso.dossiers.models import Alarm, Dossier, NumberCounter, State, WorkItem
from tinhso.events.models import Event
from tinhso.payments.models import Payment
from tinhso.site.province import inspecting, people, sharing
from tinhso.site.province.building import Builder, Sizes
from tinhso.site.province.desks import WAITING
from tinhso.site.province.hands import ServiceHands
from tinhso.site.province.matters import Matters, era_of
from tinhso.site.province.past import BEFORE, play_past
from tinhso.site.province.stories import Manners, Story
from tinhso.site.tests.small_demo import NOW, TODAY, province, silent

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

__all__ = ["province"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each plays a province
ASKING = Manners(refused=0, supplement_at_desk=1, supplement_later=1, rejected=0, sent_back=0)


@pytest.fixture(autouse=True)
def _house(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.DEMO = tmp_path, True


def test_it_is_built_right_after_midnight() -> None:
    """The work of the last hours is then of the afternoon before: nobody comes to a desk that is closed.

    The inspections of 2024 know no hour; they are played with the others.
    """
    builder = Builder(instant(TODAY, 0), Sizes(history=0, live=20, by_services=2), silent)
    builder.build()
    inspecting.of_today(builder.staff, builder.era, builder.until, builder.rng)
    came = Payment.objects.values_list("at", flat=True)
    assert len(came) >= 3
    brought = Dossier.objects.filter(channel="counter").values_list("submitted_at", flat=True)
    a_minute = timedelta(minutes=1)
    for at in (*came, *brought):
        assert working_calendar().working_minutes(at - a_minute, at + a_minute), at
    assert not Ticket.objects.exists()


@pytest.mark.usefixtures("province")
def test_work_of_every_kind_waits_where_the_printed_accounts_work() -> None:
    ours = era_of("quang-ngai", TODAY).middle
    waiting = WorkItem.objects.filter(agency=ours)
    acts = set(waiting.values_list("act", flat=True))
    assert {"give_opinion", "answer_transfer", "answer_complaint"} <= acts
    here = Dossier.objects.filter(competent_agency=ours)
    assert here.filter(state=State.AWAITING_SUPPLEMENT).exists()
    assert waiting.filter(near_at__lte=NOW, due_at__gt=NOW, is_paused=False).exists()
    assert Payment.objects.filter(at__gt=NOW - timedelta(hours=3)).count() >= 3


def test_every_desk_takes_appointments_and_at_one_people_wait(province: Builder) -> None:
    era = era_of("quang-ngai", TODAY)
    assert {agency for agency, _name in offers(NOW)} == set(era.desks.values())
    waiting = Ticket.objects.filter(day=TODAY, desk__agency=era.desks[era.middle])
    assert waiting.count() == len(WAITING)
    ours = era.desks[era.middle]
    evenings = DayClosing.objects.filter(agency=ours)
    assert evenings.count() > 15
    assert [row.paper - row.system for row in evenings if row.paper != row.system] == [1]
    head = province.staff.at(era.middle, "agency-leader", random.Random(1))  # noqa: S311  (no secret)
    late = [row.day for row in late_days(head, at=NOW) if row.agency == ours]
    assert len(late) <= 1, "all but the last evening are closed, and none changed since"


def test_numbers_given_by_the_services_are_counted_on_by_the_bulk(province: Builder) -> None:
    numbers = list(Dossier.objects.exclude(number=None).values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert sum(NumberCounter.objects.values_list("last", flat=True)) == len(numbers)
    assert {sign_in.role for sign_in in province.staff.sign_ins} >= {"Người vận hành hệ thống"}


def test_two_processes_share_the_living_days_out(province: Builder) -> None:
    staff, era = province.staff, province.era
    theirs, others = sharing.beside(era), sharing.ours(era)
    assert theirs.isdisjoint(others)
    assert theirs | others == {era.province, *era.communes}
    halves = [
        Matters(staff, random.Random(1), era, [], share=share)  # noqa: S311  (no secret)
        for share in (theirs, others)
    ]
    assert sum(half.portion for half in halves) == pytest.approx(1)
    assert halves[0].counting().isdisjoint(halves[1].counting())

    before = set(Dossier.objects.values_list("pk", flat=True))
    said: list[str] = []
    sharing.play_beside(
        Builder(NOW, Sizes(live=60, by_services=0), silent), lambda: said.append("go on")
    )
    assert said
    played = Dossier.objects.exclude(pk__in=before)
    assert played.exists()
    assert set(played.values_list("competent_agency", flat=True)) <= theirs
    numbers = list(Dossier.objects.exclude(number=None).values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))


@pytest.mark.usefixtures("province")
def test_an_officer_asks_for_papers_only_where_the_procedure_lets_them() -> None:
    rng = random.Random(7)  # noqa: S311  (no secret)
    staff = people.at_work(NOW)
    era = era_of("quang-ngai", TODAY)
    parties = people.populate(3, at=NOW, on=TODAY, rng=rng, first=70_000)
    matters = Matters(staff, rng, era, parties)
    elsewhere = era.communes[0]
    for definition, procedure in matters.kinds:
        drawn = matters.draw()
        unit = elsewhere if definition.level == "commune" else era.province
        matter = replace(
            drawn,
            definition=definition,
            procedure=procedure,
            places=matters.places(definition, unit),
            values=matters.values(definition, drawn.party),
        )
        began = NOW - timedelta(days=40)
        hands = ServiceHands()
        Story(hands, matter, staff, working_calendar(), rng, NOW, ASKING).play(began)
        assert hands.dossier is not None
        over = Alarm.objects.filter(dossier=hands.dossier.pk, fires_at__lte=NOW)
        assert not over.exists() or hands.waiting(), f"{definition.code} stands at a timer"


def test_figures_of_old_communes_stand_and_none_of_their_work_is_left_open(
    province: Builder,
) -> None:
    count = 30
    past = Builder(NOW, Sizes(history=count * 20), silent)
    open_before = WorkItem.objects.count()
    events = Event.objects.count()

    play_past(past)

    assert Event.objects.count() > events
    assert WorkItem.objects.count() == open_before
    found = compare(providers["dossiers"], first=BEFORE[0], last=date(2025, 6, 30), on=TODAY)
    assert 0 < found.total_then <= count
    assert found.total_now == found.total_then
    assert Dossier.objects.filter(submitted_at__lt=instant(date(2023, 10, 1), 0)).count() > count
    assert province.until == past.until
