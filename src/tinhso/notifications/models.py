"""What people are told, the mails that go out with it, and what they chose."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Words about notifications."""

    def to(self, keys: Iterable[str]) -> Self:
        """Those of one person, who may be known by more than one key."""
        return self.filter(recipient__in=list(keys))

    def unread(self) -> Self:
        """Those not yet read."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One person told of one event (thông báo), at most once.

    `recipient` is a key (`user:<uuid>`, `party:<uuid>`), `event` the uuid of the event, `rule` the
    code of the rule that spoke. `read_at` has no legal effect: handing over is another act.
    It is said in both languages at once; what is older has no English, and is read in Vietnamese.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.TextField()
    event = models.UUIDField()
    rule = models.TextField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    subject_en = models.CharField(max_length=300, default="", db_default="")
    body_en = models.TextField(default="", db_default="")
    link = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        indexes = [
            models.Index(fields=["recipient", "-at"], name="notification_by_recipient"),
            models.Index(
                fields=["recipient"],
                condition=models.Q(read_at=None),
                name="notification_unread",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="notification_once"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def shown_subject(self) -> str:
        """In the language of the page."""
        return worded(self.subject, self.subject_en)

    @property
    def shown_body(self) -> str:
        """In the language of the page."""
        return worded(self.body, self.body_en)


class MailQuerySet(models.QuerySet["Mail"]):
    """Words about mails."""

    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, now: datetime) -> Self:
        """Those whose turn has come, oldest first."""
        return self.waiting().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def given_up(self) -> Self:
        """Those that wait for a person (thư không gửi được)."""
        return self.exclude(given_up_at=None)


class Mail(models.Model):
    """A mail to be sent (thư đi): written with its notification, sent after commit.

    Its times are real time, whatever the business clock says. Whoever takes it moves `next_try_at`
    on first, so that a mail whose sender died is taken again; `error` says how the last try ended.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notification = models.OneToOneField(Notification, on_delete=models.PROTECT, related_name="mail")
    address = models.EmailField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư đi")
        verbose_name_plural = _("thư đi")
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="mail_waiting",
            ),
            models.Index(
                fields=["given_up_at"],
                condition=models.Q(given_up_at__isnull=False),
                name="mail_given_up",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def domain(self) -> str:
        """The domain of the address: enough for an operator, and no person's name."""
        return self.address.rpartition("@")[2]


class Preference(models.Model):
    """What a person chose (tùy chọn nhận thông báo); mails go out until they choose otherwise."""

    recipient = models.TextField(unique=True)
    wants_email = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tùy chọn thông báo")
        verbose_name_plural = _("tùy chọn thông báo")

    def __str__(self) -> str:
        return self.recipient


class RuleFailure(models.Model):
    """A rule that could not speak of an event (lỗi tạo thông báo): a bug, kept where it is seen."""

    event = models.UUIDField()
    rule = models.TextField()
    error = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lỗi tạo thông báo")
        verbose_name_plural = _("lỗi tạo thông báo")
        constraints = [
            models.UniqueConstraint(fields=["event", "rule"], name="rule_failure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.error}"
