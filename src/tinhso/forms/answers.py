"""Answers (câu trả lời) to a form: the text as it was typed, and the values understood from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tinhso.forms.fields import Field, Given

Files = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Answers:
    """What somebody answered so far.

    `typed` holds the cleaned text of every box by its name (`born_on.day`, `members.0.name`), `attached`
    the files of each file slot (`{"key", "name"}`), `values` the plain JSON understood, without what is
    hidden. `troubles` are the sentences about text that was not understood, by path. `asks_again` is true
    when the same step must be shown once more without judging it: an item was added or taken away, or an
    answer brought up a question that the page did not show; `brought_up` are the paths of those.
    """

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attached: Files = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    given: Given = field(default_factory=Given)
    asks_again: bool = False
    brought_up: frozenset[str] = frozenset()

    def stored(self) -> dict[str, Any]:
        """Plain JSON from which `Form.restore` makes the same answers; what a draft keeps."""
        return {
            "typed": {name: list(texts) for name, texts in self.typed.items()},
            "attached": {
                name: [dict(item) for item in items] for name, items in self.attached.items()
            },
        }


def items_shown(group: Field, typed: Mapping[str, Any]) -> int:
    """How many items of a repeated group a page shows: those begun, and one blank at least."""
    count = 0
    while f"{group.name}.{count}" in typed:
        count += 1
    return max(count, group.min_items, 1)
