"""Committees keep their periods; who serves a subject is proposed where a notice names it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks import services
from tinhso.tasks.errors import CommitteeEnded, CommitteeInvalid, CommitteeUnknown
from tinhso.tasks.models import Committee, CommitteeKind, Task
from tinhso.tasks.queries.committees import committees_on, shown
from tinhso.tasks.queries.reviews import shown_items
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.factories import AT

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

BEGIN = date(2023, 1, 10)
TEXT = """THÔNG BÁO
Kết luận về chuyển đổi số
Số: 9/TB-UBND
ngày 04 tháng 8 năm 2025
Nhiệm vụ:
1. Giao Tổ giúp việc Ban Chỉ đạo tổng hợp khó khăn của các địa phương, hoàn thành trước ngày 30/9/2025.
"""


def founded(offices: Offices) -> Committee:
    """A steering committee with a head, served in a subject by the department of science."""
    facts = services.CommitteeFacts(CommitteeKind.STEERING, "Ban Chỉ đạo chuyển đổi số", BEGIN)
    made = services.found_committee(facts, agency=offices.province.pk, actor=offices.chair, at=AT)
    services.seat(
        made.uuid, role="head", post="Chủ tịch UBND tỉnh", since=BEGIN, actor=offices.chair, at=AT
    )
    serve(offices, made, offices.science.pk, BEGIN)
    return made


def serve(offices: Offices, committee: Committee, agency: int, since: date) -> None:
    services.serve(
        committee.uuid, subject="chuyển đổi số", agency=agency, since=since,
        actor=offices.follower, at=AT,
    )  # fmt: skip


def test_a_committee_is_seen_as_of_a_day(offices: Offices) -> None:
    committee = founded(offices)
    change, end = date(2024, 5, 1), date(2025, 4, 1)
    serve(offices, committee, offices.home_affairs.pk, change)
    names = {day: shown([committee], day)[0].standing[0][1] for day in (BEGIN, change)}
    assert [name.split()[1] for name in names.values()] == ["Khoa", "Nội"]
    services.end_committee(committee.uuid, until=end, actor=offices.chair, at=AT)
    assert committees_on(end - timedelta(days=1)) == [committee]
    assert committees_on(end) == []
    assert shown([committee], end)[0].seats == []
    assert [one.post for one in shown([committee], change)[0].seats] == ["Chủ tịch UBND tỉnh"]
    with pytest.raises(CommitteeEnded):
        serve(offices, committee, offices.finance.pk, end)


def test_who_may_not_and_what_cannot_be_changes_nothing(offices: Offices) -> None:
    committee = founded(offices)
    before = Event.objects.count()
    with pytest.raises(PermissionMissing):
        services.end_committee(committee.uuid, until=date(2026, 1, 1), actor=offices.head, at=AT)
    for day in (BEGIN, BEGIN - timedelta(days=9)):
        with pytest.raises(CommitteeInvalid):
            services.end_committee(committee.uuid, until=day, actor=offices.chair, at=AT)
    with pytest.raises(CommitteeUnknown):
        services.unseat(
            committee.uuid, seat=uuid4(), until=date(2024, 1, 1), actor=offices.chair, at=AT
        )
    assert Event.objects.count() == before
    assert shown([committee], BEGIN)[0].seats


@pytest.mark.slow
def test_who_serves_the_subject_is_proposed_and_the_board_is_filtered(offices: Offices) -> None:
    committee = founded(offices)
    notice = services.bring_in(
        services.Brought(text=TEXT, committee=committee.pk),
        agency=offices.province.pk, actor=offices.follower, at=AT,
    )  # fmt: skip
    [item] = shown_items(notice.reviews.get(), at=AT)
    assert item.blocks
    [proposal] = item.proposed
    assert (proposal.agency, proposal.subject) == (offices.science.pk, "chuyển đổi số")
    client = Client()
    client.force_login(User.objects.get(pk=offices.follower.user))
    chosen = {"then": "propose", "item": item.item.key, "lead": proposal.agency, "expected": 0}
    client.post(reverse("tasks:reviewing", args=[notice.uuid]), chosen)
    assert items_of(notice.reviews.latest("number"))[0].leads == (offices.science.pk,)
    services.confirm(notice.uuid, expected=1, actor=offices.chair, at=clock.now())
    board, task = reverse("tasks:board"), Task.objects.get()
    for ban, is_there in ((committee.uuid, True), (uuid4(), False)):
        page = client.get(board, {"ban": str(ban), "xem": "dang-mo"}).content.decode()
        assert (str(task.uuid) in page) is is_there
    for page in ("tasks:committees", "tasks:committee_founding"):
        assert client.get(reverse(page)).status_code == 200


def test_beside_a_lead_who_serves_the_subject_is_proposed_to_coordinate(offices: Offices) -> None:
    founded(offices)
    text = TEXT.replace(
        "Tổ giúp việc Ban Chỉ đạo tổng hợp", "Sở Tài chính tổng hợp về chuyển đổi số"
    )
    notice = services.bring_in(
        services.Brought(text=text), agency=offices.province.pk, actor=offices.follower, at=AT
    )
    (item,) = shown_items(notice.reviews.latest("number"), at=AT)
    assert item.item.leads == (offices.finance.pk,)
    assert [one.agency for one in item.proposed] == [offices.science.pk]
    client = Client()
    client.force_login(User.objects.get(pk=offices.follower.user))
    asked = {
        "expected": "0",
        "then": "coordinate",
        "item": str(item.item.key),
        "lead": str(offices.science.pk),
    }
    client.post(reverse("tasks:reviewing", args=[notice.uuid]), asked)
    (changed,) = items_of(notice.reviews.latest("number"))
    assert changed.coordinators == (offices.science.pk,)


def test_who_answers_for_the_field_is_proposed_to_follow(offices: Offices) -> None:
    committee = founded(offices)
    for post, field in (
        ("Giám đốc Công an tỉnh", "Đề án 06, an toàn thông tin"),
        ("Giám đốc Sở Nội vụ", "cải cách hành chính"),
    ):
        services.seat(
            committee.uuid, role="member", post=post, field=field, since=BEGIN,
            actor=offices.chair, at=AT,
        )  # fmt: skip
    text = TEXT.replace("khó khăn của các địa phương", "việc bảo đảm An toàn thông tin")
    notice = services.bring_in(
        services.Brought(text=text, committee=committee.pk),
        agency=offices.province.pk, actor=offices.follower, at=AT,
    )  # fmt: skip
    (item,) = shown_items(notice.reviews.get(), at=AT)
    (said,) = [one for one in item.doubts if "Giám đốc" in one]
    assert "Giám đốc Công an tỉnh, phụ trách “an toàn thông tin”" in said
    follower = offices.follower.user
    services.edit(
        notice.uuid, item.item.key, {"follower": follower},
        expected=0, actor=offices.follower, at=AT,
    )  # fmt: skip
    (chosen,) = shown_items(notice.reviews.latest("number"), at=AT)
    assert not [one for one in chosen.doubts if "Giám đốc" in one]
