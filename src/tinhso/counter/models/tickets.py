"""Numbered tickets: issued at a kiosk, called at a window, ended there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 32


class Errand(models.TextChoices):
    """What somebody came for (việc cần làm)."""

    SUBMIT = "submit", _("Nộp hồ sơ")
    COLLECT = "collect", _("Nhận kết quả")
    ASK = "ask", _("Hỏi, hướng dẫn")


class Outcome(models.TextChoices):
    """How a ticket ended (kết thúc lượt)."""

    SERVED = "served", _("Đã phục vụ")
    NO_SHOW = "no_show", _("Vắng mặt")


class TicketDesk(models.Model):
    """A desk with machines for visitors (quầy lấy số): one gives numbers, at another they file on line themselves.

    Whoever knows the key of a machine may use it; `generation` renews the keys of all.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.OneToOneField("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("quầy lấy số")

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def key(self) -> str:
        """What the address of its kiosk carries; it is worked out, and stands in no table."""
        return self._key_of("kiosk")

    @property
    def station_key(self) -> str:
        """What the address of its machine for filing on line carries, worked out likewise."""
        return self._key_of("station")

    def _key_of(self, machine: str) -> str:
        text = f"{self.uuid}:{self.generation}"
        whole = salted_hmac(f"tinhso.counter.{machine}", text, algorithm="sha256").hexdigest()
        return whole[:KEY_LENGTH]


class TicketSequence(models.Model):
    """The last number that a desk gave on an official day; it goes back with an act that fails: no gaps."""

    desk = models.ForeignKey(TicketDesk, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("số thứ tự trong ngày")
        constraints = [
            models.UniqueConstraint(fields=["desk", "day"], name="counter_one_sequence_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.last}"


class Ticket(models.Model):
    """A number that somebody waits with (phiếu số thứ tự); it names nobody.

    Whoever had an appointment was promised a time, `promised_at`: from then on they go before all who were not.
    """

    uuid = models.UUIDField(unique=True)
    desk = models.ForeignKey(TicketDesk, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.PositiveIntegerField()
    errand = models.CharField(max_length=10, choices=Errand.choices)
    at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("phiếu số thứ tự")
        constraints = [
            models.UniqueConstraint(fields=["desk", "day", "number"], name="counter_number_once"),
            models.CheckConstraint(
                condition=Q(errand__in=Errand.values), name="counter_errand_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class TicketCall(models.Model):
    """The number was called to a window (gọi số); called again, it is one row more."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="calls")
    window = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("lượt gọi số")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.window}"


class TicketEnd(models.Model):
    """The visit is over, or nobody came to the window (kết thúc lượt)."""

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("kết thúc lượt")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.outcome}"
