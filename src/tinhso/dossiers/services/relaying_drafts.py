"""Drafts of partner systems (bản nháp của hệ thống kết nối): begun, saved, handed in once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from tinhso.dossiers.errors import DraftHandedIn, DraftNotFound
from tinhso.dossiers.files import claim_uploads
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.services import drafting
from tinhso.dossiers.services.intake import right_to_file
from tinhso.dossiers.services.relaying import first_or_known, speaking_for
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.sendings import Sending
    from tinhso.dossiers.models import Channel, Draft
    from tinhso.dossiers.services.relaying import Relayed
    from tinhso.forms.answers import Answers


def draft_of(key: UUID, *, actor: PartnerActor, at: datetime) -> Draft:
    """The partner's own draft; of a dossier that it may not see it learns nothing, not even that it was a draft."""
    try:
        return drafting.find(key, actor=actor)
    except DraftHandedIn:
        if Dossier.objects.visible_to(actor, at=at).filter(uuid=key).exists():
            raise
        raise DraftNotFound from None


def require_may_file(channel: Channel, *, actor: PartnerActor, at: datetime) -> None:
    """The right to file by the channel, at whichever desk; handing in asks for it at the desk itself."""
    right = right_to_file(channel, actor)
    if right is not None:
        require(actor, right, at=at)


@transaction.atomic
def begin(
    code: str,
    answers: Answers,
    *,
    channel: Channel,
    agency: int | None,
    actor: PartnerActor,
    at: datetime,
) -> Draft:
    """Begin an application (bắt đầu khai) with what is known of it so far; the files come over from the uploads."""
    require_may_file(channel, actor=actor, at=at)
    draft = drafting.start(code, channel=channel, actor=actor, at=at, agency=agency)
    return _save(draft, answers, agency=agency, actor=actor, at=at)


@transaction.atomic
def save(
    key: UUID, answers: Answers, *, agency: int | None, actor: PartnerActor, at: datetime
) -> Draft:
    """Keep all of it anew (lưu nháp): a file that is named no longer goes, one named first comes from the uploads."""
    draft = draft_of(key, actor=actor, at=at)
    drafting.lock(draft)
    return _save(draft, answers, agency=agency, actor=actor, at=at)


def _save(
    draft: Draft, answers: Answers, *, agency: int | None, actor: PartnerActor, at: datetime
) -> Draft:
    before, now = _files(draft.answers["attached"]), _files(answers.attached)
    claim_uploads(now - before, actor=actor, dossier=draft.uuid)
    drafting.keep(draft, answers, at=at, agency=agency)
    if gone := before - now:
        drafting.discard_files(draft.uuid, actor=actor, at=at, only=gone)
    return draft


def _files(slots: Any) -> set[UUID]:
    return {UUID(item["key"]) for items in slots.values() for item in items}


def relay_draft(
    key: UUID,
    *,
    party: UUID | None,
    channel: Channel,
    sending: Sending | None,
    actor: PartnerActor,
    at: datetime,
    **how: Any,
) -> Relayed:
    """Hand in a draft (nộp bản nháp), once: its uuid becomes the dossier's; sent again under its key it is found.

    `party` is whom the national portal has identified; `how` says how it came and its foreign code.
    """
    filer = actor if party is None else speaking_for(party, actor=actor, at=at)
    hand_in = partial(
        _hand_in, key, channel=channel, sending=sending, actor=actor, filer=filer, at=at, **how
    )
    return first_or_known(hand_in, sending, actor=actor)


@transaction.atomic
def _hand_in(
    key: UUID, *, actor: PartnerActor, filer: PartnerActor, at: datetime, **how: Any
) -> Dossier:
    draft = draft_of(key, actor=actor, at=at)
    return drafting.hand_in(draft, actor=filer, at=at, **how)
