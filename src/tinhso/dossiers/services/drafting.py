"""Drafts: begun, saved as typed, handed in once, deleted after thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.errors import DraftHandedIn, DraftNotFound, NothingToSupplement
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier, Draft, State
from tinhso.dossiers.queries.procedures import require_channel, version_in_force
from tinhso.dossiers.services.acting import visible
from tinhso.dossiers.services.intake import Application, submit
from tinhso.dossiers.services.supplementing import supplement
from tinhso.forms.fields import Given

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor

KEPT = timedelta(days=30)


def start(
    code: str, *, channel: Channel, actor: Actor, at: datetime, agency: int | None = None
) -> Draft:
    """Begin an application (bắt đầu khai) under the version in force; the channel must be open.

    It begins with the kind of applicant for whom the procedure is, so that their number is asked at once.
    """
    require_channel(channel, at)
    version = version_in_force(code, day_of(at))
    kind = definitions.of_version(version.pk).audience
    return Draft.objects.create(
        uuid=uuid4(),
        procedure=version,
        owner=actor.key,
        agency_id=agency,
        answers={"typed": {"applicant_kind": [kind]}, "attached": {}},
        started_at=at,
        saved_at=at,
    )


def find(key: UUID, *, actor: Actor) -> Draft:
    """The actor's own draft, or a visitor's by its uuid."""
    draft = Draft.objects.select_related("procedure__procedure").filter(uuid=key).first()
    if draft is None:
        raise DraftHandedIn if Dossier.objects.filter(uuid=key).exists() else DraftNotFound
    if draft.owner not in {actor.key, "visitor:anonymous"}:
        raise DraftNotFound
    return draft


def answers_of(draft: Draft, *, at: datetime) -> Answers:
    """What was typed so far, understood anew."""
    form = definitions.of_version(draft.procedure_id).form
    return form.restore(draft.answers, given=Given(on=day_of(at)))


def keep(draft: Draft, answers: Answers, *, at: datetime, agency: int | None = None) -> Draft:
    """Keep what was typed (lưu nháp), whether it is right or not."""
    draft.answers = answers.stored()
    draft.agency_id = agency if agency is not None else draft.agency_id
    draft.saved_at = at
    draft.save(update_fields=["answers", "agency", "saved_at"])
    return draft


@transaction.atomic
def hand_in(
    draft: Draft, *, channel: Channel, actor: Actor, at: datetime, party: UUID | None = None
) -> Dossier:
    """Submit the draft; its uuid becomes the dossier's, so that a second sending finds the first."""
    if not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
        raise DraftHandedIn
    dossier = submit(
        Application(
            procedure=draft.procedure.procedure.code,
            channel=channel,
            answers=answers_of(draft, at=at),
            agency=draft.agency_id,
            party=party,
            key=draft.uuid,
        ),
        actor=actor,
        at=at,
    )
    draft.delete()
    return dossier


def sweep(*, at: datetime) -> int:
    """Delete drafts that nobody touched for thirty days; how many."""
    gone, _by_model = Draft.objects.filter(saved_at__lt=at - KEPT).delete()
    return gone


def open_supplement(key: UUID, *, actor: Actor, at: datetime) -> Draft:
    """The draft of a supplement (bản nháp bổ sung), begun with what was handed in before.

    It bears the dossier's uuid, so that its files are the dossier's; `find` gives it to nobody.
    """
    dossier = visible(key, actor=actor, at=at)
    if dossier.state != State.AWAITING_SUPPLEMENT:
        raise NothingToSupplement
    definition = definitions.of_version(dossier.procedure_id)
    draft, _is_new = Draft.objects.select_related("procedure__procedure").get_or_create(
        uuid=dossier.uuid,
        defaults={
            "procedure_id": dossier.procedure_id,
            "owner": f"dossier:{dossier.uuid}",
            "answers": answers_so_far(dossier, definition).stored(),
            "started_at": at,
            "saved_at": at,
        },
    )
    return draft


@transaction.atomic
def hand_in_supplement(draft: Draft, *, channel: Channel, actor: Actor, at: datetime) -> Dossier:
    """Hand in what was asked for; the draft goes."""
    dossier = supplement(
        draft.uuid, actor=actor, answers=answers_of(draft, at=at), channel=channel, at=at
    )
    draft.delete()
    return dossier
