"""What tests of facts do with the warehouse: take the log in, read, compare with everything read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers.tests.factories import AT
from tinhso.events.sequencing import place, restamp
from tinhso.warehouse import checking, declaring, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from tinhso.warehouse.declaring import FactTable

Rows = dict[str, dict[str, Any]]


def table(code: str) -> FactTable:
    return declaring.registry[code]


def synced(*codes: str) -> None:
    """What was done until now is in the warehouse."""
    restamp()  # whoever else writes on this server holds nothing back here
    while place():
        pass
    for code in codes:
        while syncing.sync(table(code), at=AT).more:
            pass


def told(code: str) -> Rows:
    """The rows that readers see, by key."""
    rows = Lake().table(code).to_pyarrow().to_pylist()
    return {row[table(code).key]: row for row in rows}


def anew(code: str) -> Rows:
    """The rows as they are read from the tables now, by key."""
    names = [column.name for column in table(code).columns]
    rows = [dict(zip(names, row, strict=True)) for row in table(code).rows(None)]
    return {row[table(code).key]: row for row in rows}


def hold(*codes: str) -> None:
    """The warehouse says what the tables say, row by row and in every sum."""
    for code in codes:
        assert told(code) == anew(code)
        found = checking.check(table(code))
        assert found.is_right, found
