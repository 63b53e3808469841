"""Many dossiers at once: the rows and events of cases that the plans have made, written by COPY."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import AutoField, JSONField

from tinhso.dossiers.continuing import write_changes
from tinhso.dossiers.models import (
    Alarm,
    Apology,
    ApologyWaiver,
    Assignment,
    Complaint,
    ComplaintAnswer,
    Consent,
    Decision,
    Dossier,
    DossierKey,
    DossierSearch,
    Extension,
    Guidance,
    HandOver,
    Opinion,
    OpinionRequest,
    Paper,
    PostalItem,
    Rating,
    Receipt,
    ReceiptCancellation,
    Refusal,
    Reopening,
    Result,
    Resumption,
    Step,
    Stop,
    Submission,
    SupplementRequest,
    Suspension,
    Token,
    Transfer,
    TransferAnswer,
    TransferRequest,
    Withdrawal,
    WorkItem,
)
from tinhso.events.bulk import bulk
from tinhso.events.services import prepare
from tinhso.kernel.vectors import SearchVectorField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from django.db.models import Field, Model

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.continuing import Continued
    from tinhso.dossiers.rows import Rows
    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor

IN_ORDER: tuple[type[Model], ...] = (
    Dossier, SupplementRequest, Submission, PostalItem, Consent, Paper, Receipt, Refusal, Suspension, Resumption, Stop,
    Token, Alarm, Step, WorkItem, Assignment, OpinionRequest, Opinion, Decision, Result, HandOver, DossierSearch,
    DossierKey, Extension, Apology, ApologyWaiver, Withdrawal, ReceiptCancellation, Reopening, TransferRequest,
    TransferAnswer, Transfer, Guidance, Complaint, ComplaintAnswer, Rating,
)  # fmt: skip
"""The tables that plans write, each after those that it refers to."""


@dataclass
class Ledger:
    """Dossiers on their way into the tables (sổ ghi hàng loạt): cases played to where they stand, and their events.

    `cases` are new, `continued` were read from the tables; of these only what changed is written.
    """

    cases: list[Case] = field(default_factory=list)
    continued: list[Continued] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    numbers: dict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))

    def next_number(self, agency: int, day: date) -> int:
        """The next sequence of an agency on a day, as the counter would give it."""
        self.numbers[agency, day] += 1
        return self.numbers[agency, day]

    def take(self, case: Case, rows: Rows, *, actor: Actor, at: datetime, agency: int) -> None:
        """Let an act take effect on its case and keep its event."""
        event = prepare(
            rows.event, subject=case.uuid, actor=actor, at=at, agency=agency, payload=rows.payload
        )
        self.events.append(event)
        case.apply(rows)

    def drop_open(self) -> None:
        """Leave out the new cases that were not concluded, with their events."""
        self.cases = [case for case in self.cases if not case.state.is_open]
        kept = {case.uuid for case in self.cases}
        self.events = [event for event in self.events if event.subject in kept]

    def publish(self, reason: str, *, actor: Actor, at: datetime) -> int:
        """Write everything in one transaction, events in the order of their time; how many dossiers."""
        with bulk(reason, actor=actor, at=at) as writing:
            for model in IN_ORDER:
                fields = _fields(model)
                writing.copy(
                    model._meta.db_table,  # noqa: SLF001
                    [str(field.column) for field in fields],
                    self._rows(model, fields),
                )
            for model in reversed(IN_ORDER):
                writing.rows += write_changes(model, self.continued)
            self.events.sort(key=lambda event: event.at)
            writing.copy_events(self.events)
            self._raise_counters()
        return len(self.cases) + len(self.continued)

    def _rows(self, model: type[Model], fields: list[Field[Any, Any]]) -> Iterator[list[Any]]:
        prepared = {
            field.attname: field
            for field in fields
            if isinstance(field, JSONField | SearchVectorField)
        }
        names = [field.attname for field in fields]
        for values in self._new(model):
            yield [
                prepared[name].get_db_prep_save(values[name], connection)
                if name in prepared
                else values[name]
                for name in names
            ]

    def _new(self, model: type[Model]) -> Iterator[Mapping[str, Any]]:
        for case in self.cases:
            if model is Dossier:
                yield case.dossier
            else:
                yield from case.rows(model).values()
        if model is not Dossier:
            for one in self.continued:
                yield from one.inserted(model)

    def _raise_counters(self) -> None:
        rows = [(agency, day, last) for (agency, day), last in self.numbers.items()]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO dossiers_numbercounter (agency_id, day, last) VALUES (%s, %s, %s)"
                " ON CONFLICT (agency_id, day) DO UPDATE"
                " SET last = greatest(dossiers_numbercounter.last, excluded.last)",
                rows,
            )


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that a plan gives; the key of a Dossier is given, other automatic ones are not."""
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if model is Dossier or not isinstance(field, AutoField)
    ]
