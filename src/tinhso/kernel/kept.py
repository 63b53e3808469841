"""What rarely changes, kept in the process: laid out once for each edition (bản) of its tables.

A trigger gives a group of tables a new edition with every change, in the transaction of the change. So what was laid
out under an edition holds for everybody who reads that edition, also inside an act that has changed the tables itself.
A page that only shows asks once which editions hold; whoever acts, and whatever runs outside a request, asks each time.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Generic, TypeVar

from tinhso.kernel.compiled import prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from uuid import UUID

_T = TypeVar("_T")
_EDITIONS = "SELECT name, edition FROM tinhso_edition"
_AT_ONCE = 4
"""Editions of one thing that are held: acts that change tables see theirs before others do."""

_reading: ContextVar[dict[str, UUID] | None] = ContextVar("editions of this request", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Ask at most once which editions hold: for a request that changes nothing."""
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


def editions() -> Mapping[str, UUID]:
    """The edition of each group of tables, by its name."""
    known = _reading.get()
    if known:
        return known
    with prepared() as cursor:
        cursor.execute(_EDITIONS)
        found = dict(cursor.fetchall())
    if known is not None:
        known.update(found)
    return found


class Kept(Generic[_T]):
    """What `load` makes of a group of tables; whoever gets it changes nothing in it."""

    def __init__(self, name: str, load: Callable[[], _T]) -> None:
        self._name = name
        self._load = load
        self._held: OrderedDict[UUID, _T] = OrderedDict()

    def now(self) -> _T:
        """As it is in the edition that holds now."""
        edition = editions()[self._name]
        try:
            return self._held[edition]
        except KeyError:
            made = self._held[edition] = self._load()
        while len(self._held) > _AT_ONCE:
            self._held.popitem(last=False)
        return made  # another thread may have let go of it meanwhile
