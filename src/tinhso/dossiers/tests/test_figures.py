"""What a leader's board says of dossiers is what the queue holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.calendars import clock
from tinhso.dossiers.figures import late_dossiers, page_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.factories import AT, received
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.indicators import changes
from tinhso.indicators.attention import Question
from tinhso.kernel.actors import AnonymousVisitor

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

LATER = AT + timedelta(days=90)


def test_late_dossiers_are_told_where_the_queue_may_be_read(desk: Desk) -> None:
    received(desk)
    received(desk)
    told = list(late_dossiers(Question(desk.clerk, LATER)))
    by_work = "mở ra danh sách theo việc, một hồ sơ có thể có nhiều việc"
    assert [(each.text, each.rest) for each in told] == [
        ("2 hồ sơ quá hạn đến giờ này", f"tại 1 cơ quan; {by_work}")
    ]
    assert told[0].href == "/ho-so/?cua=&tab=qua-han"
    assert list(late_dossiers(Question(desk.clerk, LATER, frozenset({-1})))) == []
    assert list(late_dossiers(Question(desk.clerk, AT))) == []


def test_what_is_due_today_is_late_now_and_in_the_figure_by_the_day_tomorrow(desk: Desk) -> None:
    received(desk)
    received(desk)
    early, late = Dossier.objects.order_by("pk")
    Dossier.objects.filter(pk=early.pk).update(due_at=LATER - timedelta(days=1))
    Dossier.objects.filter(pk=late.pk).update(due_at=LATER - timedelta(minutes=1))
    (told,) = late_dossiers(Question(desk.head, LATER))
    assert told.text == "2 hồ sơ quá hạn đến giờ này"
    assert told.rest == (
        "tại 1 cơ quan; trong đó 1 hồ sơ hẹn trong hôm nay, số liệu theo ngày tính từ ngày mai"
    )


def test_the_line_of_one_agency_opens_the_list_of_that_agency(desk: Desk) -> None:
    received(desk)
    (told,) = late_dossiers(Question(desk.head, LATER, frozenset({desk.commune.pk})))
    assert told.href == f"/ho-so/tinh-hinh/qua-han/?co-quan={desk.commune.pk}"
    Dossier.objects.update(due_at=clock.now() - timedelta(days=9))
    head = signed_in(desk, "head")
    assert head.get(told.href).context["page"].paginator.count == 1
    elsewhere = f"/ho-so/tinh-hinh/qua-han/?co-quan={desk.province.pk}"
    assert head.get(elsewhere).context["page"].paginator.count == 0
    assert head.get(f"{elsewhere}&co-quan={desk.commune.pk}").context["page"].paginator.count == 1


def test_a_change_leads_to_its_dossier_and_is_told_by_the_right_to_read_dossiers(
    desk: Desk,
) -> None:
    dossier = received(desk)
    told = {each.name: each for each in changes.latest(desk.clerk, at=AT)}
    assert told["Tiếp nhận hồ sơ"].href == page_of(dossier.uuid)
    received(desk)
    (again,) = [each for each in changes.latest(desk.clerk, at=AT) if each.count == 2]
    assert (again.name, again.href) == ("Tiếp nhận hồ sơ", "")
    assert changes.latest(AnonymousVisitor(), at=AT) == []
