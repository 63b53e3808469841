"""The demo province goes on by itself, leaves people's work alone, and comes through the reform of 1 July 2025."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import F
from django.test import override_settings

from tests.worlds import begun_with
from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import Role, User
from tinhso.accounts.tests.factories import make_grant
from tinhso.agencies import services as agencies
from tinhso.agencies.errors import WorkUnassigned
from tinhso.agencies.models import Agency, Reform, ReformCarriedOut
from tinhso.agencies.previews import preview
from tinhso.calendars.clock import instant
from tinhso.dossiers import services
from tinhso.dossiers.models import (
    Apology,
    Channel,
    Dossier,
    State,
    Step,
    Transfer,
    WorkItem,
)
from tinhso.dossiers.queries.derivation import LEGAL, standing
from tinhso.dossiers.services import worklist
from tinhso.dossiers.services.intake import number_series
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.parties.models import Party
from tinhso.site.province import people
from tinhso.site.province.building import Builder, Sizes
from tinhso.site.province.catching_up import CatchingUp, Mark
from tinhso.site.province.hands import ServiceHands
from tinhso.site.province.matters import Matters, era_of
from tinhso.site.province.samples import SAMPLES
from tinhso.site.tests.small_demo import silent

if TYPE_CHECKING:
    from django.db.models import Model
    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each plays a province
BUILT = instant(date(2025, 6, 19), 9 * 60)
EVE = instant(date(2025, 6, 30), 10 * 60)
UNITED = date(2025, 7, 1)
NEXT_DAY = instant(UNITED, 9 * 60)
OPEN = [state.value for state in State if state.is_open]


def make_eve() -> Mark:
    """A small province as it stood on 19 June 2025."""
    with TemporaryDirectory() as home, override_settings(HOME=Path(home), DEMO=True):
        builder = Builder(BUILT, Sizes(history=0, live=300, by_services=6), silent)
        builder.build()
    last = Party.objects.order_by("pk").last()
    event = Event.objects.order_by("pk").last()
    assert last is not None
    assert event is not None
    return Mark(event.pk, (builder.first_party, last.pk))


mark = pytest.fixture(begun_with(make_eve))


@pytest.fixture(autouse=True)
def _house(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.DEMO = tmp_path, True


def whole(key: int) -> dict[str, list[Any]]:
    models: list[type[Model]] = [*LEGAL, WorkItem, Step]
    found = {
        model.__name__: list(model._default_manager.filter(dossier=key).order_by("pk").values())
        for model in models
    }
    return {"Dossier": list(Dossier.objects.filter(pk=key).values()), **found}


def test_a_later_start_plays_on_and_leaves_to_people_what_they_have_touched(mark: Mark) -> None:
    hung = User.objects.get(email="hung.specialist@tinhso.example")
    item = WorkItem.objects.filter(act="forward", person=None, is_paused=False)[0]
    make_grant(hung, Role.objects.get(code="specialist"), item.agency)
    taken_at = BUILT + timedelta(minutes=5)
    services.take(item.dossier.uuid, item.step_id, actor=actor_for(hung), at=taken_at)
    before = whole(item.dossier_id)
    known = Dossier.objects.count()
    assert Apology.objects.count() > 1
    assert not Apology.objects.filter(at__lte=F("due_at")).exists()

    moved = CatchingUp(mark, EVE, silent).catch_up()

    assert moved > known / 20
    assert whole(item.dossier_id) == before
    assert Dossier.objects.filter(submitted_at__gt=BUILT).exists()
    assert not Dossier.objects.filter(submitted_at__gt=EVE).exists()
    assert not Step.objects.filter(closed_at__gt=EVE).exists()
    assert not Step.objects.filter(opened_at__lt=F("dossier__submitted_at")).exists()
    assert not worklist.check()
    for dossier in Dossier.objects.all():
        rows = {
            model: list(model._default_manager.filter(dossier=dossier.pk).values())
            for model in LEGAL
        }
        said = standing(rows)
        assert (said.state, said.due_at) == (State(dossier.state), dossier.due_at)


def test_a_start_within_the_hour_changes_nothing(mark: Mark) -> None:
    events = Event.objects.count()
    assert CatchingUp(mark, BUILT + timedelta(minutes=59), silent).catch_up() == 0
    assert Event.objects.count() == events


@pytest.mark.usefixtures("mark")
def test_the_reform_takes_every_open_dossier_along_and_work_goes_on_the_next_day() -> None:
    reform = Reform.objects.get(code="don-vi-hanh-chinh-2025-07-01")
    admin = actor_for(User.objects.get(email="van.administrator@tinhso.example"))
    submitted = handed_in(Agency.objects.get(key="quang-ngai/21142"))
    numbers = dict(Dossier.objects.values_list("pk", "number"))

    with pytest.raises(WorkUnassigned):
        agencies.carry_out_reform(reform.uuid, actor=admin, at=EVE)
    assert not ReformCarriedOut.objects.filter(reform=reform).exists()
    assert not Transfer.objects.exists()

    receivers = {line.key: line.followers[0][0] for line in preview(reform).unassigned}
    version = reform.version
    agencies.name_receivers(reform.uuid, receivers, actor=admin, at=EVE, expected_version=version)
    agencies.carry_out_reform(reform.uuid, actor=admin, at=EVE)

    alive = set(Agency.objects.alive(UNITED).values_list("pk", flat=True))
    open_now = Dossier.objects.filter(state__in=OPEN)
    for place in ("competent_agency", "receiving_agency", "returning_agency"):
        assert not open_now.exclude(**{f"{place}__in": alive}).exists(), place
    assert not WorkItem.objects.exclude(agency__in=alive).exists()
    assert dict(Dossier.objects.values_list("pk", "number")) == numbers
    assert not worklist.check()

    submitted.refresh_from_db()
    minh = User.objects.get(email="minh.one-stop-officer@tinhso.example")
    desk = submitted.receiving_agency
    make_grant(minh, Role.objects.get(code="one-stop-officer"), desk)
    received = services.receive(submitted.uuid, actor=actor_for(minh), at=NEXT_DAY)
    assert received.state == State.IN_PROCESS
    assert received.number is not None
    assert received.number.startswith(number_series(desk.pk, UNITED).agency_code)
    steps = Step.objects.filter(dossier=submitted, closed_at=None)
    assert {step.agency_id for step in steps} <= alive


def handed_in(commune: Agency) -> Dossier:
    """A citizen's dossier at Trà Bùi: two succeed it and nobody knows the shares, so somebody must be named."""
    era = era_of("quang-ngai", EVE.date())
    parties = list(Party.objects.filter(phone__startswith="00000500"))
    rng = random.Random(1)  # noqa: S311  (no secret)
    matters = Matters(people.at_work(EVE), rng, era, parties)
    definition, procedure = next(kind for kind in matters.kinds if kind[0].level == "commune")
    matter = replace(
        matters.draw(),
        definition=definition,
        procedure=procedure,
        channel=Channel.PORTAL,
        places=matters.places(definition, commune.pk),
        values=SAMPLES[definition.code] | {"nguoi_duoc_cap": "Lan"},
    )
    hands = ServiceHands()
    hands.submit(matter, actor=AnonymousVisitor(), at=EVE)
    return Dossier.objects.get(competent_agency=commune, submitted_at=EVE)
