"""Hand in for another system: once per key, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tinhso.dossiers.files import RESULT, claim_uploads
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services.concluding import attach_result, hand_over
from tinhso.dossiers.services.guiding import correct
from tinhso.dossiers.services.intake import Application, submit
from tinhso.dossiers.services.repeating import sent_before
from tinhso.dossiers.services.supplementing import supplement
from tinhso.files.models import StoredFile
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties.errors import PartyNotFound
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.sendings import Sending
    from tinhso.dossiers.models import Channel
    from tinhso.dossiers.plans.working import ResultDocument
    from tinhso.forms.answers import Answers


@dataclass(frozen=True)
class Relayed:
    """What became of a sending: its dossier, and whether this very sending made it."""

    dossier: Dossier
    is_new: bool


def relay(application: Application, *, actor: PartnerActor, at: datetime) -> Relayed:
    """Hand in a dossier for a partner system (hệ thống kết nối chuyển hồ sơ).

    With `application.sending` the same content under the same key finds the dossier of the first time; other content
    is refused with `KeyUsedOtherwise`. Two at once: one makes it, the other waits for it and finds it.
    `application.party` is whom the national portal has identified; it takes the right to be that portal.
    """
    if application.party is not None:
        actor = speaking_for(application.party, actor=actor, at=at)
        application = replace(application, party=None)
    hand_in = partial(_hand_in, application, actor=actor, at=at)
    return first_or_known(hand_in, application.sending, actor=actor)


def first_or_known(
    hand_in: Callable[[], Dossier], sending: Sending | None, *, actor: PartnerActor
) -> Relayed:
    """What was handed in now; else what came of the first sending under this key."""
    try:
        return Relayed(hand_in(), is_new=True)
    except (IntegrityError, DomainError):
        # A second sending always clashes here: with its key, its foreign code, its files, or a rule that changed.
        # Looking only then costs the first one nothing.
        known = sent_before(sending, actor=actor)
        if known is None or known.dossier is None:
            raise
        return Relayed(known.dossier, is_new=False)


def _hand_in(application: Application, *, actor: PartnerActor, at: datetime) -> Dossier:
    files = attached_to(application)
    if not files:
        return submit(application, actor=actor, at=at)
    key = uuid4()
    with transaction.atomic():
        claim_uploads(files, actor=actor, dossier=key)
        return submit(replace(application, key=key), actor=actor, at=at)


def speaking_for(party: UUID, *, actor: PartnerActor, at: datetime) -> PartnerActor:
    """The partner speaking for a party whom it has identified; it takes the right to be the national portal."""
    if not actor.holds(DossierPermission.RELAY_NATIONAL, at=at):
        raise PermissionMissing(permission=DossierPermission.RELAY_NATIONAL.label)
    known = Party.objects.filter(uuid=party).first()
    if known is None:
        raise PartyNotFound
    return replace(actor, speaks_for=known.pk)


def attached_to(application: Application) -> list[UUID]:
    """Keys of the files that came with the answers."""
    slots = application.answers.attached.values()
    return [UUID(item["key"]) for items in slots for item in items]


@transaction.atomic
def relay_supplement(
    key: UUID,
    *,
    files: Collection[UUID],
    answers: Answers,
    channel: Channel,
    actor: PartnerActor,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Hand in what was missing for a partner system; `files` are the uploads that come newly with it."""
    claim_uploads(files, actor=actor, dossier=key)
    return supplement(
        key,
        actor=actor,
        answers=answers,
        channel=channel,
        at=at,
        expected_version=expected_version,
    )


@transaction.atomic
def relay_correction(
    key: UUID,
    *,
    files: Collection[UUID],
    answers: Answers,
    channel: Channel,
    actor: PartnerActor,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Hand the form in again as guided, for a partner system; `files` are the uploads that come newly with it."""
    claim_uploads(files, actor=actor, dossier=key)
    return correct(
        key,
        actor=actor,
        answers=answers,
        channel=channel,
        at=at,
        expected_version=expected_version,
    )


@transaction.atomic
def relay_result(
    key: UUID,
    step: UUID,
    document: ResultDocument,
    *,
    file: UUID | None,
    actor: PartnerActor,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Add the result that a partner system sends, with the upload that is its file."""
    document = replace(document, file=_result_file(file, key, actor))
    return attach_result(key, step, document, actor=actor, at=at, expected_version=expected_version)


@transaction.atomic
def relay_hand_over(
    key: UUID, step: UUID, *, file: UUID | None, actor: PartnerActor, **facts: Any
) -> Dossier:
    """Hand over for a partner system, with the upload that becomes the file of a result without one."""
    return hand_over(key, step, file=_result_file(file, key, actor), actor=actor, **facts)


def _result_file(file: UUID | None, dossier: UUID, actor: PartnerActor) -> int | None:
    if file is None:
        return None
    claim_uploads([file], actor=actor, dossier=dossier, kind=RESULT)
    return StoredFile.objects.get(uuid=file).pk
