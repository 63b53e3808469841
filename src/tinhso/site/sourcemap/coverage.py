"""`docs/coverage.yaml` as values: the five texts, what they name, and how far each thing is answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml
from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import folding
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C, where it was built: twenty times as fast as the one in Python."""


class Kind(TextChoices):
    """What a text names."""

    SYSTEM = "system", _("Hệ thống")
    FIGURE = "figure", _("Con số")
    DIFFICULTY = "difficulty", _("Khó khăn")
    ORDER = "order", _("Việc được giao")


class Status(TextChoices):
    """How far a thing is answered; `works` names the test that walks its whole story."""

    WORKS = "works", _("Đã có")
    PARTLY = "partly", _("Một phần")
    NONE = "none", _("Chưa có")


@dataclass(frozen=True)
class Text:
    """One of the five texts, by its number."""

    number: str
    title: str
    title_en: str
    place: str
    date: str

    @property
    def named(self) -> str:
        """The title in the language of the page."""
        return worded(self.title, self.title_en)


@dataclass(frozen=True)
class Entry:
    """One thing that the texts name; `screen` is the URL name of the page that answers it, `test` the proof."""

    id: str
    kind: Kind
    vietnamese: str
    english: str
    status: Status
    reason: str
    reason_en: str
    screen: str
    test: str
    quotes: tuple[str, ...]

    @property
    def named(self) -> str:
        """What it is called in the language of the page."""
        return worded(self.vietnamese, self.english)

    @property
    def because(self) -> str:
        """The reason of its state in the language of the page; in Vietnamese where nobody translated it."""
        return worded(self.reason, self.reason_en)

    @property
    def otherwise(self) -> str:
        """What it is called in the other language."""
        return worded(self.english, self.vietnamese)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words by which the entry is found."""
        text = " ".join((self.id, self.vietnamese, self.english, *self.quotes))
        return frozenset(folding.tokens(text))


@dataclass(frozen=True)
class Mark:
    """A short phrase of a text, at its place there (characters from the beginning, blanks made plain)."""

    source: str
    quote: str
    at: int
    entry: Entry


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for: words with or without accents, a status, a kind; empty parts ask nothing."""

    words: str = ""
    status: str = ""
    kind: str = ""

    def admits(self, entry: Entry) -> bool:
        """Whether the entry has all of it; each word may be a beginning."""
        return (
            self.status in {"", entry.status}
            and self.kind in {"", entry.kind}
            and all(
                any(known.startswith(token) for known in entry.words)
                for token in folding.tokens(self.words)
            )
        )


@dataclass(frozen=True)
class Coverage:
    """The whole file."""

    texts: tuple[Text, ...]
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...]

    def marks_of(self, number: str, wanted: Wanted) -> list[Mark]:
        """The marked phrases of a text in order of appearance."""
        found = [mark for mark in self.marks if mark.source == number and wanted.admits(mark.entry)]
        return sorted(found, key=lambda mark: mark.at)

    def entries_of(self, number: str) -> list[Entry]:
        """What a text names, each once."""
        return list(
            {mark.entry.id: mark.entry for mark in self.marks if mark.source == number}.values()
        )


def counted(entries: Iterable[Entry]) -> list[tuple[Status, int]]:
    """How many stand at each status, in the order of `Status`."""
    counts = Counter(entry.status for entry in entries)
    return [(status, counts[status]) for status in Status]


def path() -> Path:
    """Where the file lies."""
    return settings.PROJECT / "docs" / "coverage.yaml"


@lru_cache(maxsize=1)
def load() -> Coverage:
    """The file, read once. Raises `KeyError` or `ValueError` when it is not as the tests hold it."""
    document = yaml.load(path().read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    entries = [(_entry(fields), fields["marks"]) for fields in document["entries"]]
    return Coverage(
        texts=tuple(Text(**fields) for fields in document["sources"]),
        entries=tuple(entry for entry, _marks in entries),
        marks=tuple(Mark(**mark, entry=entry) for entry, marks in entries for mark in marks),
    )


def _entry(fields: Mapping[str, Any]) -> Entry:
    return Entry(
        id=fields["id"],
        kind=Kind(fields["kind"]),
        vietnamese=fields["vietnamese"],
        english=fields["english"],
        status=Status(fields["status"]),
        reason=fields.get("reason", ""),
        reason_en=fields.get("reason_en", ""),
        screen=fields.get("screen", ""),
        test=fields.get("test", ""),
        quotes=tuple(mark["quote"] for mark in fields["marks"]),
    )
