"""Papers taken from what the platform holds of a person (lấy lại giấy tờ đã có), instead of being handed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.errors_of_papers import HeldUnknown
from tinhso.dossiers.files import DOSSIER
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.queries.holding import Held, held
from tinhso.dossiers.services import drafting
from tinhso.files import services as files
from tinhso.files.models import StoredFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.models import Draft
    from tinhso.kernel.actors import Actor


def offers(draft: Draft, holders: Collection[int], *, at: datetime) -> list[Held]:
    """What the platform holds for the papers of a draft, without what was taken already."""
    definition = definitions.of_version(draft.procedure_id)
    found = held(definition, holders, on=day_of(at))
    if not found:
        return []
    there = StoredFile.objects.filter(subject_kind=DOSSIER, subject=draft.uuid)
    taken = set(there.values_list("source", flat=True))
    return [one for one in found if one.file.pk not in taken]


@transaction.atomic
def take(draft: Draft, key: UUID, holders: Collection[int], *, actor: Actor, at: datetime) -> Held:
    """Take a paper from what the platform holds of these parties (lấy giấy tờ đã có) into the draft.

    The caller has judged that the actor may file for them. Refuses with `HeldUnknown`.
    """
    drafting.lock(draft)
    chosen = next((one for one in offers(draft, holders, at=at) if one.key == key), None)
    if chosen is None:
        raise HeldUnknown
    to = files.Subject(DOSSIER, draft.uuid)
    copied = files.copy(chosen.file, to=to, purpose="paper", actor=actor, at=at)
    codes = [p.code for p in definitions.of_version(draft.procedure_id).papers]
    slot = f"{PAPER}{codes.index(chosen.paper.code)}"
    attached = draft.answers.setdefault("attached", {})
    attached.setdefault(slot, []).append({"key": str(copied.uuid), "name": copied.filename})
    draft.saved_at = at
    draft.save(update_fields=["answers", "saved_at"])
    return chosen
