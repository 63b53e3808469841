"""The queue (hồ sơ chờ xử lý): its tabs count exactly what they list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import make_pack_role
from tinhso.accounts.actors import actor_for
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.dossiers.models import WorkItem
from tinhso.dossiers.queries import worklist
from tinhso.dossiers.queries.chosen import QueueFilter
from tinhso.dossiers.queries.overview import by_agency, by_person, longest_late
from tinhso.dossiers.queries.waiting import MINE, TO_SIGN
from tinhso.dossiers.queries.worklist import (
    in_order,
    queue,
    see,
    totals,
)
from tinhso.dossiers.tests.factories import AT, BUILDING, received, submitted
from tinhso.dossiers.tests.playing import undone
from tinhso.dossiers.tests.stages import ACTS, asked, until, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

TABS = {
    "": "everything",
    "qua-han": "late",
    "sap-den-han": "near",
    "trong-han": "on_time",
    "chua-hen": "unappointed",
    "cho-tra": "finished",
    "cho-bo-sung": "paused",
}
HOURS = st.integers(-48, 48)
TIMES = st.none() | st.tuples(HOURS, st.integers(0, 96))
"""When work is due, in hours from now, and for how many hours before it is near."""
NAMES = st.sampled_from(["receive", "hand_over"])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(times=st.lists(st.tuples(TIMES, st.booleans(), NAMES), min_size=6, max_size=6))
@pytest.mark.slow
def test_the_tabs_share_out_all_work_and_count_what_they_list(
    desk: Desk, times: list[tuple[tuple[int, int] | None, bool, str]]
) -> None:
    with undone():
        for _ in times:
            submitted(desk)
        for item, (due, is_paused, act) in zip(WorkItem.objects.all(), times, strict=True):
            item.is_paused, item.act = is_paused, act
            if due is not None:
                item.due_at = AT + timedelta(hours=due[0])
                item.near_at = item.due_at - timedelta(hours=due[1])
            item.save()

        counts = totals(desk.clerk, QueueFilter(), at=AT).tabs
        listed = {
            tab: list(in_order(queue(desk.clerk, QueueFilter(tab=tab), at=AT))) for tab in TABS
        }
        for tab, name in TABS.items():
            assert len(listed[tab]) == getattr(counts, name), tab
        shared = [item.pk for tab, items in listed.items() if tab for item in items]
        assert sorted(shared) == sorted(item.pk for item in listed[""])
        (load,) = by_agency(desk.leader, at=AT)
        told = [(tab, number) for tab, _words, number in load.tabs]
        assert told == [(tab, counts.under(tab)) for tab in TABS if tab]
        assert load.everything == sum(number for _tab, number in told)


def test_everybody_sees_the_work_of_their_own_agency_alone(desk: Desk) -> None:
    submitted(desk)
    received(desk, BUILDING)
    asked(desk)

    def nodes(actor: object) -> set[str]:
        items = queue(actor, QueueFilter(), at=AT)  # type: ignore[arg-type]
        return set(items.values_list("node", flat=True))

    assert nodes(desk.clerk) == {"receipt", "tham_dinh"}
    assert nodes(desk.builder) == {"tham_dinh_thiet_ke"}
    assert nodes(desk.land_officer) == {"y_kien_dat_dai"}
    assert nodes(desk.outsider) == {"opinion"}


def test_it_is_filtered_by_procedure_act_agency_and_person(desk: Desk) -> None:
    submitted(desk)
    ACTS["take"](desk).run()
    everything = QueueFilter()

    def found(**chosen: str) -> int:
        return queue(desk.specialist, replace(everything, **chosen), at=AT).count()

    assert found() == 2
    assert found(procedure="1.004873") == 2
    assert found(procedure="1.013236") == 0
    assert found(act="receive") == 1
    assert found(person="me") == found(person="nobody") == 1
    assert found(person=str(desk.specialist.user)) == 1
    assert found(agency=str(desk.commune.pk)) == 2
    assert found(agency=str(desk.land.pk)) == 0
    assert found(tab="nothing-of-the-kind") == 2


def test_the_nearest_due_comes_first_and_what_waits_for_the_applicant_last(desk: Desk) -> None:
    later = received(desk, at=AT + timedelta(days=1))
    sooner = received(desk)
    fresh = submitted(desk)
    paused = waiting(desk)
    order = [item.dossier_id for item in in_order(queue(desk.clerk, QueueFilter(), at=AT))]
    assert order == [sooner.pk, later.pk, fresh.pk, paused.pk]


def test_who_holds_how_much_is_told_to_the_head(desk: Desk) -> None:
    ACTS["take"](desk).run()
    until(desk, "ky_duyet")
    (load,) = by_person(desk.leader, at=AT)
    assert (load.person, load.everything, load.late) == (desk.specialist.user, 1, 0)
    assert by_person(desk.clerk, at=AT) == []
    assert by_agency(desk.clerk, at=AT) == []


def test_each_officer_sees_what_waits_for_them(desk: Desk) -> None:
    appraised, signed = received(desk), until(desk, "ky_duyet")
    waiting(desk, received(desk))
    new = submitted(desk)

    def listed(actor: OfficerActor, whose: str) -> set[int]:
        items = queue(actor, QueueFilter(whose=whose), at=AT)
        counts = totals(actor, QueueFilter(), at=AT).whose
        numbers = {MINE: counts.mine, TO_SIGN: counts.to_sign, "": counts.everything}
        assert items.count() == numbers[whose]
        return set(items.values_list("dossier", flat=True))

    assert listed(desk.specialist, MINE) == {appraised.pk}, "who is awaited is not mine to do"
    assert listed(desk.clerk, MINE) == {new.pk}
    assert listed(desk.leader, TO_SIGN) == {signed.pk}
    assert listed(desk.specialist, TO_SIGN) == set()
    assert len(listed(desk.leader, "")) == 4


def test_what_a_colleague_took_waits_for_the_colleague(desk: Desk) -> None:
    act = ACTS["take"](desk)
    act.run()
    for who, number in ((desk.specialist, 1), (desk.head, 0)):
        assert queue(who, QueueFilter(whose=MINE), at=AT).count() == number


def test_the_head_of_the_province_is_not_waited_for_in_every_commune(desk: Desk) -> None:
    """They oversee all units, and the decisions of the communes wait for the heads of the communes."""
    user = make_user("Thanh")
    make_grant(user, make_pack_role("agency-leader"), desk.province, includes_subordinates=True)
    head = actor_for(user)
    until(desk, "ky_duyet")
    counts = totals(head, QueueFilter(), at=AT).whose
    assert (counts.mine, counts.to_sign, counts.everything) == (0, 0, 1)


@pytest.fixture
def _many_are_two(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two that a search found are as many as thousands: the queue is walked."""
    worklist._asking.cache_clear()
    monkeypatch.setattr(worklist, "ENOUGH_TO_WALK", 2)
    yield
    worklist._asking.cache_clear()


