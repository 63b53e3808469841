from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from tinhso.accounts.actors import CitizenActor, OfficerActor
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.notifications import addresses, queries, services
from tinhso.notifications.errors import MailNotGivenUp, NobodyToNotify, NotificationUnknown
from tinhso.notifications.models import Mail, Notification, Preference
from tinhso.notifications.rules import Recipient
from tinhso.notifications.tests.factories import AT, SYSTEM, happened, make_mail, told

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
MINH = OfficerActor(user=1, uuid=UUID(int=1), name="Minh")
NAM = OfficerActor(user=2, uuid=UUID(int=2), name="Nam")
LAN = CitizenActor(user=3, uuid=UUID(int=3), name="Lan", party=9, party_uuid=UUID(int=9))
VISITOR = AnonymousVisitor()


def tell(*keys: str) -> list[Notification]:
    told[:] = [Recipient(key) for key in keys]
    return services.notify([happened()], at=AT)


def test_a_citizen_is_told_as_account_and_as_party() -> None:
    tell(f"user:{LAN.uuid}")
    tell(f"party:{LAN.party_uuid}")
    tell(MINH.key)
    assert queries.inbox(LAN).count() == queries.unread_count(LAN) == 2
    assert queries.unread_count(NAM) == queries.unread_count(VISITOR) == 0
    assert addresses.keys_of(SYSTEM) == []


def test_what_was_read_stays_in_the_list() -> None:
    (notification,) = tell(MINH.key)
    services.mark_read(notification.uuid, actor=MINH, at=AT)
    services.mark_read(notification.uuid, actor=MINH, at=AT.replace(year=2027))
    notification.refresh_from_db()
    assert notification.read_at == AT
    assert queries.unread_count(MINH) == 0
    assert list(queries.inbox(MINH)) == [notification]


def test_nobody_reads_for_another() -> None:
    (notification,) = tell(MINH.key)
    for actor in (NAM, VISITOR):
        with pytest.raises(NotificationUnknown):
            services.mark_read(notification.uuid, actor=actor, at=AT)
        assert services.mark_all_read(actor=actor, at=AT) == 0
    assert queries.unread_count(MINH) == 1


def test_all_of_ones_own_are_marked() -> None:
    tell(MINH.key, NAM.key)
    tell(MINH.key)
    assert services.mark_all_read(actor=MINH, at=AT) == 2
    assert queries.unread_count(NAM) == 1


def test_whoever_refuses_mail_gets_none(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    services.choose_email(wants=False, actor=LAN, at=AT)
    told[:] = [Recipient(LAN.key, email="lan@example.vn")]
    services.notify([happened()], at=AT)
    assert not Mail.objects.exists()
    services.choose_email(wants=True, actor=LAN, at=AT)
    services.notify([happened()], at=AT)
    assert Mail.objects.count() == 1
    chosen = Event.objects.filter(kind="notifications.email_chosen")
    assert [event.payload for event in chosen] == [{"wants_email": False}, {"wants_email": True}]


def test_a_visitor_has_no_choice() -> None:
    with pytest.raises(NobodyToNotify):
        services.choose_email(wants=False, actor=VISITOR, at=AT)
    assert not Preference.objects.exists()


def test_a_mail_given_up_is_tried_anew(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    mail = make_mail()
    with pytest.raises(MailNotGivenUp):
        services.retry(mail.uuid, actor=SYSTEM, at=AT)
    Mail.objects.update(given_up_at=AT, tries=8)
    with pytest.raises(PermissionMissing):
        services.retry(mail.uuid, actor=VISITOR, at=AT)
    assert Mail.objects.waiting().count() == 0
    services.retry(mail.uuid, actor=SYSTEM, at=AT)
    assert Mail.objects.waiting().get().tries == 0
    assert Event.objects.get(kind="notifications.mail_retried").payload == {"tries": 8}
    with pytest.raises(NotificationUnknown):
        services.retry(uuid4(), actor=SYSTEM, at=AT)
