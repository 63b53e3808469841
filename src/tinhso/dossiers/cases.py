"""One dossier in memory: the rows that a plan reads, and how it stands after a plan.

The services load a case from the database; the bulk way keeps cases of dossiers that are not written yet. Both call the
same plans, so both give the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import connection

from tinhso.dossiers.models import (
    WAIT,
    Alarm,
    Dossier,
    DossierKey,
    DossierSearch,
    Opinion,
    Reopening,
    Result,
    Resumption,
    State,
    Step,
    Submission,
    SupplementRequest,
    Suspension,
    Token,
    WorkItem,
)
from tinhso.dossiers.workflow import tokens
from tinhso.kernel.compiled import Compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.rows import Rows

LOADED: tuple[type[Model], ...] = (
    Submission,
    Token,
    Alarm,
    Step,
    WorkItem,
    SupplementRequest,
    Suspension,
    Resumption,
    Opinion,
    Result,
    DossierSearch,
    DossierKey,
    Reopening,
)
"""The tables that plans ask of; rows of other tables are written and never read by a plan."""


@dataclass
class Case:
    """The rows of one dossier by table and key, with what the plans need beside them.

    `places` maps a place of the workflow (`competent`, `receiving`, `returning`, `field:<code>`) to an agency key.
    """

    definition: Definition
    calendar: WorkingCalendar | None = None
    dossier: dict[str, Any] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    tables: dict[type[Model], dict[Any, dict[str, Any]]] = field(default_factory=dict)
    _understood: tuple[UUID | None, Mapping[str, Any]] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def working(self) -> WorkingCalendar:
        """The calendar by which its time is counted; a case that is only handed in needs none."""
        if self.calendar is None:
            raise LookupError("this case was made without a calendar")
        return self.calendar

    @property
    def uuid(self) -> UUID:
        """The dossier's uuid."""
        key: UUID = self.dossier["uuid"]
        return key

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.dossier["state"])

    @property
    def due_at(self) -> datetime | None:
        """The appointed time."""
        due: datetime | None = self.dossier["due_at"]
        return due

    def rows(self, model: type[Model]) -> dict[Any, dict[str, Any]]:
        """The rows of one table by key."""
        return self.tables.setdefault(model, {})

    def key_for(self, model: type[Model], ordinal: int | None = None) -> UUID:
        """The key of the next row of a table (or the row of that ordinal): derived, so that a plan stays pure."""
        number = len(self.rows(model)) + 1 if ordinal is None else ordinal
        return uuid5(self.uuid, f"{model.__name__}:{number}")

    @property
    def round(self) -> int:
        """Which working of it this is: 1, and one more with each reopening; what may happen once, once in each."""
        return len(self.rows(Reopening)) + 1

    @property
    def reopened_at(self) -> datetime | None:
        """When it was last reopened (mở lại)."""
        return max((row["at"] for row in self.rows(Reopening).values()), default=None)

    def step(self, key: UUID) -> dict[str, Any]:
        """The columns of a step."""
        return self.rows(Step)[key]

    def current_steps(self) -> list[dict[str, Any]]:
        """Steps since the dossier was last handed over: what was done before a reopening lies behind it."""
        steps = sorted(self.rows(Step).values(), key=lambda step: step["ordinal"])
        ends = [number for number, step in enumerate(steps) if step["outcome"] == "handed_over"]
        return steps[ends[-1] + 1 :] if ends else steps

    @property
    def is_decided(self) -> bool:
        """Whether the competent person has approved or rejected (đã quyết định)."""
        return self.approves is not None

    @property
    def approves(self) -> bool | None:
        """What was decided last in this working of it; None while nobody has."""
        decided = [
            step
            for step in self.current_steps()
            if step["act"] == "decide" and step["outcome"] in {"approve", "reject"}
        ]
        if not decided:
            return None
        last = max(decided, key=lambda step: (step["closed_at"], step["ordinal"]))
        return bool(last["outcome"] == "approve")

    def open_steps(self) -> list[dict[str, Any]]:
        """Steps that wait for somebody, in their order."""
        steps = [step for step in self.rows(Step).values() if step["closed_at"] is None]
        return sorted(steps, key=lambda step: step["ordinal"])

    def waits(self) -> list[UUID]:
        """The keys of worklist rows at which only a timer moves it on: those of their tokens."""
        return [key for key, row in self.rows(WorkItem).items() if row["act"] == WAIT]

    def tokens(self) -> list[tokens.Token]:
        """The live tokens, as the workflow moves them."""
        return [
            tokens.Token(row["id"], row["node"], row["branch"], row["via"], row["since"])
            for row in self.rows(Token).values()
        ]

    def facts(self) -> dict[str, Any]:
        """What the conditions of the workflow may ask of: the last answers, the channel."""
        facts = {"channel": self.dossier["channel"]}
        if not self.definition.asks_answers:
            return facts
        return facts | {"answers": self.answered()}

    def answered(self) -> Mapping[str, Any]:
        """The last answers as conditions and rules read them; what was handed in is understood once."""
        handed_in = sorted(self.rows(Submission).values(), key=lambda row: row["at"])
        last = handed_in[-1] if handed_in else None
        key = last["id"] if last else None
        if self._understood is None or self._understood[0] != key:
            values = last["answers"] if last else {}
            self._understood = (key, self.definition.form.of_values(values).facts)
        return self._understood[1]

    def open_suspension(self) -> dict[str, Any] | None:
        """The suspension during which the clock stands still now."""
        ended = {row["suspension_id"] for row in self.rows(Resumption).values()}
        return next((row for key, row in self.rows(Suspension).items() if key not in ended), None)

    @property
    def is_stopped(self) -> bool:
        """Whether the work waits: suspended, or for the applicant; at the desk always, later while the clock stands."""
        if self.state is not State.AWAITING_SUPPLEMENT:
            return self.state.is_standing_still
        return self.dossier["received_at"] is None or self.open_suspension() is not None

    def apply(self, rows: Rows) -> None:
        """Let the rows of a plan take effect here."""
        for insert in rows.inserts:
            if insert.model is Dossier:
                self.dossier = dict(insert.values)
            else:
                table = self.rows(insert.model)
                # what the table numbers itself is below zero until it is read: no key of a row is
                key = -len(table) - 1 if insert.key is None else insert.key
                table[key] = dict(insert.values)
        for change in rows.changes:
            target = (
                self.dossier if change.model is Dossier else self.rows(change.model)[change.key]
            )
            target.update(change.values)
            if change.model is Dossier and "competent_agency_id" in change.values:
                self.places = {**self.places, "competent": change.values["competent_agency_id"]}
        for removal in rows.removals:
            del self.rows(removal.model)[removal.key]


