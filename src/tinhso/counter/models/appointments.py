"""Appointments: what a desk offers, who booked which place of which time, and what became of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.counter.errors import AppointmentUnknown
from tinhso.counter.models.tickets import Errand, Ticket
from tinhso.counter.permissions import CounterPermission
from tinhso.kernel.identifiers import show_reference

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

GRACE = timedelta(minutes=15)
"""How long after its time an appointment is kept for who is late; then it counts as missed."""


class AppointmentOffer(models.Model):
    """What a desk offers (khung giờ hẹn): so many people in each so many minutes of its working hours."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.OneToOneField("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    days_ahead = models.PositiveSmallIntegerField()
    is_open = models.BooleanField()

    class Meta:
        verbose_name = _("khung giờ hẹn")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, capacity__gte=1, days_ahead__gte=1),
                name="counter_offer_has_room",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.capacity}/{self.minutes}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Words about appointments."""

    def visible_to(self, actor: Actor, keys: Collection[str], *, at: datetime) -> Self:
        """One's own (`keys` of the person), and those of desks where the actor keeps appointments."""
        scope = actor.scope(CounterPermission.KEEP_APPOINTMENTS, at=at)
        if scope.everywhere:
            return self
        return self.filter(Q(agency__in=scope.agencies) | Q(owner__in=list(keys)))

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def ahead(self) -> Self:
        """Those that nobody cancelled, kept or missed yet."""
        return self.filter(cancelled_at=None, missed_at=None, ticket=None)

    def get_or_refuse(self, key: UUID) -> Appointment:
        """The appointment of that uuid, or `AppointmentUnknown`."""
        found = self.select_related("procedure", "ticket").filter(uuid=key).first()
        if found is None:
            raise AppointmentUnknown
        return found


class Appointment(models.Model):
    """Somebody comes at that time (lịch hẹn); `code` is what they say at the kiosk.

    `owner` is the key of the account that booked it, empty where the desk did for somebody; `name` and `phone` are for
    the desk alone and go a month later. `seat` counts the places of a time: no two that stand have the same.
    """

    uuid = models.UUIDField(unique=True)
    code = models.CharField(max_length=10, unique=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    errand = models.CharField(max_length=10, choices=Errand.choices)
    procedure = models.ForeignKey(
        "dossiers.Procedure", on_delete=models.PROTECT, null=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField()
    owner = models.TextField(default="")
    name = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=20, default="")
    booked_at = models.DateTimeField()
    actor = models.TextField()
    reminded_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")
    missed_at = models.DateTimeField(null=True)
    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, null=True, related_name="appointment"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lịch hẹn")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "starts_at", "seat"],
                condition=Q(cancelled_at=None),
                name="counter_a_seat_is_one_persons",
            ),
            models.CheckConstraint(
                condition=Q(errand__in=Errand.values), name="counter_appointment_errand_known"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-starts_at"], name="counter_appointment_by_owner"),
            models.Index(
                fields=["starts_at"],
                condition=Q(cancelled_at=None, missed_at=None, ticket=None),
                name="counter_appointment_ahead",
            ),
            models.Index(
                fields=["starts_at"],
                condition=~Q(name="", phone=""),
                name="counter_appointment_named",
            ),
        ]

    def __str__(self) -> str:
        return show_reference(self.code)

    @property
    def ends_at(self) -> datetime:
        """When the next place begins."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def state(self) -> str:
        """`cancelled`, `arrived`, `missed` or `ahead`."""
        if self.cancelled_at:
            return "cancelled"
        if self.ticket_id:
            return "arrived"
        return "missed" if self.missed_at else "ahead"
