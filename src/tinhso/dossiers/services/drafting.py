"""Drafts: begun, saved as typed, handed in once, deleted after thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.asked import brings_something, form_asking, open_request_of
from tinhso.dossiers.errors import DraftHandedIn, DraftNotFound, NothingToSupplement
from tinhso.dossiers.errors_of_papers import NothingBrought
from tinhso.dossiers.files import DOSSIER
from tinhso.dossiers.forming import PERSONS
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier, Draft, Paper, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.bringing import IN_PERSON, Bringing
from tinhso.dossiers.queries.procedures import require_channel, version_in_force
from tinhso.dossiers.services.acting import visible
from tinhso.dossiers.services.intake import Application, receive, submit
from tinhso.dossiers.services.supplementing import supplement
from tinhso.files.models import StoredFile
from tinhso.files.services import Subject, discard
from tinhso.files.services import hand_on as hand_on_files
from tinhso.forms.fields import Given
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.identifiers import new_reference
from tinhso.kernel.permissions import require
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.accounts.sendings import Sending
    from tinhso.forms.answers import Answers
    from tinhso.forms.form import Form
    from tinhso.kernel.actors import Actor

KEPT = timedelta(days=30)
VISITOR = AnonymousVisitor().key
SUPPLEMENT = "supplement"
ATTACHED = ("paper", "upload")
"""Purposes of the files of a draft: what somebody attached to it, and what a partner system sent up for it."""


def blank(
    code: str,
    *,
    channel: Channel,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    key: UUID | None = None,
) -> Draft:
    """An application not begun yet, under the version in force, not written; the channel must be open.

    For persons alone it begins with that kind of applicant, so that their number is asked at once; else with none:
    nobody is taken for what they did not say.
    """
    require_channel(channel, at)
    version = version_in_force(code, day_of(at))
    kind = definitions.of_version(version.pk).audience
    typed = {"applicant_kind": [kind]} if kind == PERSONS else {}
    return Draft(
        uuid=key or uuid4(),
        procedure=version,
        owner=actor.key,
        code=new_reference() if actor.key == VISITOR else None,
        agency_id=agency,
        answers={"typed": typed, "attached": {}},
        started_at=at,
        saved_at=at,
    )


def start(
    code: str,
    *,
    channel: Channel,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    key: UUID | None = None,
) -> Draft:
    """Begin an application (bắt đầu khai) that is kept from now on; refuses as `blank` does."""
    draft = blank(code, channel=channel, actor=actor, at=at, agency=agency, key=key)
    with transaction.atomic():  # a key that is taken costs the caller's transaction nothing
        draft.save(force_insert=True)
    return draft


def find(key: UUID, *, actor: Actor, held: Collection[UUID] = ()) -> Draft:
    """The actor's own draft, or a visitor's that is among those `held`: begun in this session, or opened by its code.

    To know the uuid of a visitor's draft is not to hold it: an officer, or anybody who read it somewhere, is told that
    there is none.
    """
    draft = Draft.objects.select_related("procedure__procedure").filter(uuid=key).first()
    if draft is None:
        raise _gone(key)
    if not (key in held if draft.owner == VISITOR else draft.owner == actor.key):
        raise DraftNotFound
    return draft


def answers_of(draft: Draft, *, at: datetime) -> Answers:
    """What was typed so far, understood anew."""
    return form_of(draft).restore(draft.answers, given=Given(on=day_of(at)))


def form_of(draft: Draft, *, needs_reason: bool = False) -> Form:
    """The form of the draft: that of its procedure; of a supplement, with a slot for each item asked."""
    if draft.owner != f"{SUPPLEMENT}:{draft.uuid}":
        return definitions.of_version(draft.procedure_id).form
    asked = open_request_of(draft.uuid)
    return form_asking(draft.procedure_id, asked, needs_reason=needs_reason)


def hand_on(former: str, *, actor: Actor) -> int:
    """Give the actor the drafts of an account that bore another key before it said who it is; how many."""
    return Draft.objects.filter(owner=former).update(owner=actor.key)


def lock(draft: Draft) -> None:
    """Lock the draft and read it anew, inside the caller's transaction.

    Refuses with `DraftHandedIn` one that became a dossier meanwhile, with `DraftNotFound` one that was deleted.
    """
    try:
        draft.refresh_from_db(
            fields=["answers", "agency", "saved_at"],
            from_queryset=Draft.objects.select_for_update(),
        )
    except Draft.DoesNotExist:
        raise _gone(draft.uuid) from None


def _gone(key: UUID) -> DraftHandedIn | DraftNotFound:
    return DraftHandedIn() if Dossier.objects.filter(uuid=key).exists() else DraftNotFound()


@transaction.atomic
def keep(draft: Draft, answers: Answers, *, at: datetime, agency: int | None = None) -> Draft:
    """Keep what was typed (lưu nháp), whether it is right or not; refuses as `lock` does.

    Answers that are still those of `draft` as the caller read it change nothing, so that whoever only names the place
    does not undo what another page kept meanwhile.
    """
    read, kept = draft.answers, answers.stored()
    lock(draft)
    if kept != read:
        draft.answers = kept
    draft.agency_id = agency if agency is not None else draft.agency_id
    draft.saved_at = at
    draft.save(update_fields=["answers", "agency", "saved_at"])
    return draft


@transaction.atomic
def begin_anew(draft: Draft, *, at: datetime) -> Draft:
    """Give the draft a key of its own, after another dossier came of the one it had; its files go along."""
    lock(draft)
    former, draft.uuid = draft.uuid, uuid4()
    own = StoredFile.objects.filter(subject_kind=DOSSIER, subject=former, purpose__in=ATTACHED)
    unused = own.exclude(pk__in=Paper.objects.filter(file__subject=former).values("file"))
    keys = list(unused.values_list("uuid", flat=True))
    hand_on_files(keys, Subject(DOSSIER, former), to=Subject(DOSSIER, draft.uuid))
    draft.saved_at = at
    draft.save(update_fields=["uuid", "saved_at"])
    return draft


def remember_intake(draft: Draft, intake: Mapping[str, Any]) -> None:
    """Keep how it comes, as typed at the counter (kênh, quầy, bưu gửi, nộp hộ), whether it is right or not."""
    draft.intake = dict(intake)
    Draft.objects.filter(pk=draft.pk).update(intake=draft.intake)


@transaction.atomic
def hand_in(
    draft: Draft,
    *,
    channel: Channel,
    actor: Actor,
    at: datetime,
    party: UUID | None = None,
    bringing: Bringing = IN_PERSON,
    anyway: str = "",
    foreign_code: str | None = None,
    sending: Sending | None = None,
) -> Dossier:
    """Submit the draft; its uuid becomes the dossier's, so that a second sending finds the first."""
    lock(draft)
    dossier = submit(
        Application(
            procedure=draft.procedure.procedure.code,
            channel=channel,
            answers=answers_of(draft, at=at),
            agency=draft.agency_id,
            party=party,
            key=draft.uuid,
            bringing=bringing,
            anyway=anyway,
            foreign_code=foreign_code,
            sending=sending,
        ),
        actor=actor,
        at=at,
    )
    discard_files(draft.uuid, actor=actor, at=at)
    draft.delete()
    return dossier


