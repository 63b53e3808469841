"""An agency found by what an official typed: its name without accents, its code. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinhso.kernel.folding import fold, is_called, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.agencies.reform_plan import Standing

_MARKED = re.compile(r"\(([^()]+)\)\s*$")
_COMMITTEE = re.compile(r"^(ubnd|uy ban nhan dan) ")
_KIND = re.compile(r"^(xa|phuong|dac khu|thi tran|huyen|thi xa|thanh pho|tinh) ")


@dataclass(frozen=True)
class Units:
    """The agencies of a day, and those that begin with the plan being written (key → name)."""

    standing: Standing
    begun: Mapping[str, str] = field(default_factory=dict)

    def find(self, typed: str) -> list[str]:
        """Keys of the agencies meant: one when it is clear, several when it is not, none when nobody is called so.

        A code or a whole name goes before the words of a name; who lives that day before who does not; of several
        who differ by an accent alone, the one whose accents were typed.
        """
        marked = _MARKED.search(typed)
        wanted = marked.group(1) if marked else typed
        if coded := self._coded(wanted.strip()):
            return coded
        living = {key: stood.facts["name"] for key, stood in self.standing.agencies.items()}
        for names in ({**living, **self.begun}, self.standing.known):
            if found := _named(typed, names):
                return found
        return []

    def label(self, key: str) -> str:
        """The name with the code in brackets, which `find` reads back; of a new one the name."""
        if key in self.begun:
            return self.begun[key]
        stood = self.standing.agencies.get(key)
        name = stood.facts["name"] if stood else self.standing.known.get(key)
        code = stood.facts.get("agency_code") if stood else ""
        return f"{name} ({code or key})" if name else key

    def _coded(self, code: str) -> list[str]:
        if code in self.standing.agencies or code in self.standing.known:
            return [code]
        codes = ("agency_code", "reversed_code", "unit_code")
        return [
            key
            for key, stood in self.standing.agencies.items()
            if code.upper() in {stood.facts.get(name) or None for name in codes}
        ]


def _named(typed: str, names: Mapping[str, str]) -> list[str]:
    """Who is called just so; else so but for the kind of unit; else who begins so; else whose name holds the words."""
    said = _COMMITTEE.sub("", " ".join(fold(typed).split()))
    if not tokens(said):
        return []
    folded = {key: fold(name) for key, name in names.items()}
    ranks = (
        lambda name: name == said,
        lambda name: _KIND.sub("", name) == said,
        lambda name: name.startswith(f"{said} "),
        lambda name: is_called(name, said),
    )
    ranked = ([key for key, name in folded.items() if fits(name)] for fits in ranks)
    found = next((keys for keys in ranked if keys), [])
    words = _spelt(typed)[-len(said.split()) :]
    exact = [key for key in found if _holds(_spelt(names[key]), words)]
    return exact if len(found) > 1 and exact else found


def _spelt(text: str) -> list[str]:
    """The words with their marks, wherever in the syllable a mark is put: hòa and hoà are one word."""
    return ["".join(sorted(unicodedata.normalize("NFD", word))) for word in text.lower().split()]


def _holds(name: list[str], words: list[str]) -> bool:
    starts = range(len(name) - len(words) + 1)
    return any(name[start : start + len(words)] == words for start in starts)
