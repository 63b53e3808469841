"""What an act changes, as values; and the two ways of writing it: one statement, or COPY of many dossiers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import AutoField

from tinhso.kernel.compiled import prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.db.models import Field, Model

    from tinhso.events.kinds import EventKind


@dataclass(frozen=True)
class Insert:
    """A new row; `values` by column attribute (`dossier_id`)."""

    model: type[Model]
    values: Mapping[str, Any]

    @property
    def key(self) -> Any:
        """Its primary key, None when the table gives one."""
        return self.values.get(self.model._meta.pk.attname)  # noqa: SLF001


@dataclass(frozen=True)
class Change:
    """New values for the row with this primary key."""

    model: type[Model]
    key: Any
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Removal:
    """The row with this primary key goes (live tokens and worklist rows only; legal rows never go)."""

    model: type[Model]
    key: Any


@dataclass
class Rows:
    """All that one act changes, and the one event that it records.

    Every row is named once: the act is written as one statement, whose parts do not see each other. So a change of a
    row that the act itself inserts goes into the insert, and its removal takes the insert away.
    """

    event: EventKind
    payload: dict[str, Any] = field(default_factory=dict)
    inserts: list[Insert] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def insert(self, model: type[Model], **values: Any) -> None:
        """Add a row; columns that are not named get the model's default."""
        self.inserts.append(Insert(model, complete(model, values)))

    def change(self, model: type[Model], key: Any, **values: Any) -> None:
        """Change a row; two changes of one row in one act become one."""
        for index, new in enumerate(self.inserts):
            if new.model is model and new.key == key:
                self.inserts[index] = Insert(model, {**new.values, **values})
                return
        for index, known in enumerate(self.changes):
            if known.model is model and known.key == key:
                self.changes[index] = Change(model, key, {**known.values, **values})
                return
        self.changes.append(Change(model, key, values))

    def remove(self, model: type[Model], key: Any) -> None:
        """Take a row away; an alarm that goes off goes with its token, and is named twice."""
        inserts = [new for new in self.inserts if new.model is not model or new.key != key]
        if len(inserts) < len(self.inserts):
            self.inserts = inserts
            return
        self.changes = [old for old in self.changes if old.model is not model or old.key != key]
        removal = Removal(model, key)
        if removal not in self.removals:
            self.removals.append(removal)

    def inserted(self, model: type[Model]) -> list[Mapping[str, Any]]:
        """The new rows of a table."""
        return [new.values for new in self.inserts if new.model is model]


def moment(at: datetime) -> str:
    """An instant as an event carries it: in UTC, whatever zone it was worked out in, so that both ways say the same."""
    return at.astimezone(UTC).isoformat()


@lru_cache(maxsize=512)
def _shape(
    model: type[Model], given: tuple[str, ...]
) -> tuple[tuple[str, Callable[[], Any] | None], ...]:
    """The columns of a row in their order, each with where its value comes from unless it is given."""
    return tuple(
        (field.attname, None if field.attname in given else field.get_default)
        for field in model._meta.concrete_fields  # noqa: SLF001
        if field.attname in given
        or (not isinstance(field, AutoField) and (field.has_default() or field.null))
    )


def complete(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a whole row, in the order of the table's columns."""
    return {
        name: values[name] if default is None else default()
        for name, default in _shape(model, tuple(values))
    }


def insert_of(row: Model) -> Insert:
    """A row that another app has planned, written with ours."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001
        if not isinstance(field, AutoField) or row.pk is not None
    }
    return Insert(type(row), values)


@lru_cache(maxsize=512)
def _columns(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    fields = [by_name[name] for name in names]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    return columns, fields


def _prepared(fields: list[Field[Any, Any]], values: Mapping[str, Any]) -> list[Any]:
    return [field.get_db_prep_save(values[field.attname], connection) for field in fields]


def _placeholder(field: Field[Any, Any]) -> str:
    own = getattr(field, "get_placeholder", None)
    return own(None, None, connection) if own else "%s"


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001


def _inserts(rows: Rows) -> list[tuple[str, list[Any]]]:
    groups: dict[tuple[type[Model], tuple[str, ...]], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows.inserts:
        groups[row.model, tuple(row.values)].append(row.values)
    made = []
    for (model, names), group in groups.items():
        columns, fields = _columns(model, names)
        one = f"({', '.join(_placeholder(field) for field in fields)})"
        text = f"INSERT INTO {_table(model)} ({columns}) VALUES {', '.join([one] * len(group))}"  # noqa: S608
        made.append((text, [value for values in group for value in _prepared(fields, values)]))
    return made


def _changes(rows: Rows) -> list[tuple[str, list[Any]]]:
    made = []
    for change in rows.changes:
        _, fields = _columns(change.model, tuple(change.values))
        assigned = ", ".join(
            f"{connection.ops.quote_name(str(field.column))} = {_placeholder(field)}"
            for field in fields
        )
        key = connection.ops.quote_name(str(change.model._meta.pk.column))  # noqa: SLF001
        text = f"UPDATE {_table(change.model)} SET {assigned} WHERE {key} = %s"  # noqa: S608
        made.append((text, [*_prepared(fields, change.values), change.key]))
    return made


def _removals(rows: Rows) -> list[tuple[str, list[Any]]]:
    groups: dict[type[Model], list[Any]] = defaultdict(list)
    for removal in rows.removals:
        groups[removal.model].append(removal.key)
    return [
        (f"DELETE FROM {_table(model)} WHERE {model._meta.pk.column} = ANY(%s)", [keys])  # noqa: S608, SLF001
        for model, keys in groups.items()
    ]


def write(rows: Rows) -> None:
    """Write all rows of one act in one statement; foreign keys are judged when the transaction commits."""
    parts = _inserts(rows) + _changes(rows) + _removals(rows)
    if not parts:
        return
    texts = [text for text, _ in parts]
    values = [value for _, part in parts for value in part]
    with prepared() as cursor:
        if len(texts) == 1:
            cursor.execute(texts[0], values)
            return
        ahead = ", ".join(f"w{index} AS ({text})" for index, text in enumerate(texts[:-1]))
        cursor.execute(f"WITH {ahead} {texts[-1]}", values)


def next_keys(model: type[Model], count: int = 1) -> list[int]:
    """Primary keys taken from the table's sequence, for rows that a plan has to name before they are written."""
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def one_key_of_each(*models: type[Model]) -> list[int]:
    """One primary key of each table, in one question."""
    asked = ", ".join(
        f"nextval(pg_get_serial_sequence(%s, 'id')) AS key{number}" for number in range(len(models))
    )
    with prepared() as cursor:
        cursor.execute(f"SELECT {asked}", [model._meta.db_table for model in models])  # noqa: SLF001
        return list(cursor.fetchone())
