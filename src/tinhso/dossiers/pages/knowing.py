"""At the counter: who this person is known as, what the platform holds of them, as what each paper was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.errors_of_papers import HeldUnknown, PaperHeld
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.models import SeenAs
from tinhso.dossiers.queries.alike import open_alike
from tinhso.dossiers.services import drafting, reusing
from tinhso.parties.facts import PartyFacts
from tinhso.parties.identity import mask_id
from tinhso.parties.models import Party, PartyKind, Verification
from tinhso.parties.queries import same_person
from tinhso.parties.services import match, note_read, verify

if TYPE_CHECKING:
    from django.http import QueryDict

    from tinhso.dossiers.models import Dossier, Draft
    from tinhso.forms.answers import Answers
    from tinhso.kernel.requests import ActedRequest

LOOK, KNOW, FORGET, TAKE = "look", "know", "forget", "take"
"""Buttons of the page that do something and show it again: `know:<party>`, `take:<held>`."""


def asks(post: QueryDict) -> bool:
    """Whether the button that was pressed is one of these."""
    return post.get("then", "").partition(":")[0] in {LOOK, KNOW, FORGET, TAKE}


def typed(post: QueryDict, draft: Draft) -> dict[str, Any]:
    """What is kept with the draft of all this: who, as what the papers were seen, why a held one is wanted."""
    kept = draft.intake or {}
    codes = [paper.code for paper in definitions.of_version(draft.procedure_id).papers]
    return {
        "party": kept.get("party"),
        "seen": {code: post.get(f"seen-{code}", "")[:20] for code in codes},
        "anyway": post.get("anyway", "")[:1000],
    }


def party_of(draft: Draft) -> Party | None:
    """The person whom the officer confirmed for this draft."""
    key = (draft.intake or {}).get("party")
    return Party.objects.filter(uuid=key).first() if key else None


def open_alike_of(request: ActedRequest, draft: Draft) -> list[Dossier]:
    """What is open of this person for this procedure: told, and never in the way."""
    person = _facts(request, draft)
    code, besides = draft.procedure.procedure.code, draft.uuid
    return list(open_alike(code, person, besides=besides, actor=request.actor, at=request.at))


def facts_of_desk(draft: Draft) -> dict[str, Any]:
    """What handing in takes from here."""
    kept = draft.intake or {}
    party = party_of(draft)
    return {"party": party.uuid if party else None, "anyway": kept.get("anyway", "")}


def answer(request: ActedRequest, draft: Draft, desk: int | None) -> dict[str, Any]:
    """Do what the button says; what the page shows of it. Refuses as the services do."""
    does, _colon, key = request.POST["then"].partition(":")
    if does == FORGET:
        _remember(draft, None)
    elif does == KNOW:
        _know(request, draft, _key(key), desk)
    elif does == TAKE:
        party = party_of(draft)
        holders = same_person(party.pk) if party else set()
        reusing.take(draft, _key(key), holders, actor=request.actor, at=request.at)
    elif desk is not None:
        found = match(_facts(request, draft), agency=desk, actor=request.actor, at=request.at)
        return {"looked": True, "matches": [found.party] if found.party else found.possible}
    return {}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise HeldUnknown from None


def _facts(request: ActedRequest, draft: Draft) -> PartyFacts:
    values = drafting.answers_of(draft, at=request.at).values
    return PartyFacts(
        name=values.get("full_name", ""),
        kind=values.get("applicant_kind", PartyKind.CITIZEN),
        personal_id=values.get("personal_id", ""),
        tax_code=values.get("tax_code", ""),
    )


@transaction.atomic
def _know(request: ActedRequest, draft: Draft, key: UUID, desk: int | None) -> None:
    """The officer compared a genuine paper: the person is confirmed and stands in the draft."""
    found = match(_facts(request, draft), agency=desk or 0, actor=request.actor, at=request.at)
    chosen = {party.uuid: party for party in [found.party, *found.possible] if party}.get(key)
    if chosen is None:
        raise HeldUnknown
    if not chosen.is_verified:
        is_person = chosen.kind == PartyKind.CITIZEN
        method = Verification.Method.CARD_SEEN if is_person else Verification.Method.LICENCE_SEEN
        verify(chosen.uuid, method=method, agency=desk or 0, actor=request.actor, at=request.at)
    _remember(draft, chosen.uuid)


def _remember(draft: Draft, party: UUID | None) -> None:
    kept = {**(draft.intake or {}), "party": str(party) if party else None}
    drafting.remember_intake(draft, kept)


def shown(
    request: ActedRequest, draft: Draft, answers: Answers, refusal: Exception | None
) -> dict[str, Any]:
    """What the page tells: the person, what is held of them, the papers asked for with as what each was seen."""
    party = party_of(draft)
    if party is not None:
        note_read([party], purpose="intake", actor=request.actor, at=request.at)
    holders = same_person(party.pk) if party and draft.pk else set()
    offers = reusing.offers(draft, holders, at=request.at) if holders else []
    names = names_of({one.agency for one in offers if one.agency}, day_of(request.at))
    kept = draft.intake or {}
    return {
        "known": party,
        "open_alike": open_alike_of(request, draft) if draft.pk else [],
        "known_number": mask_id(party.personal_id or party.tax_code) if party else "",
        "offers": [(one, names.get(one.agency or 0, "")) for one in offers],
        "seen_choices": [("", _("Chưa xem")), *SeenAs.choices],
        "seen_papers": _seen_papers(draft, answers),
        "anyway": kept.get("anyway", ""),
        "asks_anyway": bool(kept.get("anyway")) or isinstance(refusal, PaperHeld),
    }


def _seen_papers(draft: Draft, answers: Answers) -> list[tuple[str, str, str]]:
    """The papers that these answers ask for: field, name, as what it was seen."""
    papers = definitions.of_version(draft.procedure_id).papers
    seen = (draft.intake or {}).get("seen") or {}
    return [
        (f"seen-{paper.code}", paper.title, seen.get(paper.code, ""))
        for number, paper in enumerate(papers)
        if f"{PAPER}{number}" not in answers.hidden
    ]
