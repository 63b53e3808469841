"""Visitors who proved a dossier to be theirs, remembered in the session for half an hour.

A proof opens that one dossier, not others of the same applicant. It is a matter of security, so it ends by the
real clock, whatever date the house plays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.actors import AnonymousVisitor
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

PROOFS = "portal.proofs"
KEPT = 30 * 60
"""Seconds."""


def remember(request: ActedRequest, dossier: Dossier) -> None:
    """Note that whoever holds this session proved to be the applicant; the session gets a new key."""
    if dossier.applicant_id is None or dossier.applicant_id in stood_for(request.actor):
        return
    if not request.user.is_authenticated:
        request.session.cycle_key()
    until = timezone.now().timestamp() + KEPT
    request.session[PROOFS] = {**_live(request), str(dossier.uuid): [dossier.applicant_id, until]}


def proved(request: ActedRequest) -> list[UUID]:
    """The dossiers that this session may see by proof."""
    return [UUID(key) for key in _live(request)]


def reader_of(request: ActedRequest, key: UUID) -> Actor:
    """Who reads this dossier: whoever is signed in, or a visitor who stands for the applicant by proof."""
    proof = _live(request).get(str(key))
    return request.actor if proof is None else AnonymousVisitor(party=proof[0])


def _live(request: ActedRequest) -> dict[str, list[int]]:
    now = timezone.now().timestamp()
    kept: dict[str, list[int]] = request.session.get(PROOFS, {})
    return {key: proof for key, proof in kept.items() if proof[1] > now}
