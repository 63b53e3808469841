"""A plan of inspections (kế hoạch kiểm tra) and its team (đoàn kiểm tra)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import carried_on
from tinhso.calendars.clock import day_of
from tinhso.inspections.errors import InspectionUnknown
from tinhso.inspections.permissions import InspectionPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


def reading(actor: Actor, *, at: datetime) -> frozenset[int] | None:
    """The agencies whose inspections the actor reads, with those whose work they carry on; None is everywhere."""
    scope = actor.scope(InspectionPermission.READ, at=at)
    if scope.everywhere:
        return None
    agencies = scope.agencies
    return frozenset(agencies | carried_on(agencies, day_of(at))) if agencies else frozenset()


def teams_of(actor: Actor) -> models.QuerySet[TeamMember]:
    """Where the actor stands in a team; whoever has no account stands in none, though members without one do."""
    user = getattr(actor, "user", None)
    members = TeamMember.objects.all()
    return members.none() if user is None else members.filter(user=user)


class PlanQuerySet(models.QuerySet["Plan"]):
    """Words about plans."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of the actor's agencies, those in whose team they are, and those that name their unit."""
        agencies = reading(actor, at=at)
        if agencies is None:
            return self
        mine = teams_of(actor).values("plan")
        seen = Plan.objects.filter(
            Q(agency__in=agencies) | Q(pk__in=mine) | Q(inspections__unit__in=agencies)
        )
        return self.filter(pk__in=seen.values("pk"))

    def get_or_refuse(self, key: UUID) -> Plan:
        """The one of that uuid; `InspectionUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise InspectionUnknown
        return found


class Plan(models.Model):
    """A plan (kế hoạch kiểm tra): number, day, who inspects, the period whose work is looked at, by which checklist."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    title = models.CharField(max_length=500)
    first = models.DateField()
    last = models.DateField()
    checklist = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch kiểm tra")
        constraints = [
            models.CheckConstraint(name="plan_days_in_order", condition=Q(first__lte=F("last"))),
            models.UniqueConstraint(
                fields=["agency", "number", "issued_on"], name="plan_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TeamPost(models.TextChoices):
    """What somebody is in the team (vị trí trong đoàn)."""

    HEAD = "head", _("Trưởng đoàn")
    DEPUTY = "deputy", _("Phó Trưởng đoàn")
    MEMBER = "member", _("Thành viên")
    SECRETARY = "secretary", _("Thư ký")


class TeamMember(models.Model):
    """Somebody of the team (thành viên đoàn kiểm tra): an officer here, or a name with an office elsewhere."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="team")
    ordinal = models.PositiveIntegerField()
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=20, choices=TeamPost.choices)

    class Meta:
        verbose_name = _("thành viên đoàn kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="team_member_in_place"),
            models.UniqueConstraint(fields=["plan", "user"], name="team_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_post_display()})"
