"""Obstacles: raised by who is stuck, routed by competence, answered by working days, joined, taken upward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.events.models import Event
from tinhso.indicators.reports.providers import Asked
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks import errors, offered
from tinhso.tasks.models import Obstacle, ObstacleAct, ObstacleState, Solution
from tinhso.tasks.queries import obstacles as queries
from tinhso.tasks.services import obstacles as services
from tinhso.tasks.tests.factories import AT, REFORM
from tinhso.tasks.tests.stuck import Stuckness, make_stuckness, raised

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor

HOW = "Dùng điểm phát sóng lưu động tại nhà văn hóa thôn vào thứ Ba, thứ Năm."
world = pytest.fixture(begun_with(make_stuckness))


def state(obstacle: Obstacle) -> str:
    return Obstacle.objects.get(pk=obstacle.pk).state


def nothing_happened(obstacle: Obstacle) -> bool:
    told = Event.objects.filter(subject=obstacle.uuid).count()
    return not obstacle.acts.exists() and told == 1 and state(obstacle) == "open"


def test_it_goes_to_the_holder_of_its_field_with_a_day_in_working_days(world: Stuckness) -> None:
    made = raised(world)
    assert made.solver_id == world.offices.science.pk
    assert made.due_on == date(2025, 8, 19), "ten working days after Tuesday 5 August"
    assert Event.objects.filter(kind="tasks.obstacle_raised", subject=made.uuid).count() == 1


def test_competence_is_that_of_the_day(world: Stuckness) -> None:
    before = AT.replace(year=2025, month=2, day=11)
    assert before.date() < REFORM
    assert raised(world, at=before).solver_id == world.offices.former.pk


def test_where_nobody_holds_the_field_the_province_solves_it(world: Stuckness) -> None:
    assert raised(world, kind="money").solver_id == world.offices.province.pk


def test_the_screen_is_kept_without_what_somebody_searched(world: Stuckness) -> None:
    assert raised(world).page == "/ho-so/"
    assert services.address("//elsewhere.example/x") == ""
    assert services.address("https://elsewhere.example/x") == ""


def test_an_unknown_kind_and_no_words_raise_nothing(world: Stuckness) -> None:
    for text, kind, refusal in (
        ("x", "no-such", errors.ObstacleKindUnknown),
        (" ", "money", errors.WordsMissing),
    ):
        with pytest.raises(refusal):
            raised(world, text, kind=kind)
    assert not Obstacle.objects.exists()


def test_only_who_solves_it_answers(world: Stuckness) -> None:
    made = raised(world)
    for actor in (world.first, world.offices.specialist):
        with pytest.raises(PermissionMissing):
            services.answer(made.uuid, words=HOW, actor=actor, at=AT)
    for actor in (world.second, world.offices.outsider):
        with pytest.raises(errors.ObstacleUnknown):
            services.answer(made.uuid, words=HOW, actor=actor, at=AT)
    assert nothing_happened(made)
    services.answer(made.uuid, words=HOW, actor=world.offices.head, at=AT)
    assert state(made) == ObstacleState.ANSWERED
    with pytest.raises(errors.ObstacleState):
        services.answer(made.uuid, words=HOW, actor=world.offices.head, at=AT)
    assert made.acts.count() == 1


def test_an_answer_that_helps_others_is_found_without_accents(world: Stuckness) -> None:
    made = raised(world)
    asked = "Thôn chưa có sóng di động thì nộp hồ sơ thế nào?"
    services.answer(made.uuid, words=HOW, question=asked, actor=world.offices.head, at=AT)
    assert [one.question for one in Solution.objects.said("chua co song")] == [asked]
    assert not Solution.objects.said("khong co dau")
    assert queries.solutions_for("Thôn tôi chưa có sóng di động")[0].question == asked


def test_one_answer_reaches_every_unit_that_was_joined(world: Stuckness) -> None:
    one = raised(world)
    other = raised(world, "Thôn Ba Gia chưa có sóng 4G nên không nộp hồ sơ trực tuyến được", by=1)
    raised(world, "Chưa có định mức máy quét", kind="infrastructure", by=1)
    head = world.offices.head
    assert queries.alike(other, actor=head, at=AT) == [one]
    services.join(other.uuid, main=one.uuid, actor=head, at=AT)
    assert queries.to_solve(head, at=AT).count() == 2, "two units, one obstacle"
    with pytest.raises(errors.ObstacleJoined):
        services.answer(other.uuid, words=HOW, actor=head, at=AT)
    services.answer(one.uuid, words=HOW, actor=head, at=AT)
    assert {state(one), state(other)} == {ObstacleState.ANSWERED}
    services.close(other.uuid, actor=world.second, at=AT)
    assert (state(one), state(other)) == (ObstacleState.ANSWERED, ObstacleState.CLOSED)


def test_what_every_text_says_makes_no_two_alike(world: Stuckness) -> None:
    asked = "Hiện nay đơn vị gặp nhiều khó khăn, vướng mắc trong quá trình triển khai thực hiện {}. Đề nghị UBND tỉnh"
    asked += " quan tâm, xem xét, hướng dẫn cụ thể để đơn vị thực hiện theo quy định."
    one = raised(world, asked.format("số hóa hồ sơ"))
    raised(world, asked.format("đào tạo nhân lực"), by=1)
    assert queries.alike(one, actor=world.offices.head, at=AT) == []


def test_only_what_waits_for_the_same_solver_becomes_one(world: Stuckness) -> None:
    one, money = raised(world), raised(world, kind="money", by=1)
    for main in (one, money):
        with pytest.raises((errors.ObstacleJoinUnfit, errors.ObstacleUnknown)):
            services.join(one.uuid, main=main.uuid, actor=world.offices.head, at=AT)
    assert nothing_happened(one)


def test_who_is_still_stuck_says_why_and_it_waits_again(world: Stuckness) -> None:
    made = raised(world)
    services.answer(made.uuid, words=HOW, actor=world.offices.head, at=AT)
    with pytest.raises(errors.WordsMissing):
        services.reopen(made.uuid, words=" ", actor=world.first, at=AT)
    with pytest.raises(PermissionMissing):
        services.close(made.uuid, actor=world.offices.head, at=AT)
    services.reopen(made.uuid, words="Xe phát sóng không vào được", actor=world.first, at=AT)
    assert state(made) == ObstacleState.OPEN
    assert made.is_late(made.due_on + timedelta(days=1))


def test_it_is_passed_on_and_taken_to_a_ministry(world: Stuckness) -> None:
    made, offices = raised(world), world.offices
    with pytest.raises(errors.SolverUnfit):
        services.route(made.uuid, solver=offices.former.pk, words="x", actor=offices.head, at=AT)
    services.route(
        made.uuid, solver=offices.province.pk, words="Vượt thẩm quyền", actor=offices.head, at=AT
    )
    with pytest.raises(PermissionMissing):
        services.propose_upward(
            made.uuid, body="Bộ", document="", words="", actor=offices.follower, at=AT
        )
    services.propose_upward(
        made.uuid,
        body="Bộ Khoa học và Công nghệ",
        document="000/UBND-KGVX",
        words="",
        actor=offices.chair,
        at=AT,
    )
    assert state(made) == ObstacleState.PROPOSED
    services.answer(made.uuid, words=HOW, actor=offices.chair, at=AT)
    assert [act.kind for act in ObstacleAct.objects.order_by("pk")] == [
        "routed",
        "proposed",
        "answered",
    ]


def test_a_report_is_offered_what_the_agency_is_stuck_on(
    world: Stuckness, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = raised(world)
    asked = Asked(frozenset({made.agency_id}), AT.date(), AT.date(), AT)
    (offer,) = offered.obstacles(asked)
    assert (offer.source, made.text in offer.words) == (f"obstacle:{made.uuid}", True)
    with monkeypatch.context() as few:
        few.setattr(offered, "MOST", 0)
        assert [rest.link for rest in offered.obstacles(asked)] == ["/vuong-mac/"]
    services.answer(made.uuid, words=HOW, actor=world.offices.head, at=AT)
    services.close(made.uuid, actor=world.first, at=AT)
    assert not offered.obstacles(asked)


def sits(actor: OfficerActor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.user))
    return made


@pytest.mark.slow
def test_one_tap_from_any_page_and_an_answer_by_its_pages(world: Stuckness) -> None:
    lead, solver = sits(world.first), sits(world.offices.head)
    foot = lead.get(reverse("tasks:inbox")).content.decode()
    assert "/vuong-mac/moi/?trang=%2Fnhiem-vu%2F" in foot
    address = reverse("tasks:obstacle_raising")
    key = "5f2b7c1e-0000-4000-8000-000000000000"
    assert (
        f'value="/ho-so/{key}/"'
        in lead.get(address, {"trang": f"/ho-so/{key}/?x=1"}).content.decode()
    )
    body: dict[str, Any] = {
        "agency": world.offices.communes[0].pk,
        "text": "Máy quét hỏng, chờ sửa",
    }
    assert lead.post(address, {**body, "then": "look"}).status_code == 200
    assert lead.post(address, body).status_code == 422
    assert not Obstacle.objects.exists()
    sent = lead.post(address, {**body, "kind": "infrastructure", "page": f"/ho-so/{key}/"})
    assert sent.status_code == 302
    made = Obstacle.objects.get()
    assert (str(made.subject), made.page) == (key, f"/ho-so/{key}/")
    assert str(made.uuid) in solver.get(reverse("tasks:obstacles")).content.decode()
    act = reverse("tasks:obstacle_act", args=[made.uuid, "tra-loi"])
    assert lead.post(act, {"words": HOW}).status_code == 403
    assert solver.post(act, {"words": HOW, "question": "Máy quét hỏng?"}).status_code == 302
    assert HOW[:20] in lead.get(sent["Location"]).content.decode()
    assert HOW[:20] in lead.get(reverse("tasks:solutions"), {"tu": "may quet"}).content.decode()
    assert sits(world.second).get(sent["Location"]).status_code == 404
    assert clock.now().date() >= made.at.date()
