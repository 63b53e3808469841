from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.utils.translation import gettext_lazy, override

from tinhso.accounts.tests.factories import make_user
from tinhso.calendars import clock
from tinhso.events.models import Checkpoint, Event, Position
from tinhso.events.sequencing import place
from tinhso.notifications import jobs, rules, services
from tinhso.notifications.models import Mail, Notification, RuleFailure
from tinhso.notifications.rules import IN_APP, NotificationRule, Recipient
from tinhso.notifications.tests.factories import AT, HAPPENED, RULE, happened, told
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
LAN = "user:00000000-0000-0000-0000-00000000000a"
HUNG = "party:00000000-0000-0000-0000-00000000000b"


def test_a_rule_tells_each_recipient() -> None:
    told.extend([Recipient(LAN, link="/ho-so/1/"), Recipient(HUNG)])
    event = happened()
    services.notify([event], at=AT)
    lan, hung = Notification.objects.order_by("-recipient")
    assert (lan.recipient, hung.recipient) == (LAN, HUNG)
    assert (lan.subject, lan.link, lan.at) == ("Việc H48-0001 đã có", "/ho-so/1/", AT)
    assert lan.body == "Bạn có việc H48-0001 & cần xem.\n\nĐoạn thứ hai."
    assert (lan.event, lan.rule, lan.read_at) == (event.uuid, "probe.happened", None)


def test_it_is_kept_in_both_languages() -> None:
    subject = gettext_lazy("Hồ sơ {number} đã được tiếp nhận")
    rules.registry._entries[RULE.code] = replace(RULE, subject=subject)
    told.append(Recipient(LAN))
    (notice,) = services.notify([happened()], at=AT)
    assert notice.shown_subject == "Hồ sơ H48-0001 đã được tiếp nhận"
    with override("en"):
        assert notice.shown_subject == "The dossier H48-0001 has been received"
        older = Notification(subject="Cũ", body="Cũ")
        assert (older.shown_subject, older.shown_body) == ("Cũ", "Cũ")


def test_an_event_told_again_tells_nobody_twice() -> None:
    told.extend([Recipient(LAN), Recipient(LAN)])
    event = happened()
    assert len(services.notify([event, event], at=AT)) == 1
    assert services.notify([event], at=AT) == []
    assert Notification.objects.count() == 1


def test_of_two_rules_the_first_is_heard() -> None:
    second = NotificationRule("probe.second", HAPPENED, lambda _: told, "Thừa", RULE.body)
    rules.register(second)
    told.append(Recipient(LAN))
    services.notify([happened()], at=AT)
    assert Notification.objects.get().rule == "probe.happened"


def test_a_rule_that_fails_is_kept_and_holds_nobody_up() -> None:
    def broken(event: Event) -> list[Recipient]:
        raise RuntimeError(str(event.uuid))

    rules.register(NotificationRule("probe.broken", HAPPENED, broken, "x", RULE.body))
    told.append(Recipient(LAN))
    event = happened()
    services.notify([event], at=AT)
    services.notify([event], at=AT)
    failure = RuleFailure.objects.get()
    assert (failure.event, failure.rule, failure.error) == (
        event.uuid,
        "probe.broken",
        "RuntimeError",
    )
    assert Notification.objects.count() == 1


def test_history_tells_nobody() -> None:
    told.append(Recipient(LAN))
    assert services.notify([happened(at=AT - timedelta(days=8))], at=AT) == []
    assert not Notification.objects.exists()


def test_a_mail_is_written_with_its_notification(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    minh = make_user("Minh")
    citizen = make_user("Lan", kind="citizen", party_key=1, party_uuid=UUID(int=10))
    declared = make_party("Hùng", email="hung@example.vn")
    told.extend(
        [
            Recipient(f"user:{minh.uuid}"),
            Recipient(f"party:{citizen.party_uuid}"),
            Recipient(f"party:{declared.uuid}"),
            Recipient(f"party:{uuid4()}"),
            Recipient(f"user:{uuid4()}", email="khac@example.vn"),
        ]
    )
    services.notify([happened()], at=AT)
    assert Notification.objects.count() == 5
    assert sorted(Mail.objects.values_list("address", flat=True)) == sorted(
        [minh.email, citizen.email, "hung@example.vn", "khac@example.vn"]
    )


@pytest.mark.parametrize("reason", ["no server", "late", "in-app only", "closed account"])
def test_no_mail_is_written(settings: Settings, reason: str) -> None:
    settings.MAIL_IS_ON = reason != "no server"
    minh = make_user("Minh", is_active=reason != "closed account")
    told.append(Recipient(f"user:{minh.uuid}"))
    if reason == "in-app only":
        rules.registry._entries[RULE.code] = NotificationRule(
            RULE.code, HAPPENED, lambda _: told, "x", RULE.body, channels=IN_APP
        )
    age = timedelta(days=3) if reason == "late" else timedelta()
    services.notify([happened(at=AT - age)], at=AT)
    assert Notification.objects.count() == 1
    assert not Mail.objects.exists()


def placed(event: Event) -> None:
    """Wait for its place in the log: a transaction open elsewhere holds the sequencer back."""
    for _ in range(900):  # worlds of another process may stay open for a minute
        place()
        if Position.objects.filter(event=event).exists():
            return
        time.sleep(0.1)
    raise TimeoutError


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_loop_reads_on_from_its_mark() -> None:
    told.append(Recipient(LAN))
    placed(happened(at=clock.now()))
    assert jobs.read_log() is False
    assert Notification.objects.count() == 1
    placed(happened(at=clock.now()))
    jobs.read_log()
    jobs.read_log()
    assert Notification.objects.count() == 2
    assert Checkpoint.objects.get(reader="notifications").position == 2
