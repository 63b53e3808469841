"""Whose personal data an actor may see because of dossiers in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers.models import Dossier

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor


def applicants_in_hand(actor: Actor, /, *, at: datetime) -> QuerySet[Any, Any]:
    """Keys of the applicants of the dossiers that the actor may see."""
    return Dossier.objects.visible_to(actor, at=at).values("applicant")
