"""How content applicants were, as the heads of the agencies see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Avg, Count

from tinhso.dossiers.models import Rating
from tinhso.dossiers.permissions import DossierPermission

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor


def ratings(actor: Actor, *, at: datetime) -> QuerySet[Rating]:
    """Ratings of dossiers of the agencies that the actor oversees, the newest first."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    found = Rating.objects.select_related("dossier__procedure__procedure").order_by("-at")
    return found if scope.everywhere else found.filter(dossier__competent_agency__in=scope.agencies)


def mean(found: QuerySet[Rating]) -> tuple[float | None, int]:
    """The mean score, None without any, and how many there are."""
    told = found.order_by().aggregate(mean=Avg("score"), count=Count("pk"))
    return told["mean"], told["count"]
