"""The kinds of entries that packs may declare of dossiers: procedures, lists of them, kinds of paper."""

from __future__ import annotations

from tinhso.dossiers.pack import PROCEDURE
from tinhso.dossiers.pack_kinds import PAPER_KINDS
from tinhso.dossiers.pack_lists import PROCEDURE_LIST
from tinhso.packs import kinds


def register() -> None:
    """Let packs hold them."""
    kinds.register(PAPER_KINDS)
    kinds.register(PROCEDURE)
    kinds.register(PROCEDURE_LIST)
