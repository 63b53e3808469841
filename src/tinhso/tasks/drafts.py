"""Draft tasks and what a reviewer does to them (mục rà soát: sửa, tách, gộp, bỏ, thêm). Pure: no database, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tinhso.tasks.errors import ItemUnknown, NothingToMerge, SentenceUnknown, SplitUnfit
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.notices.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tinhso.tasks.notices.task import Task as Read

_EDGES = " \t\r\n\xa0,;./-"


@dataclass(frozen=True)
class Item:
    """One draft task (mục nhiệm vụ): what was read, and what the reviewer chose.

    `lead_names` and `coordinate_names` are as written; `leads` and `coordinators` the agencies (keys) chosen for them:
    each of the leads gets a task of its own. `loose` are names for which no agency was found.
    """

    key: UUID
    start: int
    end: int
    text: str
    group: str = ""
    wanted: str = ""
    evidence_kinds: tuple[str, ...] = ()
    lead_names: tuple[str, ...] = ()
    leads: tuple[int, ...] = ()
    coordinate_names: tuple[str, ...] = ()
    coordinators: tuple[int, ...] = ()
    loose: tuple[str, ...] = ()
    deadline_words: str = ""
    deadline_on: date | None = None
    deadline_kind: str = DeadlineKind.NONE.value
    supervisor: str = ""
    follower: int | None = None
    references: tuple[str, ...] = ()
    is_dropped: bool = False

    def as_json(self) -> dict[str, Any]:
        """The item as a review keeps it."""
        return {
            **self.__dict__,
            "key": str(self.key),
            "deadline_on": self.deadline_on.isoformat() if self.deadline_on else None,
        }


Items = tuple[Item, ...]
_TUPLES = (
    *("lead_names", "leads", "coordinate_names", "coordinators", "loose", "references"),
    "evidence_kinds",
)


def of_json(value: Mapping[str, Any]) -> Item:
    """The item that a review kept."""
    day = value["deadline_on"]
    return Item(
        **{
            **value,
            "key": UUID(value["key"]),
            "deadline_on": date.fromisoformat(day) if day else None,
            **{name: tuple(value.get(name, ())) for name in _TUPLES},
        }
    )


def of_read(task: Read) -> Item:
    """What the grammar read, before names are matched with agencies."""
    return Item(
        key=uuid4(),
        start=task.span.start,
        end=task.span.end,
        text=_plain(task.text),
        group=task.group[:300],
        lead_names=task.lead,
        coordinate_names=task.coordinate,
        deadline_words=_plain(task.deadline or "")[:300],
        deadline_on=task.deadline_on,
        deadline_kind=task.deadline_kind.value,
        supervisor=(task.supervisor or "")[:300],
        references=task.references,
    )


def find(items: Items, key: UUID) -> Item:
    """The item of that key; `ItemUnknown` when the list has none."""
    found = next((item for item in items if item.key == key), None)
    if found is None:
        raise ItemUnknown
    return found


def standing(items: Iterable[Item]) -> list[Item]:
    """Those that were not dropped, in the order of the text."""
    return [item for item in items if not item.is_dropped]


def edited(items: Items, key: UUID, **changes: Any) -> Items:
    """The list with one item changed."""
    changed = replace(find(items, key), **changes)
    return tuple(changed if item.key == key else item for item in items)


def dropped(items: Items, key: UUID) -> Items:
    """The list with one item crossed out: it stays to be seen and taken back."""
    return edited(items, key, is_dropped=True)


def restored(items: Items, key: UUID) -> Items:
    """The list with a crossed out item back."""
    return edited(items, key, is_dropped=False)


def split(items: Items, key: UUID, text: str, words: str) -> Items:
    """The list with one item in two: the second begins at those words of the notice; else as the first."""
    item = find(items, key)
    at = _place(text, words, Span(item.start, item.end))
    first = _trimmed(text, item.start, at.start) if at else None
    second = _trimmed(text, at.start, item.end) if at else None
    if first is None or second is None:
        raise SplitUnfit
    halves = (
        replace(item, start=first.start, end=first.end, text=_words(text, first)),
        replace(item, key=uuid4(), start=second.start, end=second.end, text=_words(text, second)),
    )
    return tuple(half for one in items for half in (halves if one.key == key else (one,)))


def merged(items: Items, key: UUID) -> Items:
    """The list with an item and the next one as one. What they agree on, or one alone says, stays.

    Where they name different leads, days or followers, nobody is chosen for the reviewer: the names and the words of
    both stand to be decided.
    """
    item = find(items, key)
    here = items.index(item)
    after = next((one for one in items[here + 1 :] if not one.is_dropped), None)
    if item.is_dropped or after is None:
        raise NothingToMerge
    agreed = {name: _agreed(getattr(item, name), getattr(after, name)) for name in _AGREED}
    whole = replace(
        item,
        start=min(item.start, after.start),
        end=max(item.end, after.end),
        text=f"{item.text}; {after.text}",
        lead_names=_union(item.lead_names, after.lead_names),
        coordinate_names=_union(item.coordinate_names, after.coordinate_names),
        coordinators=_union(item.coordinators, after.coordinators),
        loose=_union(item.loose, after.loose),
        deadline_words="; ".join(_union(_told(item.deadline_words), _told(after.deadline_words))),
        wanted="; ".join(_union(_told(item.wanted), _told(after.wanted)))[:500],
        evidence_kinds=_union(item.evidence_kinds, after.evidence_kinds),
        deadline_kind=item.deadline_kind if _says_when(item) else after.deadline_kind,
        supervisor=item.supervisor or after.supervisor,
        references=_union(item.references, after.references),
        **agreed,
    )
    return tuple(whole if one.key == key else one for one in items if one.key != after.key)


_AGREED = ("leads", "deadline_on", "follower")


def _agreed(one: Any, other: Any) -> Any:
    """What both say, or one alone; nothing where they differ."""
    if not one or not other or one == other:
        return one or other
    return type(one)() if isinstance(one, tuple) else None


def _says_when(item: Item) -> bool:
    return bool(item.deadline_on or item.deadline_words)


def _told(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def added(items: Items, text: str, words: str) -> Items:
    """The list with a sentence of the notice that the reader passed over, in its place."""
    place = _place(text, words, Span(0, len(text)))
    span = _trimmed(text, place.start, place.end) if place else None
    if span is None:
        raise SentenceUnknown
    new = Item(key=uuid4(), start=span.start, end=span.end, text=_words(text, span))
    return tuple(sorted((*items, new), key=lambda item: (item.start, item.end)))


def _place(text: str, words: str, within: Span) -> Span | None:
    """Where those words stand, white space, case and accents aside."""
    wanted = _plain(words)
    if not wanted:
        return None
    source, asked = Source(text), Source(wanted)
    shadow = r"\s+".join(re.escape(part) for part in asked.shadow.split())
    found = source.search(re.compile(shadow), within)
    return source.span(found) if found else None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    span = Source(text).trimmed(Span(start, end), strip=_EDGES)
    return span if len(span) else None


def _words(text: str, span: Span) -> str:
    return _plain(text[span.start : span.end])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _union(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*first, *second)))