@transaction.atomic
def hand_in_and_receive(
    draft: Draft,
    *,
    channel: Channel,
    actor: Actor,
    at: datetime,
    party: UUID | None = None,
    bringing: Bringing = IN_PERSON,
    anyway: str = "",
    seen: Mapping[str, str] | None = None,
) -> Dossier:
    """Submit and receive at the counter in one go: both acts happen, or neither and the draft is still there."""
    dossier = hand_in(
        draft, channel=channel, party=party, bringing=bringing, anyway=anyway, actor=actor, at=at
    )
    return receive(dossier.uuid, actor=actor, at=at, seen=seen)


def discard_files(
    key: UUID, *, actor: Actor, at: datetime, only: Collection[UUID] | None = None
) -> int:
    """Forget files of the draft with this key that no paper refers to (all of them, or `only` these); how many."""
    unused = StoredFile.objects.filter(
        subject_kind=DOSSIER, subject=key, purpose__in=ATTACHED
    ).exclude(pk__in=Paper.objects.filter(file__subject=key).values("file"))
    if only is not None:
        unused = unused.filter(uuid__in=only)
    keys = list(unused.values_list("uuid", flat=True))
    return discard(keys, Subject(DOSSIER, key), actor=actor, at=at)


def sweep(*, actor: Actor, at: datetime) -> int:
    """Delete drafts that nobody touched for thirty days, with their files; how many."""
    old = Draft.objects.filter(saved_at__lt=at - KEPT)
    return sum(_sweep_one(key, actor=actor, at=at) for key in old.values_list("pk", flat=True))


