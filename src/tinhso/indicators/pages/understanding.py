"""What was typed to find a figure (hiểu câu hỏi), without accents: the days, the agency, and words for the indicator.

Parts may stand in any order. Each keeps the words that it was read from, so that it can be taken out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from tinhso.agencies.models import AgencyKind
from tinhso.indicators.pages.intervals import Interval, month_of, written
from tinhso.kernel.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2}
_OF_YEAR = r"(?:[ /-]*(?:nam |n)?(?P<year>20\d\d))?"
_PERIODS = (
    (re.compile(rf"\b(?:thang|thg|t)[ .]*(?P<number>1[0-2]|0?[1-9]){_OF_YEAR}(?![\w/])"), "month"),
    (re.compile(r"\b(?P<number>1[0-2]|0?[1-9])[/-](?P<year>20\d\d)\b"), "month"),
    (re.compile(rf"\b(?:quy|q)[ .]*(?P<number>[1-4]|iv|i{{1,3}}){_OF_YEAR}(?![\w/])"), "quarter"),
    (re.compile(rf"\b(?:6|sau) thang (?P<number>dau|cuoi)(?: nam)?{_OF_YEAR}\b"), "half"),
    (re.compile(r"\b(?:nam |n)?(?P<year>20\d\d)\b"), "year"),
)
Meaning = Callable[[date], "Interval | None"]


def _quarter(day: date) -> Interval:
    """The quarter in which a day lies."""
    found = written(f"{day.year}-Q{(day.month + 2) // 3}")
    return found or month_of(day)


_SAID: Mapping[str, Meaning] = {
    "thang nay": month_of,
    "thang truoc": lambda today: month_of(today).before,
    "nam nay": lambda today: written(f"{today.year}"),
    "nam ngoai": lambda today: written(f"{today.year - 1}"),
    "nam truoc": lambda today: written(f"{today.year - 1}"),
    "quy nay": _quarter,
    "quy truoc": lambda today: _quarter(_quarter(today).before.first),
    "hom nay": lambda today: Interval(today, today),
}
SHORT: Mapping[str, str] = {
    "tl": "ty le", "hs": "ho so", "tt": "truc tuyen", "dh": "dung han", "qh": "qua han",
    "tthc": "thu tuc", "dvc": "dich vu cong", "dvctt": "dich vu cong truc tuyen",
    "nv": "nhiem vu", "bc": "bao cao", "cds": "chuyen doi so",
}  # fmt: skip
"""Abbreviations that officials write for words of indicators."""
_SKIPPED = frozenset({"và", "của", "tỉnh"})
"""Words that an abbreviated name leaves out."""
_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu) ")
INITIALS = 2
"""Letters from which on initials are taken for a name."""


@dataclass(frozen=True)
class Called:
    """A name of an agency, as it is written and without accents, with the key of the agency."""

    written: str
    key: str

    @property
    def name(self) -> str:
        """Without accents."""
        return fold(self.written)


@dataclass(frozen=True)
class Read:
    """What was understood: the days, the agency, the words left for the indicator; and what to type without each.

    Without accents several agencies may be meant ("xa ba to": Ba Tô, Ba Tơ): then all of them stand in `agencies`.
    """

    interval: Interval | None
    agencies: tuple[str, ...]
    words: tuple[str, ...]
    without_interval: str = ""
    without_agency: str = ""


@dataclass(frozen=True)
class Typed:
    """The words of a question as they were typed, each beside itself without accents."""

    words: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it without accents."""
        return " ".join(self.folded)

    def places(self, start: int, end: int) -> frozenset[int]:
        """The words that lie in this part of the text."""
        return frozenset(range(self.text[:start].count(" "), self.text[:end].count(" ") + 1))

    def holding(self, run: str) -> frozenset[int]:
        """The words that are this run of words; none where it does not stand here."""
        start = f" {self.text} ".find(f" {run} ") if run else -1
        return self.places(start, start + len(run)) if start >= 0 else frozenset()

    def without(self, places: frozenset[int]) -> Typed:
        """The same without those words; each keeps its place."""
        kept = [n for n in range(len(self.words)) if n not in places]
        return Typed(tuple(self.words[n] for n in kept), tuple(self.folded[n] for n in kept))


