"""Who is told of new work: the people of the unit, once, until they have read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_pack_role
from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.dossiers import services
from tinhso.dossiers.tests.factories import AT, SYSTEM, officer, received, step, submitted
from tinhso.dossiers.tests.stages import ACTS, REFUSAL, rejected, until
from tinhso.events.models import Event
from tinhso.notifications.models import Mail, Notification
from tinhso.notifications.services import mark_all_read, notify

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def told() -> set[str]:
    """Everybody who was newly told of work in their unit."""
    happened = list(Event.objects.filter(kind__startswith="dossiers.").order_by("pk"))
    rule = "dossiers.new_work."
    return {each.recipient for each in notify(happened, at=AT) if each.rule.startswith(rule)}


def test_the_desk_is_told_of_what_was_submitted(desk: Desk) -> None:
    submitted(desk)
    assert told() == {desk.clerk.key, desk.colleague.key}
    assert not Mail.objects.filter(notification__rule__startswith="dossiers.new_work").exists()


@pytest.mark.slow
def test_many_dossiers_make_one_notice_until_it_is_read(desk: Desk) -> None:
    for _ in range(5):
        submitted(desk)
    told()
    submitted(desk)
    told()
    assert Notification.objects.filter(recipient=desk.clerk.key).count() == 1

    mark_all_read(actor=desk.clerk, at=AT)
    submitted(desk)
    assert told() == {desk.clerk.key}, "the colleague has not read the first"


def test_who_may_sign_is_told_and_not_whoever_sent_it_there(desk: Desk) -> None:
    dossier = received(desk)
    told()
    Notification.objects.all().delete()
    done = services.forward(
        dossier.uuid, step(dossier, "tham_dinh"), actor=desk.head, outcome="agree", at=AT
    )
    last = Event.objects.filter(subject=done.uuid).latest("pk")
    said = {each.recipient for each in notify([last], at=AT)}
    assert desk.leader.key in said
    assert desk.head.key not in said, "they did it themselves"
    assert desk.specialist.key not in said


def test_the_head_of_the_province_is_not_told_of_every_commune(desk: Desk) -> None:
    user = make_user("Thanh")
    make_grant(user, make_pack_role("one-stop-officer"), desk.province, includes_subordinates=True)
    submitted(desk)
    assert actor_for(user).key not in told()


def test_what_was_taken_meanwhile_is_news_to_nobody(desk: Desk) -> None:
    act = ACTS["take"](desk)
    act.run()
    assert desk.head.key not in told()


@pytest.mark.parametrize("name", ["complain", "reopen"])
def test_the_unit_is_told_of_complaints_and_reopenings(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    told()
    Notification.objects.all().delete()
    act.run(SYSTEM)
    last = Event.objects.filter(subject=act.dossier.uuid).latest("pk")
    expected = desk.head.key if name == "complain" else desk.specialist.key
    assert expected in {each.recipient for each in notify([last], at=AT)}


def test_the_asked_unit_is_told_of_a_transfer(desk: Desk) -> None:
    act = ACTS["ask_transfer"](desk)
    head = officer("Đào", "unit-head", desk.health)
    told()
    act.run()
    assert told() == {head.key}


def test_the_answer_reaches_the_applicant_and_handed_work_its_receiver(desk: Desk) -> None:
    answered = ACTS["answer_complaint"](desk).run()
    last = Event.objects.filter(subject=answered.uuid).latest("pk")
    (to,) = notify([last], at=AT)
    assert answered.applicant is not None
    assert to.recipient == f"party:{answered.applicant.uuid}"
    taken = ACTS["take"](desk).run()
    source = User.objects.get(pk=desk.specialist.user)
    target = User.objects.get(pk=desk.head.user)
    services.hand_work_over(desk.commune.pk, source=source, target=target, actor=desk.leader, at=AT)
    last = Event.objects.filter(subject=taken.uuid).latest("pk")
    assert {each.recipient for each in notify([last], at=AT)} == {desk.head.key}


def test_who_was_refused_is_not_told_of_a_result_to_fetch(desk: Desk) -> None:
    dossier = rejected(desk)
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), REFUSAL, actor=desk.specialist, at=AT
    )
    said = list(notify([Event.objects.get(kind="dossiers.result_attached")], at=AT))
    (one,) = [each for each in said if each.rule.startswith("dossiers.result")]
    assert one.rule == "dossiers.result_refuses"
    assert "không được giải quyết" in one.subject


def test_who_was_granted_is_told_of_the_result(desk: Desk) -> None:
    until(desk, "tra_ket_qua")
    said = list(notify([Event.objects.get(kind="dossiers.result_attached")], at=AT))
    assert [each.rule for each in said if each.rule.startswith("dossiers.result")] == [
        "dossiers.result"
    ]
