"""What the warehouse holds: every app declares its fact tables here, from its AppConfig.

    declaring.register(FactTable(code="dossiers.dossier", subject="dossier", columns=(…), …))

A fact table (bảng sự việc) has one row for each thing of its grain. Rows are read again whenever the log tells that
their subject changed, so a declaration says two things: whom an event touches, and which rows a subject has today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from tinhso.events.models import Event


class ColumnType(StrEnum):
    """What a column holds. There are no instants: a fact has official days and whole minutes."""

    STRING = "string"
    INTEGER = "int64"
    DECIMAL = "float64"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """One column: a dimension (chiều) by which is counted, or a measure (độ đo) that is summed.

    The `unit` of a measure is the Vietnamese word that indicators name as well: compared, so not translated.
    `words` gives the word on the screen for each code of a dimension with few values; `called` the names, in the
    language of the page, of codes that a register knows.
    """

    name: str
    type: ColumnType
    title: StrOrPromise
    unit: str = ""
    words: tuple[tuple[str, StrOrPromise], ...] = ()
    called: Callable[[Collection[str]], Mapping[str, str]] | None = field(default=None, repr=False)

    def names_of(self, codes: Collection[str]) -> dict[str, str]:
        """What these codes are called on the screen; a code without a name is its own."""
        known = dict(self.called(codes)) if self.called else {}
        known |= {code: str(word) for code, word in self.words}
        return {code: known.get(code, code) for code in codes}

    @property
    def is_measure(self) -> bool:
        """Whether it is summed, not counted by."""
        return bool(self.unit)


Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True)
class FactTable:
    """A fact table: its grain in words, its columns, and how its rows are found.

    `key` names the column that is unique among the rows, `subject` the one (a uuid as text) whose rows are replaced
    together; `day` the official day to which a row belongs when nothing else is said, `agency` the key of the agency
    of that day. `kinds` are the prefixes of the kinds of event that can touch it. `subjects(events)` gives whose rows
    must be read again, None when it may be anybody's (then everything is); `rows(subjects)` the rows of these as
    tuples in the order of `columns`, or of all when None.
    `total(column)` is what PostgreSQL itself says of a measure, or of the number of rows for an empty name: the check
    of the warehouse compares with it, so it must not be worked out by `rows`. `links(keys)` are the pages of
    records, however many in one question.
    `counted(n)` is what so many rows are called in a sentence: English has another word for one than for many.
    `is_public` rows belong to no agency and nobody's rights hide them: every reader of figures counts them all.
    """

    code: str
    name: StrOrPromise
    grain: StrOrPromise
    key: str
    subject: str
    day: str
    agency: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    subjects: Callable[[Sequence[Event]], Iterable[UUID] | None] = field(repr=False)
    rows: Callable[[Sequence[UUID] | None], Rows] = field(repr=False)
    total: Callable[[str], int] = field(repr=False)
    links: Callable[[Collection[str]], Mapping[str, str]] | None = field(default=None, repr=False)
    counted: Callable[[int], str] | None = field(default=None, repr=False)
    is_public: bool = False
    version: int = 1

    def __post_init__(self) -> None:
        for name in (self.key, self.subject, self.day, self.agency):
            if name not in self.by_name:
                raise ValueError(f"{self.code} declares no column {name}")

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    def pages_of(self, keys: Collection[str]) -> Mapping[str, str]:
        """The pages of these records, by key; without those that have none."""
        return self.links(keys) if self.links and keys else {}

    def noun(self, count: int) -> str:
        """What so many of its rows are called in a sentence: `hồ sơ`, `dossier`, `dossiers`."""
        if self.counted:
            return self.counted(count)
        name = str(self.name)
        return name[:1].lower() + name[1:]

    @cached_property
    def shape(self) -> str:
        """A mark of columns and version: rows read under another one are read anew.

        Whoever changes what a column means, not its name, raises the `version`.
        """
        return self.shape_with({column.name: column.type for column in self.columns})

    def shape_with(self, columns: Mapping[str, ColumnType]) -> str:
        """The mark that this version would have had with these columns."""
        told = [str(self.version), *(f"{name} {kind}" for name, kind in columns.items())]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


registry: Registry[FactTable] = Registry("fact table")


def register(table: FactTable) -> None:
    """Let the warehouse hold this table; called from the AppConfig of the app whose records it speaks of."""
    registry.register(table.code, table)