def _key_name(model: type[Model]) -> str:
    return model._meta.pk.attname  # noqa: SLF001


def load(
    dossier: Dossier, definition: Definition, calendar: WorkingCalendar, places: Mapping[str, int]
) -> Case:
    """The case of a locked dossier, with every row that a plan may ask of."""
    case = Case(definition, calendar, _values(dossier), places)
    for model in LOADED:
        case.tables[model] = _Table.of(model).read(dossier.pk)
    return case


def read_rows(model: type[Model], dossier: int) -> dict[Any, dict[str, Any]]:
    """The rows of one dossier in a table that only some acts ask of."""
    return _Table.of(model).read(dossier)


@dataclass(frozen=True)
class _Table:
    """How the rows of one dossier in one table are read, as each act on it does: the query is built once."""

    names: tuple[str, ...]
    key: int
    parsed: tuple[tuple[str, Callable[..., Any]], ...]
    query: Compiled

    @staticmethod
    @cache
    def of(model: type[Model]) -> _Table:
        """The table of a model; what the driver gives as text (JSON) is parsed as the field does."""
        fields = model._meta.concrete_fields  # noqa: SLF001
        names = tuple(field.attname for field in fields)
        parsed = [(field.attname, getattr(field, "from_db_value", None)) for field in fields]

        def of_dossier(dossier: int) -> QuerySet[Any, Any]:
            return model._default_manager.filter(dossier=dossier).values_list(*names)  # noqa: SLF001

        return _Table(
            names,
            names.index(_key_name(model)),
            tuple((name, parse) for name, parse in parsed if parse is not None),
            Compiled(of_dossier, dossier=-1),
        )

    def read(self, dossier: int) -> dict[Any, dict[str, Any]]:
        """Rows by key."""
        found = {}
        for row in self.query.rows(dossier=dossier):
            values = dict(zip(self.names, row, strict=True))
            for name, parse in self.parsed:
                values[name] = parse(values[name], None, connection)
            found[row[self.key]] = values
        return found


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001
