"""Dossiers taken up again in bulk (xử lý tiếp hàng loạt): read whole, played on, and written back as what changed.

The same plans act on them as by the services; only the reading and the writing are done for many at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import JSONField

from tinhso.dossiers import definitions
from tinhso.dossiers.cases import LOADED, Case
from tinhso.dossiers.models import Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.db.models import Model, QuerySet

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.definitions import Definition


@dataclass
class Continued:
    """A case and how its rows stood when it was read."""

    case: Case
    dossier: dict[str, Any]
    before: dict[type[Model], dict[Any, dict[str, Any]]] = field(default_factory=dict)

    def inserted(self, model: type[Model]) -> Iterator[Mapping[str, Any]]:
        """Rows that were not there."""
        before = self.before.get(model, {})
        return (row for key, row in self.case.rows(model).items() if key not in before)

    def changed(self, model: type[Model]) -> Iterator[Mapping[str, Any]]:
        """Rows that are not as they were."""
        if model is Dossier:
            if self.case.dossier != self.dossier:
                yield self.case.dossier
            return
        now = self.case.rows(model)
        for key, row in self.before.get(model, {}).items():
            if key in now and now[key] != row:
                yield now[key]

    def removed(self, model: type[Model]) -> Iterator[Any]:
        """Keys of rows that went."""
        now = self.case.rows(model)
        return (key for key in self.before.get(model, {}) if key not in now)


def take_up(
    dossiers: QuerySet[Dossier],
    calendar: WorkingCalendar,
    places: Callable[[Dossier, Definition], Mapping[str, int]],
) -> list[Continued]:
    """The cases of dossiers, locked until the end of the caller's transaction: one question a table."""
    taken: dict[int, Continued] = {}
    for dossier in dossiers.select_for_update(of=("self",)).order_by("pk"):
        definition = definitions.of_version(dossier.procedure_id)
        values = _whole(Dossier, dossier)
        case = Case(definition, calendar, values, places(dossier, definition))
        taken[dossier.pk] = Continued(case, dict(values))
    for model in LOADED:
        for key, rows in _rows_of(model, list(taken)).items():
            taken[key].case.tables[model] = rows
            taken[key].before[model] = {pk: dict(row) for pk, row in rows.items()}
    return list(taken.values())


def _whole(model: type[Model], row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}  # noqa: SLF001


def _rows_of(model: type[Model], dossiers: Sequence[int]) -> dict[int, dict[Any, dict[str, Any]]]:
    """The rows of a table by dossier and primary key."""
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    key = model._meta.pk.attname  # noqa: SLF001
    found: dict[int, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for row in model._default_manager.filter(dossier__in=dossiers).values(*names):  # noqa: SLF001
        found[row["dossier_id"]][row[key]] = row
    return found


def write_changes(model: type[Model], continued: Iterable[Continued]) -> int:
    """Write rows that changed and take away those that went; how many."""
    rows = [row for one in continued for row in one.changed(model)]
    gone = [key for one in continued for key in one.removed(model)]
    quote = connection.ops.quote_name
    table, pk = quote(model._meta.db_table), model._meta.pk  # noqa: SLF001
    fields = [field for field in model._meta.concrete_fields if field is not pk]  # noqa: SLF001
    assigned = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = quote(str(pk.column))
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(
                f"UPDATE {table} SET {assigned} WHERE {key} = %s",  # noqa: S608
                [
                    [
                        field.get_db_prep_save(row[field.attname], connection)
                        if isinstance(field, JSONField)
                        else row[field.attname]
                        for field in fields
                    ]
                    + [row[pk.attname]]
                    for row in rows
                ],
            )
        if gone:
            cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [gone])  # noqa: S608
    return len(rows) + len(gone)
