from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from tinhso.kernel.permissions import PermissionMissing
from tinhso.notifications import services
from tinhso.notifications.errors import NotificationUnknown
from tinhso.notifications.models import Mail, Notification, Preference, RuleFailure
from tinhso.notifications.pages import choosing, inbox, navigation, outbox
from tinhso.notifications.rules import Recipient
from tinhso.notifications.tests.factories import AT, SYSTEM, happened, make_mail, told
from tinhso.notifications.tests.test_own import LAN, MINH, NAM, VISITOR
from tinhso.ui.navigation import Count

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from pytest_django.fixtures import Settings

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db


def asked(actor: Actor, typed: dict[str, str] | None = None) -> ActedRequest:
    return acted(RequestFactory().get("/thong-bao/", typed or {}), actor)


def posted(actor: Actor, typed: dict[str, str] | None = None) -> ActedRequest:
    return acted(RequestFactory().post("/thong-bao/", typed or {}), actor)


def acted(request: HttpRequest, actor: Actor) -> ActedRequest:
    """A request as the middleware leaves it."""
    for name, value in {"actor": actor, "at": AT, "user": AnonymousUser(), "session": {}}.items():
        setattr(request, name, value)
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return cast("ActedRequest", request)


def tell(actor: Actor, link: str = "/ho-so/1/") -> Notification:
    told[:] = [Recipient(actor.key, link=link)]
    (notification,) = services.notify([happened()], at=AT)
    return notification


def test_the_unread_come_first_and_all_on_request() -> None:
    first, _second = tell(MINH), tell(MINH)
    services.mark_read(first.uuid, actor=MINH, at=AT)
    page = inbox.show(asked(MINH)).content.decode()
    assert page.count("Bạn có việc H48-0001 &amp; cần xem.") == 1
    page = inbox.show(asked(MINH, {"xem": "tat-ca"})).content.decode()
    assert page.count("Bạn có việc H48-0001 &amp; cần xem.") == 2


def test_each_sees_ones_own_and_why_there_is_nothing() -> None:
    tell(MINH)
    assert "Không có thông báo chưa đọc." in inbox.show(asked(NAM)).content.decode()
    page = inbox.show(asked(LAN, {"xem": "tat-ca"})).content.decode()
    assert "Bạn chưa có thông báo nào." in page


@pytest.mark.parametrize("page", [inbox.show, choosing.choose])
def test_a_visitor_is_asked_to_sign_in(page: Callable[[ActedRequest], HttpResponse]) -> None:
    answer = page(asked(VISITOR))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/thong-bao/")


def test_opening_marks_and_leads_on() -> None:
    notification = tell(MINH)
    answer = inbox.mark(posted(MINH, {"mo": "1"}), notification.uuid)
    assert (answer.status_code, answer["Location"]) == (302, "/ho-so/1/")
    notification.refresh_from_db()
    assert notification.read_at == AT


def test_opening_never_leads_to_another_site() -> None:
    notification = tell(MINH, "//elsewhere.example/")
    answer = inbox.mark(posted(MINH, {"mo": "1"}), notification.uuid)
    assert answer["Location"] == "/thong-bao/"


def test_another_may_not_mark() -> None:
    notification = tell(MINH)
    with pytest.raises(NotificationUnknown):
        inbox.mark(posted(NAM), notification.uuid)
    assert Notification.objects.unread().count() == 1


def test_all_are_marked_at_once() -> None:
    tell(MINH)
    tell(MINH)
    assert inbox.mark_all(posted(MINH)).status_code == 302
    assert not Notification.objects.unread().exists()


def test_mail_is_switched_off_and_on(settings: Settings) -> None:
    page = choosing.choose(asked(MINH)).content.decode()
    assert "chưa gửi thư điện tử" in page
    settings.MAIL_IS_ON = True
    choosing.choose(posted(MINH))
    assert Preference.objects.get().wants_email is False
    assert " checked" not in choosing.choose(asked(MINH)).content.decode()
    choosing.choose(posted(MINH, {"wants_email": "1"}))
    assert " checked" in choosing.choose(asked(MINH)).content.decode()


def test_the_operator_sees_what_could_not_be_sent_and_not_to_whom(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    mail = make_mail()
    Mail.objects.update(given_up_at=AT, error="người nhận bị từ chối (550)")
    RuleFailure.objects.create(event=mail.uuid, rule="probe.broken", error="KeyError", at=AT)
    page = outbox.show(asked(SYSTEM)).content.decode()
    assert "người nhận bị từ chối (550)" in page
    assert "example.vn" in page
    assert "lan@" not in page
    assert "probe.broken" in page
    assert outbox.retry(posted(SYSTEM), mail.uuid).status_code == 302
    assert Mail.objects.waiting().exists()


def test_the_outbox_is_for_operators() -> None:
    with pytest.raises(PermissionMissing):
        outbox.show(asked(MINH.__class__(user=0, uuid=MINH.uuid, name="Minh")))


def test_the_entry_counts_the_unread_and_hides_from_visitors() -> None:
    tell(MINH)
    assert navigation.unread(asked(MINH)) == Count(1)
    assert navigation.is_known(asked(MINH))
    assert not navigation.is_known(asked(VISITOR))
