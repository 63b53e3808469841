"""Papers at the desk: confirmed one by one at receipt; what the platform holds is not asked for a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.cases import read_rows
from tinhso.dossiers.errors_of_papers import (
    HelpedOnPaper,
    PaperConfirmed,
    PaperHeld,
    PaperNotThere,
    PapersUnconfirmed,
)
from tinhso.dossiers.models import (
    ONLINE,
    Channel,
    Paper,
    PaperConfirmation,
    SeenAs,
    State,
    Step,
)
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.confirming import AskedAnyway, Seen, plan_confirm
from tinhso.dossiers.plans.moving import is_beside
from tinhso.dossiers.queries.holding import Held, held, taken_results
from tinhso.dossiers.queries.kept_papers import taken_out
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.kernel.folding import tokens
from tinhso.kernel.permissions import require
from tinhso.parties.queries import same_person
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission

LEFT_HERE = frozenset({SeenAs.CERTIFIED.value, SeenAs.COPY.value})
"""Papers that stay at the desk; an original is compared and given back."""
LOOKED_AT = frozenset(
    {
        State.IN_PROCESS,
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_PAYMENT,
        State.SUSPENDED,
        State.DECIDED,
    }
)
"""Where a paper can be confirmed by itself: received, and not handed over or ended."""


def seen_at_desk(case: Case, by_code: Mapping[str, str]) -> Seen:
    """As what each paper of the dossier was seen; refuses with `PapersUnconfirmed` where the desk did not say.

    What the applicant took out before is not asked for, and nobody says that it was seen. What was filed on line may
    be received before it was looked at: it stays unconfirmed. With a helper (nộp hộ) refuses with `HelpedOnPaper` a
    paper that would stay at the desk.
    """
    gone = taken_out(case.dossier["id"], case.definition)
    case.tables[Paper] = {
        key: paper
        for key, paper in read_rows(Paper, case.dossier["id"]).items()
        if (paper["code"], paper["file_id"]) not in gone
    }
    papers = case.rows(Paper).values()
    known = {code: seen for code, seen in by_code.items() if seen in SeenAs.values}
    _refuse_left_here(case, known.values())
    missing = (
        []
        if case.dossier["channel"] in ONLINE
        else [paper["code"] for paper in papers if paper["code"] not in known]
    )
    if missing:
        raise PapersUnconfirmed(papers=", ".join(_names(case.definition, missing)))
    return Seen(known, taken_results([paper["file_id"] for paper in papers]))


def _refuse_left_here(case: Case, seen: Collection[str]) -> None:
    if case.dossier["channel"] == Channel.HELPER and LEFT_HERE & set(seen):
        raise HelpedOnPaper


def _names(definition: Definition, codes: Collection[str]) -> list[str]:
    titles = {paper.code: paper.title for paper in definition.papers}
    return sorted({titles.get(code, gettext("giấy tờ được yêu cầu bổ sung")) for code in codes})


def who_confirms(dossier: Dossier, *, actor: Actor, at: datetime) -> tuple[Permission, int]:
    """The right to confirm a paper, and where: the desk's that received it, or that of a step the actor has."""
    desk = (DossierPermission.RECEIVE, dossier.receiving_agency_id)
    steps = Step.objects.filter(dossier=dossier, closed_at=None, act__in=RIGHT_AT)
    places = [
        (RIGHT_AT[step.act], step.agency_id)
        for step in steps
        if not is_beside({"token": step.token, "node": step.node})
    ]
    found = (one for one in (desk, *places) if actor.holds(one[0], agency=one[1], at=at))
    return next(found, desk)


@transaction.atomic
def confirm_paper(
    key: UUID,
    paper: UUID,
    *,
    seen_as: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Say as what one paper of a received dossier was seen (xác nhận giấy tờ): what came on line, or came later.

    Refuses with `PapersUnconfirmed` where nothing was chosen, with `PaperConfirmed` what was confirmed before.
    """
    dossier = visible(key, actor=actor, at=at)
    right, agency = who_confirms(dossier, actor=actor, at=at)
    require(actor, right, agency=agency, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, LOOKED_AT, _("xác nhận giấy tờ"))
    case.tables[Paper] = read_rows(Paper, case.dossier["id"])
    found = case.rows(Paper).get(paper)
    if found is None:
        raise PaperNotThere
    code, file = found["code"], found["file_id"]
    if seen_as not in SeenAs.values:
        raise PapersUnconfirmed(papers=", ".join(_names(case.definition, [code])))
    _refuse_left_here(case, [seen_as])
    known = PaperConfirmation.objects.filter(dossier=dossier, paper__code=code, paper__file=file)
    if known.exists():
        raise PaperConfirmed

    seen = Seen({code: seen_as}, taken_results([file]))
    rows = plan_confirm(case, paper, seen, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=agency)


def asked_of(
    definition: Definition, applicant: int, codes: Collection[str], *, anyway: str, on: date
) -> list[AskedAnyway]:
    """The papers among these codes that the platform holds as results, with the reason to ask for them anyway.

    Refuses with `PaperHeld`, which names the result, when no reason is given.
    """
    if not any(paper.kind for paper in definition.papers if paper.code in codes):
        return []
    known = held(definition, same_person(applicant), on=on)
    asked = [one for one in known if one.paper.code in codes and one.result is not None]
    if asked and not anyway.strip():
        raise _refusal(asked[0])
    return [
        AskedAnyway(one.paper.code, one.result, anyway.strip())
        for one in asked
        if one.result is not None
    ]


def _refusal(one: Held) -> PaperHeld:
    return PaperHeld(
        paper=one.paper.title, title=one.title, number=one.number, day=formatting.day(one.day)
    )


def codes_named(definition: Definition, items: Sequence[str]) -> set[str]:
    """The papers that lines of a request name: by every word of their name, without accents."""
    said = [set(tokens(item)) for item in items]
    return {
        paper.code
        for paper in definition.papers
        if any(set(tokens(paper.name)) <= words for words in said)
    }


def uploaded_anew(papers: Sequence[tuple[str, int]]) -> set[str]:
    """The papers of an application none of whose files was taken from an earlier result."""
    taken = taken_results([file for _code, file in papers])
    return {code for code, _file in papers} - {code for code, file in papers if file in taken}
