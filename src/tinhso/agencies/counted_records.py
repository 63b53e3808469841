"""Records of the apps above that can be counted by agency (số liệu theo cơ quan), as it was and restated.

An app above registers, in its AppConfig, how many records fell to each agency on the days of a period:

    counted_records.register(CountedRecords(code="dossiers", name=_("Hồ sơ"), count=…))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry


@dataclass(frozen=True)
class CountedRecords:
    """Records of an app above.

    `count(first, last)` gives, by agency (key), how many records fell to it on the official days from
    `first` to `last`, both included, each at the agency of its own day. Counts only: whoever may read
    the book of agencies may read them.
    """

    code: str
    name: StrOrPromise
    count: Callable[[date, date], Mapping[int, int]]


providers: Registry[CountedRecords] = Registry("counted records")


def register(provider: CountedRecords) -> None:
    """Add the records of an app above."""
    providers.register(provider.code, provider)
