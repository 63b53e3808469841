"""Papers at the desk: confirmed one by one at receipt; what the platform holds is not asked for a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.cases import read_rows
from tinhso.dossiers.errors_of_papers import PaperHeld, PapersUnconfirmed
from tinhso.dossiers.models import Channel, Paper, SeenAs
from tinhso.dossiers.plans.confirming import AskedAnyway, Seen
from tinhso.dossiers.queries.holding import Held, held, taken_results
from tinhso.kernel.folding import tokens
from tinhso.parties.queries import same_person

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.definitions import Definition

ON_LINE = frozenset({Channel.PORTAL.value, Channel.NATIONAL.value, Channel.API.value})
"""Filed on line: the papers are files, and receiving is the officer's one act on the page."""


def seen_at_desk(case: Case, by_code: Mapping[str, str]) -> Seen:
    """As what each paper of the dossier was seen; refuses with `PapersUnconfirmed` where the desk did not say.

    What was filed on line is confirmed as electronic files by the act of receiving.
    """
    case.tables[Paper] = read_rows(Paper, case.dossier["id"])
    papers = case.rows(Paper).values()
    known = {code: seen for code, seen in by_code.items() if seen in SeenAs.values}
    missing = (
        []
        if case.dossier["channel"] in ON_LINE
        else [paper["code"] for paper in papers if paper["code"] not in known]
    )
    if missing:
        raise PapersUnconfirmed(papers=", ".join(_names(case.definition, missing)))
    return Seen(known, taken_results([paper["file_id"] for paper in papers]))


def _names(definition: Definition, codes: Collection[str]) -> list[str]:
    return [paper.title for paper in definition.papers if paper.code in codes]


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
        paper=one.paper.title, title=one.title, number=one.number, day=f"{one.day:%d/%m/%Y}"
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