def understood(
    text: str, today: date, agencies: Callable[[Interval | None], Iterable[Called]]
) -> Read:
    """Days first, then the agency of those days with the longest name that stands in the rest, then the indicator."""
    typed = split(text)
    interval, of_days = _days(typed, today)
    rest = typed.without(of_days)
    keys, of_agency = _agencies(rest, agencies(interval))
    left = rest.without(of_agency)
    words = " ".join(SHORT.get(word, word) for word in left.folded).split()
    there = frozenset(_kept(typed, of_days)[place] for place in of_agency)
    return Read(
        interval=interval,
        agencies=keys,
        words=tuple(words),
        without_interval=" ".join(rest.words),
        without_agency=" ".join(typed.without(there).words),
    )


def _kept(typed: Typed, gone: frozenset[int]) -> list[int]:
    return [n for n in range(len(typed.words)) if n not in gone]


def split(text: str) -> Typed:
    """The words of a text; signs part them, but those within a date."""
    text = normalize("NFC", text)
    words = re.sub(r"[^\w/\-.]+|(?<!\d)[/\-]|[/\-](?!\d)|\.(?!\w)", " ", text).split()
    pairs = [(word, fold(word)) for word in words]
    known = [pair for pair in pairs if re.search(r"\w", pair[1])]
    return Typed(tuple(word for word, _ in known), tuple(folded for _, folded in known))


def _agencies(typed: Typed, known: Iterable[Called]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Whose name is the longest here, and its words; of several those whose accents were typed, if any were."""
    names: dict[str, list[Called]] = {}
    for each in known:
        names.setdefault(each.name, []).append(each)
    here = [name for name in names if typed.holding(name)]
    name = max(here, key=lambda each: (each.count(" "), len(each)), default="")
    if not name:
        return (), frozenset()
    meant = names[name]
    words = " ".join(typed.words).lower()
    exact = [each for each in meant if each.written in words]
    keys = dict.fromkeys(each.key for each in (exact or meant))
    return tuple(keys), typed.holding(f"ubnd {name}") or typed.holding(name)


def called(name: str, kind: str) -> set[str]:
    """What people call an agency.

    Its name, also without the province in it ("Sở Y tế tỉnh …"); a department by its initials ("SYT", "Sở NNMT");
    a commune without the word for it, where that leaves two words at least.
    """
    whole = normalize("NFC", name).lower()
    if kind == AgencyKind.COMMUNE:
        bare = _COMMUNE.sub("", whole)
        return {whole, bare} if " " in bare else {whole}
    plain = whole.partition(" tỉnh ")[0]
    first, _space, rest = plain.partition(" ")
    letters = "".join(word[0] for word in rest.split() if word not in _SKIPPED)
    if kind == AgencyKind.DEPARTMENT and len(letters) >= INITIALS:
        return {whole, plain, f"{first[0]}{letters}", f"{first} {letters}"}
    return {whole, plain}


def _days(typed: Typed, today: date) -> tuple[Interval | None, frozenset[int]]:
    for said, meant in _SAID.items():
        if places := typed.holding(said):
            return meant(today), places
    for pattern, kind in _PERIODS:
        found = pattern.search(typed.text)
        if found and (interval := _interval(kind, found.groupdict(), today)):
            return interval, typed.places(*found.span())
    return None, frozenset()


def _interval(kind: str, parts: dict[str, str | None], today: date) -> Interval | None:
    """A period without year is the latest that has begun."""
    typed = parts.get("number") or "1"
    number = _NUMBERS.get(typed) or int(typed)
    found = _period(kind, int(parts["year"] or 0) or today.year, number)
    if found and not parts["year"] and found.first > today:
        return _period(kind, today.year - 1, number)
    return found


def _period(kind: str, year: int, number: int) -> Interval | None:
    if kind == "half":
        halves = [written(f"{year}-Q{2 * number - back}") for back in (1, 0)]
        return Interval(halves[0].first, halves[1].last) if halves[0] and halves[1] else None
    code = {"month": f"{year}-{number:02d}", "quarter": f"{year}-Q{number}", "year": f"{year}"}
    return written(code[kind])
