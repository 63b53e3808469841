"""Open again what a visitor began (mở lại bản nháp): by its code, or by an officer who helps with consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.dossiers import events
from tinhso.dossiers.errors_of_drafts import DraftCodeUnknown, HelpNotAgreed
from tinhso.dossiers.models import Draft
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services.drafting import VISITOR
from tinhso.events.services import record
from tinhso.kernel.identifiers import new_reference, read_reference
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


def code_of(draft: Draft) -> str:
    """The code (mã bản nháp) by which a visitor comes back; empty for an account's, which finds its own."""
    if draft.owner != VISITOR:
        return ""
    if draft.code is None:  # begun before drafts had codes
        draft.code = new_reference()
        draft.save(update_fields=["code"])
    return draft.code


def by_code(typed: str) -> Draft:
    """The visitor's draft of the code as typed; refuses with `DraftCodeUnknown`, whatever is wrong with it."""
    code = read_reference(typed)
    found = Draft.objects.select_related("procedure__procedure").filter(owner=VISITOR, code=code)
    draft = found.first() if code else None
    if draft is None:
        raise DraftCodeUnknown
    return draft


@transaction.atomic
def help_with(typed: str, *, agreed: bool, actor: Actor, at: datetime) -> Draft:
    """An officer goes on with what somebody began (giúp khai tiếp), who tells the code and agrees; it is recorded."""
    require(actor, DossierPermission.SUBMIT_FOR, at=at)
    if not agreed:
        raise HelpNotAgreed
    draft = by_code(typed)
    facts = {"procedure": draft.procedure.procedure.code}
    record(events.DRAFT_OPENED, subject=draft.uuid, actor=actor, at=at, payload=facts)
    return draft