@transaction.atomic
def _sweep_one(key: int, *, actor: Actor, at: datetime) -> bool:
    """Lock and look again: somebody may be typing just now."""
    draft = Draft.objects.select_for_update().filter(pk=key, saved_at__lt=at - KEPT).first()
    if draft is None:
        return False
    discard_files(draft.uuid, actor=actor, at=at)
    draft.delete()
    return True


def open_supplement(key: UUID, *, actor: Actor, at: datetime, only_shown: bool = False) -> Draft:
    """The draft of a supplement (bản nháp bổ sung), begun with what was handed in before.

    It bears the dossier's uuid, so that its files are the dossier's; `find` gives it to nobody. It is for the
    applicant, or for the desk that may file for them: whoever merely reads the dossier must not write over what
    they typed.
    """
    dossier = visible(key, actor=actor, at=at)
    if dossier.applicant_id not in stood_for(actor):
        desk = dossier.receiving_agency_id
        require(actor, DossierPermission.SUBMIT_FOR, agency=desk, at=at)
    if dossier.state != State.AWAITING_SUPPLEMENT:
        raise NothingToSupplement
    return draft_within(dossier, SUPPLEMENT, actor=actor, at=at, only_shown=only_shown)


@transaction.atomic
def draft_within(
    dossier: Dossier, purpose: str, *, actor: Actor, at: datetime, only_shown: bool
) -> Draft:
    """The draft of what is handed in to a dossier again, for one purpose, begun with what was handed in before.

    A dossier has one: what was begun for another purpose, and never handed in, goes with its files when something is
    typed for this one; where the page is `only_shown`, it stays. Drafts that were begun before they were apart by
    purpose belong to the first that asks.
    """
    owner = f"{purpose}:{dossier.uuid}"
    found = Draft.objects.select_for_update(of=("self",)).select_related("procedure__procedure")
    draft = found.filter(uuid=dossier.uuid).first()
    if draft is not None and draft.owner == f"{DOSSIER}:{dossier.uuid}":
        draft.owner = owner
        draft.save(update_fields=["owner"])
    if draft is not None and draft.owner == owner:
        return draft
    fresh = _begun_within(dossier, owner, at=at)
    if draft is None:
        made, _is_new = found.get_or_create(uuid=dossier.uuid, defaults=fresh)
        return made
    if not only_shown:
        discard_files(dossier.uuid, actor=actor, at=at)
        draft.delete()
        return Draft.objects.create(uuid=dossier.uuid, **fresh)
    return Draft(uuid=dossier.uuid, **fresh)


def _begun_within(dossier: Dossier, owner: str, *, at: datetime) -> dict[str, Any]:
    answers = answers_so_far(dossier, definitions.of_version(dossier.procedure_id))
    return {
        "procedure_id": dossier.procedure_id,
        "owner": owner,
        "answers": answers.stored(),
        "started_at": at,
        "saved_at": at,
    }


@transaction.atomic
def hand_in_supplement(
    draft: Draft, *, channel: Channel, actor: Actor, at: datetime, bringing: Bringing = IN_PERSON
) -> Dossier:
    """Hand in what was asked for; the draft goes. Refuses with `NothingBrought` what holds no paper and no word."""
    lock(draft)
    answers = answers_of(draft, at=at)
    if not brings_something(draft.uuid, answers.values):
        raise NothingBrought
    dossier = supplement(
        draft.uuid,
        actor=actor,
        answers=answers,
        channel=channel,
        at=at,
        bringing=bringing,
    )
    discard_files(draft.uuid, actor=actor, at=at)
    draft.delete()
    return dossier
