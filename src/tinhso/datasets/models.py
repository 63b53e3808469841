"""What agencies delivered: periods of a data set, each delivery, its rows by versions, the lines given back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of
from tinhso.datasets.errors import DeliveryUnknown
from tinhso.datasets.permissions import DatasetPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


def reading(actor: Actor, *, at: datetime) -> frozenset[int] | None:
    """The agencies whose shared data the actor reads, with those that they alone follow; None is everywhere."""
    scope = actor.scope(DatasetPermission.READ, at=at)
    if scope.everywhere:
        return None
    return scope.agencies | inherited(scope.agencies, day_of(at))


class Instalment(models.Model):
    """One period of a data set by one agency (kỳ giao dữ liệu); laid down by the first delivery."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dataset = models.CharField(max_length=80)
    period = models.CharField(max_length=10)
    first = models.DateField()
    last = models.DateField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("kỳ giao dữ liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period", "agency"], name="instalment_once_an_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.period}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Words about deliveries."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of agencies whose shared data the actor reads."""
        agencies = reading(actor, at=at)
        return self if agencies is None else self.filter(instalment__agency__in=agencies)

    def get_or_refuse(self, key: UUID) -> Delivery:
        """The one of that uuid; `DeliveryUnknown` when there is none to see."""
        found = self.select_related("instalment").filter(uuid=key).first()
        if found is None:
            raise DeliveryUnknown
        return found


class Delivery(models.Model):
    """A file that was delivered (lần giao): by whom, its hash, how many lines stand and were given back.

    `changed` of the good lines said something else than stood. `heads` is the first line of the file.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="deliveries")
    version = models.CharField(max_length=40)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    heads = models.JSONField()
    good = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần giao dữ liệu")

    def __str__(self) -> str:
        return f"{self.instalment_id} {self.sha256[:8]}"


class DataRowQuerySet(models.QuerySet["DataRow"]):
    """Words about rows."""

    def standing(self) -> Self:
        """The newest version of each."""
        newer = DataRow.objects.filter(
            instalment=OuterRef("instalment"), key=OuterRef("key"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those that speak of agencies of the actor, and those that these delivered."""
        agencies = reading(actor, at=at)
        if agencies is None:
            return self
        return self.filter(Q(about__in=agencies) | Q(instalment__agency__in=agencies))


class DataRow(models.Model):
    """A version of a row (dòng dữ liệu): a further one each time it says something else, none is overwritten.

    `key` is what the key columns hold; `about` the agency of which the row speaks.
    """

    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="rows")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    about = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()

    objects = DataRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng dữ liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["instalment", "key", "version"], name="data_row_versions_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instalment_id} {self.key[:8]} {self.version}"


class ReturnedLine(models.Model):
    """A line that was given back (dòng trả lại), with its column and what was expected there."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="returned")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=400, blank=True)
    expected = models.TextField()
    cells = models.JSONField()

    class Meta:
        verbose_name = _("dòng trả lại")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "line"], name="line_returned_once")
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.line}"
