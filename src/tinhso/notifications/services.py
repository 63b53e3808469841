"""Telling people of events, and what they and the operator do with it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.notifications import addresses, events, rules
from tinhso.notifications.errors import MailNotGivenUp, NobodyToNotify, NotificationUnknown
from tinhso.notifications.models import Mail, Notification, Preference, RuleFailure
from tinhso.notifications.permissions import NotificationPermission
from tinhso.notifications.rules import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor
    from tinhso.notifications.rules import NotificationRule, Recipient

log = logging.getLogger(__name__)
TOLD_WITHIN = timedelta(days=7)
"""Older events (imported history, simulated days, a log read late) tell nobody."""
MAILED_WITHIN = timedelta(days=2)
"""A mail that late would only confuse."""
LONGEST_SUBJECT = 300
LONGEST_ERROR = 200


@transaction.atomic
def notify(happened: Sequence[Event], *, at: datetime) -> list[Notification]:
    """Tell people of these events (gửi thông báo); `at` is the business time.

    Each person is told once of an event, however often it is given. A rule that fails is kept as a
    `RuleFailure` and holds nobody else up.
    """
    planned: dict[tuple[UUID, str], tuple[Notification, NotificationRule, Recipient]] = {}
    for event in happened:
        if at - event.at > TOLD_WITHIN:
            continue
        for rule in rules.of_kind(event.kind):
            for entry in _said(rule, event, at=at):
                planned.setdefault((event.uuid, entry[0].recipient), entry)
    known = set(
        Notification.objects.filter(event__in={event for event, _ in planned}).values_list(
            "event", "recipient"
        )
    )
    new = _gathered([entry for key, entry in planned.items() if key not in known])
    Notification.objects.bulk_create(notification for notification, _, _ in new)
    Mail.objects.bulk_create(_mails(new, at=at))
    return [notification for notification, _, _ in new]


@transaction.atomic
def mark_read(key: UUID, *, actor: Actor, at: datetime) -> Notification:
    """Mark one as read (đánh dấu đã đọc). Not in the log: it has no legal effect."""
    notification = Notification.objects.to(addresses.keys_of(actor)).filter(uuid=key).first()
    if notification is None:
        raise NotificationUnknown
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=at)
    return notification


@transaction.atomic
def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Mark all of one's own as read; how many were not."""
    return Notification.objects.to(addresses.keys_of(actor)).unread().update(read_at=at)


@transaction.atomic
def choose_email(*, wants: bool, actor: Actor, at: datetime) -> None:
    """Choose whether mails go out (bật, tắt thư điện tử), under every key of the person."""
    keys = addresses.keys_of(actor)
    if not keys:
        raise NobodyToNotify
    for key in keys:
        Preference.objects.update_or_create(
            recipient=key, defaults={"wants_email": wants, "chosen_at": at}
        )
    subject = UUID(keys[0].partition(":")[2])
    payload = {"wants_email": wants}
    record(events.EMAIL_CHOSEN, subject=subject, actor=actor, at=at, payload=payload)


@transaction.atomic
def retry(key: UUID, *, actor: Actor, at: datetime) -> Mail:
    """Try a mail anew that was given up (gửi lại), from the first try on."""
    require(actor, NotificationPermission.OPERATE, at=at)
    mail = Mail.objects.select_for_update().filter(uuid=key).first()
    if mail is None:
        raise NotificationUnknown
    if mail.given_up_at is None:
        raise MailNotGivenUp
    tries = mail.tries
    mail.given_up_at, mail.tries, mail.next_try_at = None, 0, timezone.now()
    mail.save(update_fields=["given_up_at", "tries", "next_try_at"])
    record(events.MAIL_RETRIED, subject=mail.uuid, actor=actor, at=at, payload={"tries": tries})
    return mail


def _gathered(
    planned: list[tuple[Notification, NotificationRule, Recipient]],
) -> list[tuple[Notification, NotificationRule, Recipient]]:
    """Of rules that gather (gộp thông báo), one unread notice for each person: the first of what is new."""
    said: set[tuple[str, str]] = set()
    kept = []
    for entry in planned:
        _notification, rule, recipient = entry
        if rule.gathers:
            what = (recipient.key, rule.gathered_as)
            unread = Notification.objects.to([recipient.key]).unread()
            if what in said or unread.filter(rule__startswith=rule.gathered_as).exists():
                continue
            said.add(what)
        kept.append(entry)
    return kept


def _said(
    rule: NotificationRule, event: Event, *, at: datetime
) -> list[tuple[Notification, NotificationRule, Recipient]]:
    """What a rule says of an event, to each recipient once; a failing rule says nothing."""
    try:
        with transaction.atomic():
            recipients = {entry.key: entry for entry in reversed(rule.recipients(event))}
            if not recipients:
                return []
            told = list(recipients.values())
            both = zip(
                _worded(rule, event, told, "vi"), _worded(rule, event, told, "en"), strict=True
            )
            return [
                (
                    Notification(
                        recipient=recipient.key,
                        event=event.uuid,
                        rule=rule.code,
                        subject=subject,
                        body=body,
                        subject_en=subject_en,
                        body_en=body_en,
                        link=recipient.link,
                        at=event.at,
                    ),
                    rule,
                    recipient,
                )
                for recipient, ((subject, body), (subject_en, body_en)) in zip(
                    told, both, strict=True
                )
            ]
    except Exception as error:
        log.exception("rule %s on event %s", rule.code, event.uuid)
        RuleFailure.objects.update_or_create(
            event=event.uuid,
            rule=rule.code,
            defaults={"error": type(error).__name__[:LONGEST_ERROR], "at": at},
        )
        return []


def _worded(
    rule: NotificationRule, event: Event, told: Sequence[Recipient], language: str
) -> list[tuple[str, str]]:
    """Subject and body in a language, for each recipient."""
    with override(language):
        facts = dict(rule.facts(event))
        subject = " ".join(str(rule.subject).format(**facts).split())[:LONGEST_SUBJECT]
        return [
            (subject, render_to_string(rule.body, facts | {"recipient": one}).strip())
            for one in told
        ]


def _mails(
    new: list[tuple[Notification, NotificationRule, Recipient]], *, at: datetime
) -> list[Mail]:
    """The mails that go out with new notifications; their first try is at once, in real time."""
    if not settings.MAIL_IS_ON:
        return []
    wanted = [
        (notification, recipient)
        for notification, rule, recipient in new
        if Channel.EMAIL in rule.channels and at - notification.at <= MAILED_WITHIN
    ]
    known = addresses.of({recipient.key for _, recipient in wanted})
    refused = addresses.refusing({recipient.key for _, recipient in wanted})
    now = timezone.now()
    return [
        Mail(notification=notification, address=address, next_try_at=now)
        for notification, recipient in wanted
        if recipient.key not in refused
        and (address := recipient.email or known.get(recipient.key, ""))
    ]
