"""What is open of the same person for the same procedure: a second one is mostly a mistake, and never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.models import Dossier, State
from tinhso.parties.queries import with_identity

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.models import DossierQuerySet
    from tinhso.kernel.actors import Actor
    from tinhso.parties.facts import PartyFacts

OPEN = [state.value for state in State if state.is_open]


def open_alike(
    procedure: str, person: PartyFacts, *, besides: UUID, actor: Actor, at: datetime
) -> DossierQuerySet:
    """Open dossiers of that procedure whose applicant has the very number, as far as the officer may see them."""
    seen = Dossier.objects.in_office(actor, at=at).exclude(uuid=besides)
    same = with_identity(person).order_by().values("pk")
    open_ones = seen.filter(
        procedure__procedure__code=procedure, state__in=OPEN, applicant__in=same
    )
    return open_ones.order_by("submitted_at")
