"""Which guides there are on a day, and which of them answer a search in everyday words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.catalogue.asking import readings
from tinhso.dossiers.catalogue.indexing import words
from tinhso.dossiers.catalogue.searching import is_one_slip
from tinhso.kernel.folding import alphabetical
from tinhso.packs.models import PackEntry
from tinhso.portal.errors import GuideNotFound
from tinhso.portal.guides.content import holds_on, read
from tinhso.portal.guides.pack import KIND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tinhso.portal.guides.content import Guide

SURE_SLIP = 4
"""Letters; a slip in a shorter word makes it any other."""


def in_force(day: date) -> list[Guide]:
    """The guides in force on that day, by name."""
    newest = {
        entry.code: entry.content
        for entry in PackEntry.objects.filter(kind=KIND).order_by("id")
        if entry.content["valid_from"] <= day.isoformat()
    }
    found = [read(content, code) for code, content in newest.items() if holds_on(content, day)]
    return sorted(found, key=lambda guide: alphabetical(guide.name.vietnamese))


def guide_in_force(code: str, day: date) -> Guide:
    """The guide of that code, or `GuideNotFound`."""
    found = next((guide for guide in in_force(day) if guide.code == code), None)
    if found is None:
        raise GuideNotFound(code=code)
    return found


def answering(text: str, day: date) -> list[Guide]:
    """The guides whose name or everyday words say what was asked, accents and one slip in a word aside."""
    asked = readings(text)
    return [guide for guide in in_force(day) if any(_says(guide, reading) for reading in asked)]


def _says(guide: Guide, asked: Sequence[str]) -> bool:
    phrases = [guide.name.vietnamese, guide.name.english, *guide.keywords]
    return any(
        _holds(asked, phrase) or (len(asked) > 1 and _holds(phrase, asked))
        for phrase in map(words, phrases)
        if phrase
    )


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the words of `part` stand one after another in `whole`.

    A slip in a word that stands alone (`cưới`) makes it any other (`căn cước`): it counts where nothing else was said.
    """
    spans = range(len(whole) - len(part) + 1)
    alike = _is_alike if len(part) > 1 or len(whole) == 1 else str.__eq__
    return any(all(map(alike, whole[start:], part)) for start in spans)


def _is_alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= SURE_SLIP and is_one_slip(one, other))
