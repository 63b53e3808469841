"""The papers of a dossier (giấy tờ đã nộp), each file once."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.dossiers.asked import names_asked
from tinhso.dossiers.queries.kept_papers import taken_out

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier, Paper


def handed_in(dossier: Dossier, definition: Definition) -> list[Paper]:
    """The files that were handed in, in the order in which they came; what was taken out since is marked.

    Every submission names again what stays: of such rows it is the one that was confirmed, else the first.
    """
    gone = taken_out(dossier.pk, definition)
    rows = dossier.papers.select_related("file", "confirmation__result")
    first: dict[tuple[str, int], Paper] = {}
    for paper in rows.order_by("at", "code", "file_id"):
        known = first.setdefault((paper.code, paper.file_id), paper)
        if hasattr(paper, "confirmation") and not hasattr(known, "confirmation"):
            first[paper.code, paper.file_id] = paper
    for place, paper in first.items():
        paper.is_taken_out = place in gone
    return list(first.values())


def names_of_papers(dossier: Dossier, definition: Definition) -> dict[str, str]:
    """What each paper is called by its code: those of the procedure, and those that were asked for in words."""
    titles = {paper.code: paper.title for paper in definition.papers}
    return names_asked(definition, dossier) | titles


def confirmed(dossier: Dossier, definition: Definition) -> dict[tuple[datetime, str], list[str]]:
    """As what papers were seen, in words, by each act (when, by whom) that confirmed some; alike files in one line."""
    names = names_of_papers(dossier, definition)
    acts: dict[tuple[datetime, str], Counter[str]] = defaultdict(Counter)
    for row in dossier.paperconfirmations.select_related("paper").order_by("at", "paper__code"):
        name = names.get(row.paper.code, row.paper.code)
        acts[row.at, row.actor][f"{name}: {row.get_seen_as_display()}"] += 1
    return {
        act: [_times(said, files) for said, files in seen.items()] for act, seen in acts.items()
    }


def _times(said: str, files: int) -> str:
    return said if files == 1 else _("%(said)s (%(n)s tệp)") % {"said": said, "n": files}
