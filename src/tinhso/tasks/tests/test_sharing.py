"""A lead divides its task among units below it; who does and follows it; what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.agencies.models import Agency, AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks import errors, services
from tinhso.tasks.facts import rows
from tinhso.tasks.models import Dependency, Part, State, Task, TaskAct
from tinhso.tasks.queries.sharing import joint_with, progress_of, shares_of
from tinhso.tasks.queries.tasks import mine_to_see
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.tests.factories import (
    AT,
    Offices,
    accepted,
    brought,
    issued,
    make_offices,
    officer,
    proposed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.accounts.actors import OfficerActor

DUE = date(2025, 9, 30)
SYSTEM = SystemActor("test")


@dataclass(frozen=True, repr=False)
class Divided:
    """The offices, with two units below the department of science and the head of the first."""

    offices: Offices
    units: tuple[Agency, ...]
    unit_head: OfficerActor


def make_divided() -> Divided:
    """A department with units of its own."""
    offices = make_offices()
    units = tuple(
        make_agency(name, kind=AgencyKind.DIVISION, parent=offices.science)
        for name in ("Phòng Chuyển đổi số", "Trung tâm Công nghệ thông tin")
    )
    return Divided(offices, units, officer("Sơn", "agency-leader", units[0]))


@pytest.fixture
@begun_with
def world() -> Divided:
    """A department with units of its own."""
    return make_divided()


def shared(world: Divided, units: Sequence[Agency] | None = None) -> tuple[Task, list[Task]]:
    """The task of the department, divided among its units."""
    whole = accepted(world.offices)
    made = services.share_out(
        whole.uuid,
        units=[unit.pk for unit in units or world.units],
        text="Rà soát phần mình",
        deadline_on=date(2025, 9, 15),
        actor=world.offices.head,
        at=AT,
    )
    return whole, made


def done(share: Task, world: Divided) -> None:
    """The unit carries its share out, and the department confirms it."""
    services.accept(share.uuid, actor=SYSTEM, at=AT)
    services.give_evidence(share.uuid, Shown(value="3/BC"), actor=SYSTEM, at=AT)
    services.propose_completion(share.uuid, words="Xong", actor=SYSTEM, at=AT)
    services.confirm_completion(share.uuid, actor=world.offices.head, at=AT)


def state(task: Task) -> str:
    task.refresh_from_db()
    return task.state


def test_each_unit_gets_a_share_given_by_the_lead(world: Divided) -> None:
    whole, made = shared(world)
    assert [one.lead_id for one in made] == sorted(unit.pk for unit in world.units)
    assert {(one.agency_id, one.parent_id, one.deadline_on) for one in made} == {
        (whole.lead_id, whole.pk, date(2025, 9, 15))
    }
    assert Event.objects.get(kind="tasks.shared").payload["shares"] == 2
    assert Event.objects.filter(kind="tasks.issued", subject=made[0].uuid).exists()
    assert len(list(rows([one.uuid for one in made]))) == 0, "the whole is counted, its shares not"


def test_both_sides_see_a_share_and_nobody_else(world: Divided) -> None:
    _, [first, second] = shared(world)
    of = {who: Task.objects.visible_to(who, at=AT) for who in (world.unit_head,)}
    assert first in of[world.unit_head]
    assert second not in of[world.unit_head]
    assert first in Task.objects.visible_to(world.offices.chair, at=AT), "who gave the whole"
    assert first not in Task.objects.visible_to(world.offices.outsider, at=AT)


def test_a_share_is_due_no_later_than_the_whole(world: Divided) -> None:
    whole = accepted(world.offices)
    given = {"units": [world.units[0].pk], "text": "Rà soát", "actor": world.offices.head, "at": AT}
    with pytest.raises(errors.ShareTooLate):
        services.share_out(whole.uuid, deadline_on=DUE + timedelta(days=1), **given)  # type: ignore[arg-type]
    assert not Task.objects.filter(parent=whole).exists()
    [made] = services.share_out(whole.uuid, deadline_on=None, **given)  # type: ignore[arg-type]
    assert made.deadline_on == DUE
    services.accept(made.uuid, actor=SYSTEM, at=AT)
    later = DUE + timedelta(days=20)
    services.ask_extension(made.uuid, until=later, reason="Mưa", actor=SYSTEM, at=AT)
    with pytest.raises(errors.ShareTooLate):
        services.decide_extension(made.uuid, grants=True, actor=world.offices.head, at=AT)


def test_only_units_below_get_shares_and_only_the_lead_gives_them(world: Divided) -> None:
    whole = accepted(world.offices)
    given = {"text": "Rà soát", "deadline_on": None, "at": AT}
    for units in ([], [world.offices.health.pk], [whole.lead_id]):
        with pytest.raises(errors.ShareUnfit):
            services.share_out(whole.uuid, units=units, actor=world.offices.head, **given)  # type: ignore[arg-type]
    with pytest.raises(PermissionMissing):
        services.share_out(
            whole.uuid,
            units=[world.units[0].pk],
            actor=world.offices.specialist,
            **given,  # type: ignore[arg-type]
        )
    assert not Task.objects.filter(parent=whole).exists()


def test_reports_of_units_flow_up(world: Divided) -> None:
    whole, [first, second] = shared(world)
    services.accept(first.uuid, actor=world.unit_head, at=AT)
    services.report_progress(first.uuid, words="Nửa", percent=50, actor=world.unit_head, at=AT)
    found = shares_of(whole, date(2025, 8, 6))
    assert {one.task: one.percent for one in found} == {first: 50, second: None}
    assert progress_of(found) == 25
    assert progress_of([]) is None


def test_the_whole_is_reported_as_done_when_its_last_share_is_confirmed(world: Divided) -> None:
    whole, [first, second] = shared(world)
    done(first, world)
    assert state(whole) == State.ACCEPTED
    done(second, world)
    assert state(whole) == State.PROPOSED
    services.confirm_completion(whole.uuid, actor=world.offices.chair, at=AT)
    with pytest.raises(errors.TaskState):
        services.reopen(first.uuid, reason="Thiếu", actor=world.offices.head, at=AT)


def test_the_whole_is_neither_done_nor_given_back_while_units_work(world: Divided) -> None:
    whole, made = shared(world)
    services.give_evidence(whole.uuid, Shown(value="1/BC"), actor=world.offices.head, at=AT)
    with pytest.raises(errors.SharesOpen):
        services.propose_completion(whole.uuid, words="", actor=world.offices.head, at=AT)
    with pytest.raises(errors.SharesOpen):
        services.return_task(whole.uuid, reason="Khó", actor=world.offices.head, at=AT)
    services.cancel(whole.uuid, reason="Thôi", actor=world.offices.chair, at=AT)
    assert {state(one) for one in made} == {State.CANCELLED}


def test_an_officer_is_named_and_finds_the_task_among_their_own(world: Divided) -> None:
    whole, offices = accepted(world.offices), world.offices
    assert whole not in mine_to_see(offices.specialist, at=AT)
    services.assign(whole.uuid, person=offices.specialist.user, words="", actor=offices.head, at=AT)
    assert whole in mine_to_see(offices.specialist, at=AT)
    for person in (offices.outsider.user, 0):
        with pytest.raises(errors.PersonUnfit):
            services.assign(whole.uuid, person=person, words="", actor=offices.head, at=AT)
    with pytest.raises(PermissionMissing):
        services.assign(
            whole.uuid, person=offices.head.user, words="", actor=offices.specialist, at=AT
        )
    assert TaskAct.objects.filter(task=whole, kind="assigned").count() == 1


def test_following_is_handed_over_within_the_agency_that_gave_it(world: Divided) -> None:
    whole, offices = proposed(world.offices), world.offices
    services.hand_over(
        whole.uuid, person=offices.deputy.user, words="Minh nghỉ", actor=offices.chair, at=AT
    )
    whole.refresh_from_db()
    assert whole.follower_id == offices.deputy.user
    assert state(whole) == State.PROPOSED
    with pytest.raises(errors.PersonUnfit):
        services.hand_over(
            whole.uuid, person=offices.head.user, words="", actor=offices.chair, at=AT
        )
    with pytest.raises(PermissionMissing):
        services.hand_over(
            whole.uuid, person=offices.head.user, words="", actor=offices.head, at=AT
        )


def test_a_coordinator_gets_a_day_of_its_own(world: Divided) -> None:
    whole, offices = accepted(world.offices), world.offices
    Part.objects.create(task=whole, agency=offices.finance)
    given = {"agency": offices.finance.pk, "what": "Bố trí vốn", "actor": offices.head, "at": AT}
    services.set_part(whole.uuid, deadline_on=date(2025, 9, 1), **given)  # type: ignore[arg-type]
    part = Part.objects.get(task=whole)
    assert (part.what, part.deadline_on) == ("Bố trí vốn", date(2025, 9, 1))
    with pytest.raises(errors.ShareTooLate):
        services.set_part(whole.uuid, deadline_on=DUE + timedelta(days=1), **given)  # type: ignore[arg-type]
    with pytest.raises(errors.PartUnknown):
        services.set_part(
            whole.uuid,
            deadline_on=None,
            **{**given, "agency": offices.health.pk},  # type: ignore[arg-type]
        )
    part.refresh_from_db()
    assert part.deadline_on == date(2025, 9, 1)


def two(offices: Offices) -> tuple[Task, Task]:
    """Two tasks of one notice that their leads took."""
    first, second = Task.objects.filter(notice=issued(offices).notice).order_by("ordinal")
    for task in (first, second):
        services.accept(task.uuid, actor=SYSTEM, at=AT)
        services.give_evidence(task.uuid, Shown(value="1/BC"), actor=SYSTEM, at=AT)
    return first, second


def test_a_task_is_not_done_before_what_it_waits_for(world: Divided) -> None:
    first, second = two(world.offices)
    given = {"words": "Cần kết quả", "actor": SYSTEM, "at": AT}
    services.wait_for(first.uuid, blocker=second.uuid, **given)  # type: ignore[arg-type]
    with pytest.raises(errors.BlockersOpen):
        services.propose_completion(first.uuid, words="", actor=SYSTEM, at=AT)
    for task, blocker in ((second, first), (first, first)):
        with pytest.raises(errors.BlockerUnfit):
            services.wait_for(task.uuid, blocker=blocker.uuid, **given)  # type: ignore[arg-type]
    with pytest.raises(errors.TaskUnknown):
        services.wait_for(first.uuid, blocker=uuid4(), **given)  # type: ignore[arg-type]
    assert Dependency.objects.count() == 1
    services.propose_completion(second.uuid, words="", actor=SYSTEM, at=AT)
    services.confirm_completion(second.uuid, actor=world.offices.chair, at=AT)
    services.propose_completion(first.uuid, words="", actor=SYSTEM, at=AT)
    assert state(first) == State.PROPOSED


def test_one_may_stop_waiting(world: Divided) -> None:
    first, second = two(world.offices)
    services.wait_for(first.uuid, blocker=second.uuid, words="Cần", actor=SYSTEM, at=AT)
    services.wait_no_more(first.uuid, blocker=second.uuid, actor=SYSTEM, at=AT)
    with pytest.raises(errors.BlockerUnfit):
        services.wait_no_more(first.uuid, blocker=second.uuid, actor=SYSTEM, at=AT)
    services.propose_completion(first.uuid, words="", actor=SYSTEM, at=AT)
    assert state(first) == State.PROPOSED


def test_the_same_words_at_two_leads_are_shown_together(world: Divided) -> None:
    text = (
        "THÔNG BÁO\nKết luận\nSố: 8/TB-UBND\nngày 04 tháng 8 năm 2025\nNhiệm vụ:\n"
        "1. Sở Y tế, Sở Tài chính số hóa hồ sơ, xong trước ngày 30/9/2025.\n"
    )
    notice = brought(world.offices, text)
    services.confirm(notice.uuid, expected=0, actor=world.offices.chair, at=AT)
    first, second = Task.objects.filter(notice=notice)
    assert [one.task for one in joint_with(first, DUE)] == [second]


@pytest.mark.slow
def test_a_share_is_given_and_worked_on_by_its_pages(world: Divided) -> None:
    whole = accepted(world.offices, at=clock.now())
    head, unit = Client(), Client()
    head.force_login(User.objects.get(pk=world.offices.head.user))
    unit.force_login(User.objects.get(pk=world.unit_head.user))
    page = reverse("tasks:task", args=[whole.uuid])
    assert "/chia-viec/" in head.get(page).content.decode()
    address = reverse("tasks:act", args=[whole.uuid, "chia-viec"])
    assert "Phòng Chuyển đổi số" in head.get(address).content.decode()
    body = {"units": [world.units[0].pk], "text": "Rà soát 6 xã", "deadline_on": ""}
    assert head.post(address, {**body, "units": []}).status_code == 422
    assert head.post(address, body).status_code == 302
    share = Task.objects.get(parent=whole)
    assert str(share.uuid) in unit.get(reverse("tasks:inbox")).content.decode()
    assert unit.post(reverse("tasks:act", args=[share.uuid, "nhan"])).status_code == 302
    report = {"words": "Xong 3 xã", "percent": "50"}
    assert unit.post(reverse("tasks:act", args=[share.uuid, "bao-cao"]), report).status_code == 302
    assert "Đã được 50" in head.get(page).content.decode()
    person = {"person": world.offices.specialist.user}
    address = reverse("tasks:act", args=[whole.uuid, "phan-cong"])
    assert head.post(address, person).status_code == 302
    assert "Phân công người thực hiện: Hùng" in head.get(page).content.decode()