def test_a_page_shows_what_the_queue_holds_in_its_order(desk: Desk) -> None:
    _pages_are_the_queue(desk)


@pytest.mark.slow
@pytest.mark.usefixtures("_many_are_two")
def test_it_is_the_same_where_a_search_finds_many(desk: Desk) -> None:
    _pages_are_the_queue(desk)


def _pages_are_the_queue(desk: Desk) -> None:
    for _ in range(5):
        submitted(desk)
    received(desk)
    waiting(desk)
    for chosen in (
        QueueFilter(),
        QueueFilter(search="lan"),
        QueueFilter(search="lan", act="receive", whose=MINE, tab="trong-han"),
        QueueFilter(search="khongaicatennay"),
        QueueFilter(act="receive"),
        QueueFilter(whose=MINE),
        QueueFilter(person="nobody", tab="trong-han"),
    ):
        keys = [item.pk for item in in_order(queue(desk.clerk, chosen, at=AT))]
        shown = [
            one.key
            for page in range(1, len(keys) // 2 + 2)
            for one in see(desk.clerk, chosen, at=AT, page=page, rows=2).listed
        ]
        assert shown == keys or (len(keys) % 2 == 0 and shown[: len(keys)] == keys), chosen


def test_a_page_beyond_the_last_is_the_last(desk: Desk) -> None:
    for _ in range(3):
        submitted(desk)
    seen = see(desk.clerk, QueueFilter(), at=AT, page=9, rows=2)
    assert (seen.page, len(seen.listed)) == (2, 1)
    nothing = see(desk.clerk, QueueFilter(search="khongaicatennay"), at=AT, page=9, rows=2)
    assert (nothing.page, nothing.listed, nothing.totals.tabs.everything) == (1, [], 0)


def test_what_can_be_no_search_finds_nothing(desk: Desk) -> None:
    submitted(desk)
    for text in ("!!!", "'", "-", "\\"):
        seen = see(desk.clerk, QueueFilter(search=text), at=AT, page=1, rows=2)
        assert seen.totals.tabs.everything == len(seen.listed) == 0


@pytest.mark.slow
def test_the_longest_late_names_each_dossier_once(desk: Desk) -> None:
    at = AT + timedelta(days=30)
    twice = asked(desk, until(desk, "tham_dinh"))
    once = [received(desk) for _ in range(3)]
    WorkItem.objects.update(due_at=AT, is_paused=False)
    assert WorkItem.objects.filter(dossier=twice).count() > 1

    for most in (1, 2, 10):
        found = [one.dossier for one in longest_late(desk.head, at=at, most=most)]
        assert len(found) == len(set(found)) == min(most, 4)
    assert set(found) == {twice.uuid, *(one.uuid for one in once)}
    late = sum(load.late_dossiers for load in by_agency(desk.head, at=at))
    assert late == len(found), "the number above is that of the list"
