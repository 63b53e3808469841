"""The notice of the demo: what it leaves on the board is late, waits, came back, is to be confirmed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tinhso.agencies.services import load_units
from tinhso.calendars.clock import day_of, instant
from tinhso.packs import services as packs
from tinhso.packs.loading import load
from tinhso.site.province import people
from tinhso.site.province.committees import seat_committees
from tinhso.site.province.matters import era_of
from tinhso.site.province.steering import ACTOR, steer
from tinhso.tasks.drafts import standing
from tinhso.tasks.models import Notice, State, Task, Tie
from tinhso.tasks.queries.committees import committees_on
from tinhso.tasks.queries.reviews import shown_items
from tinhso.tasks.queries.tasks import matters
from tinhso.tasks.services.reviewing import items_of

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each plays a province
NOW = instant(date(2026, 11, 20), 9 * 60)


def test_the_board_of_the_demo_is_alive(settings: Settings) -> None:
    load_units(on=day_of(NOW), actor=ACTOR, at=NOW)
    packs.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=NOW)
    era, staff = era_of(settings.PROVINCE_KEY, day_of(NOW)), people.Staff()
    since = day_of(NOW) - timedelta(days=400)
    told = (staff, "agency-leader", "Lãnh đạo UBND tỉnh", "Hà", era.province)
    chair = people.sign_in_for(*told, since=since, deep=True, actor=ACTOR, at=NOW)

    seat_committees(settings.PROVINCE_KEY, at=NOW)
    steer(staff, era, NOW, random.Random(1))  # noqa: S311  (no secret)

    tasks, today = Task.objects.all(), day_of(NOW)
    divided = tasks.filter(parent__isnull=False).order_by("lead")
    assert [share.state for share in divided] == [State.ACCEPTED, State.ISSUED]
    weekly = tasks.exclude(period="")
    assert tasks.late(today).count() == 1
    assert weekly.count() == len(era.communes)
    assert 0 < weekly.filter(state=State.DONE).count() < len(era.communes) / 2
    assert tasks.filter(lead=era.middle, period="").count() == 4
    assert sorted(Tie.objects.values_list("kind", flat=True)) == ["dossiers", "figure"]
    assert tasks.filter(lead__in=era.communes, period="").count() == 4 * len(era.communes)
    assert tasks.filter(state=State.PROPOSED).count() == 1
    waiting, number = matters(chair, at=NOW, on=today)
    assert sorted(matter.slug for matter in waiting) == ["gia-han", "giao-lai"]
    assert number == 2
    review = Notice.objects.filter(end=None).get().reviews.get()
    assert [len(committees_on(day)) for day in (date(2024, 6, 2), today)] == [3, 1]
    assert [one.proposed[0].subject for one in shown_items(review, at=NOW) if one.blocks] == [
        "chuyển đổi số"
    ]
    assert [bool(item.leads) for item in standing(items_of(review))] == [True, False]
