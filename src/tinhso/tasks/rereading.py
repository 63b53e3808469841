"""Read draft tasks anew (đọc lại mục rà soát): parts of one that was cut, days of a text that was redated. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tinhso.tasks import drafts
from tinhso.tasks.notices.deadlines import find_deadline
from tinhso.tasks.notices.extraction import read_part
from tinhso.tasks.notices.source import Source, Span

if TYPE_CHECKING:
    from datetime import date

    from tinhso.tasks.drafts import Item


def of_words(item: Item, text: str, *, written: date | None) -> Item:
    """A draft task of chosen words of the notice, with what they say of lead, deadline and documents."""
    read = drafts.of_read(read_part(text, item.start, item.end, written=written))
    return replace(read, key=item.key, text=item.text)


def part_of(half: Item, whole: Item, text: str, *, written: date | None) -> Item:
    """A part of a draft task that was cut: deadline, lead, documents as its own words say, else as the whole.

    What the reviewer had set of the whole stands where the part says what the whole said. Agencies of a lead that is
    new are to be matched.
    """
    own, before = of_words(half, text, written=written), of_words(whole, text, written=written)
    made = replace(half, references=own.references)
    if own.deadline_words and due_of(own) != due_of(before):
        made = replace(
            made,
            deadline_words=own.deadline_words,
            deadline_on=own.deadline_on,
            deadline_kind=own.deadline_kind,
        )
    if own.lead_names and own.lead_names != before.lead_names:
        made = replace(
            made, lead_names=own.lead_names, coordinate_names=own.coordinate_names, leads=()
        )
    return made


def due_of(item: Item) -> tuple[str, date | None, str]:
    """All that is said of when a draft task is due."""
    return item.deadline_words, item.deadline_on, item.deadline_kind


def redated(item: Item, *, before: date | None, after: date | None) -> Item:
    """The item by another day of its text: a day that somebody set by hand stays."""
    was, will = (_day(item.deadline_words, one) for one in (before, after))
    return replace(item, deadline_on=will) if was == item.deadline_on != will else item


def _day(words: str, written: date | None) -> date | None:
    """The day that the words of a deadline mean in a text of that day; they may lack the verb before them."""
    for said in (words, f"hoàn thành: {words}"):
        source = Source(said)
        found = find_deadline(source, Span(0, len(said)), written=written, taken=[])
        if found and found.on:
            return found.on
    return None
