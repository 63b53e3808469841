"""The lines and words of the search over all procedures, made anew from what packs and the catalogue say.

How it finds: `docs/decisions/0024`. Words are folded in Python; a word's keys are itself and itself without one letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from tinhso.dossiers.catalogue.meaning import PHRASE_ENDS
from tinhso.dossiers.models import (
    CatalogueVersion,
    Finding,
    FindingWord,
    Procedure,
    ProcedureVersion,
)
from tinhso.kernel.folding import MAX_TOKEN, fold

NAME, OUTCOME, SECTOR = 8, 4, 3  # how much a word weighs in the place where it stands
SHORTEST_SLIP = 3  # letters; a slip in a shorter word makes it any other
_LOCK = 0x7468_7365_6669  # one rebuilding at a time
_SPLIT = re.compile(r"[^0-9a-z]+")
_AT_ONCE = 500


def words(text: str) -> list[str]:
    """The folded words of a text in their order."""
    return [part[:MAX_TOKEN] for part in _SPLIT.split(fold(text)) if part]


def keys(word: str) -> list[str]:
    """The word, and what is left of it without one letter."""
    if len(word) < SHORTEST_SLIP:
        return [word]
    return sorted({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


@dataclass
class _Line:
    finding: Finding
    weights: dict[str, int] = field(default_factory=dict)

    def hold(self, text: str, weight: int) -> None:
        for word in words(text):
            self.weights[word] = max(weight, self.weights.get(word, 0))

    def say(self, text: str, weight: int) -> None:
        """Hold a text, and its words in their order after what the line says already."""
        self.hold(text, weight)
        self.finding.words = [*self.finding.words, PHRASE_ENDS, *words(text)]


@transaction.atomic
def build_once() -> bool:
    """Make the lines of a house that was updated and has none yet; whether it did. Two at once make them once."""
    if Finding.objects.exists() or not _is_any():
        return False
    _lock()
    return not Finding.objects.exists() and bool(rebuild())


def _is_any() -> bool:
    return Procedure.objects.exists() or CatalogueVersion.objects.filter(until=None).exists()


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def rebuild() -> int:
    """Make lines and words anew; gives the number of lines. One at a time, and seen only when done."""
    _lock()
    lines: dict[str, _Line] = {}
    for version in (
        CatalogueVersion.objects.filter(until=None).select_related("entry").iterator(500)
    ):
        lines[version.entry.code] = _of_catalogue(version)
    for procedure in Procedure.objects.all():
        _take_own(lines, procedure)
    FindingWord.objects.all().delete()
    Finding.objects.all().delete()
    Finding.objects.bulk_create([line.finding for line in lines.values()], batch_size=_AT_ONCE)
    FindingWord.objects.bulk_create(_words(lines), batch_size=_AT_ONCE)
    return len(lines)


def _of_catalogue(version: CatalogueVersion) -> _Line:
    line = _Line(
        Finding(
            code=version.entry.code,
            name=version.name,
            sector=version.sector,
            levels=version.levels,
            entry=version.entry,
            words=words(version.name),
        )
    )
    line.hold(version.sector, SECTOR)
    for outcome in version.parsed["outcomes"]:
        line.say(outcome["name"]["text"], OUTCOME)
    line.hold(version.name, NAME)
    _hold_code(line, version.entry.code)
    return line


def _take_own(lines: dict[str, _Line], procedure: Procedure) -> None:
    newest = ProcedureVersion.objects.filter(procedure=procedure).order_by("-version").first()
    if newest is None:
        return
    line = lines.setdefault(procedure.code, _Line(Finding(code=procedure.code, sector="")))
    line.finding.procedure = procedure
    line.finding.name = procedure.name
    line.finding.words = words(procedure.name)
    line.finding.levels = [newest.level]
    content: dict[str, Any] = newest.definition
    line.hold(procedure.name, NAME)
    for text in (content.get("name_en", ""), *content.get("keywords", [])):
        line.say(text, NAME)
    _hold_code(line, procedure.code)


def _hold_code(line: _Line, code: str) -> None:
    line.weights[_SPLIT.sub("", fold(code))[:MAX_TOKEN]] = NAME
    line.weights.update({part: NAME for part in words(code) if len(part) > 1})
    line.finding.words = [*line.finding.words, PHRASE_ENDS, *words(code)]


def _words(lines: dict[str, _Line]) -> list[FindingWord]:
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines.values():
        for word, weight in line.weights.items():
            held[word].append((line.finding.pk, weight))
    return [
        FindingWord(
            word=word,
            keys=keys(word),
            lines=[pk for pk, _weight in places],
            weights=[weight for _pk, weight in places],
        )
        for word, places in held.items()
    ]
