"""The papers of a dossier (giấy tờ đã nộp), each file once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tinhso.dossiers.asked import names_asked

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier, Paper


def handed_in(dossier: Dossier) -> list[Paper]:
    """The files that were handed in, in the order in which they came.

    Every submission names again what stays: of such rows it is the one that was confirmed, else the first.
    """
    rows = dossier.papers.select_related("file", "confirmation__result")
    first: dict[tuple[str, int], Paper] = {}
    for paper in rows.order_by("at", "code", "file_id"):
        known = first.setdefault((paper.code, paper.file_id), paper)
        if hasattr(paper, "confirmation") and not hasattr(known, "confirmation"):
            first[paper.code, paper.file_id] = paper
    return list(first.values())


def names_of_papers(dossier: Dossier, definition: Definition) -> dict[str, str]:
    """What each paper is called by its code: those of the procedure, and those that were asked for in words."""
    titles = {paper.code: paper.title for paper in definition.papers}
    return names_asked(definition, dossier) | titles


def confirmed(dossier: Dossier, definition: Definition) -> dict[tuple[datetime, str], list[str]]:
    """As what papers were seen, in words, by each act (when, by whom) that confirmed some."""
    names = names_of_papers(dossier, definition)
    acts: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    for row in dossier.paperconfirmations.select_related("paper").order_by("at", "paper__code"):
        name = names.get(row.paper.code, row.paper.code)
        acts[row.at, row.actor].append(f"{name}: {row.get_seen_as_display()}")
    return acts
