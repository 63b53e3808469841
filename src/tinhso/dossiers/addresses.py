"""Where applicants see their dossier and their draft: the app above that has the pages says their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tinhso.kernel.registry import Registry


@dataclass(frozen=True)
class ApplicantPages:
    """Paths: of the look-up, from a reference; of an application being filled in, from its uuid as text."""

    look_up: Callable[[str], str]
    draft: Callable[[str], str]


_registry: Registry[ApplicantPages] = Registry("pages of applicants")


def register(code: str, pages: ApplicantPages) -> None:
    """Say where applicants look dossiers up and go on with drafts."""
    _registry.register(code, pages)


def look_up_of(reference: str) -> str:
    """The path of the look-up of a reference; empty in a house without such pages."""
    return next((pages.look_up(reference) for pages in _registry.values()), "")


def draft_of(key: str) -> str:
    """The path where a draft goes on; empty in a house without such pages."""
    return next((pages.draft(key) for pages in _registry.values()), "")
