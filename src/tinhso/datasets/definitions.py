"""What a data set (bộ dữ liệu) is: columns with their types, a key, who owes it how often. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.calendars.deadlines import Term, Unit
from tinhso.indicators.reports.periods import Frequency, Period, last_ended, named
from tinhso.indicators.reports.regimes import who_of
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.indicators.reports.regimes import Who

FIRST_DAY = 1
"""Periods of data sets are those of the calendar."""


class ValueType(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"
    AGENCY = "agency"
    CHOICE = "choice"


@dataclass(frozen=True)
class DataColumn:
    """A column (cột): its name in the file's first line, its type, whether it may be empty, least and choices."""

    name: str
    label: str
    label_en: str
    type: ValueType
    is_required: bool = False
    least: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called in the language of the page."""
        return worded(self.label, self.label_en)

    @property
    def expected(self) -> str:
        """What a cell must hold, in words."""
        match self.type:
            case ValueType.INTEGER:
                said = _("số nguyên, không dấu phân cách")
            case ValueType.DECIMAL:
                said = _("số, phần lẻ sau dấu phẩy hoặc dấu chấm")
            case ValueType.DATE:
                said = _("ngày, như 2026-09-30 hoặc 30/09/2026")
            case ValueType.BOOLEAN:
                said = _("có hoặc không")
            case ValueType.AGENCY:
                said = _("mã cơ quan hoặc mã xã có trong danh bạ cuối kỳ")
            case ValueType.CHOICE:
                said = _("một trong: %(choices)s") % {"choices": ", ".join(self.choices)}
            case _:
                said = _("chữ, tối đa 500 ký tự")
        if self.least is not None:
            return _("%(said)s, từ %(least)s trở lên") % {"said": said, "least": self.least}
        return said


@dataclass(frozen=True)
class Dataset:
    """One version of a data set: who owes it, for which periods, until when, and what stands in it.

    Rows of one period are the same when their `key` columns are; `beside` names indicators that are read with it.
    """

    code: str
    version: str
    name: str
    name_en: str
    about: str
    about_en: str
    since: date
    frequency: Frequency
    due: Term
    owner: Who
    columns: tuple[DataColumn, ...]
    key: tuple[str, ...]
    beside: tuple[str, ...]
    legal_basis: tuple[Mapping[str, Any], ...]

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def remark(self) -> str:
        """What it is for, in the language of the page."""
        return worded(self.about, self.about_en)

    @cached_property
    def agency_column(self) -> str:
        """The column that says of which agency a row speaks; none: of the owner."""
        found = (each.name for each in self.columns if each.type is ValueType.AGENCY)
        return next(found, "")

    def period(self, code: str) -> Period | None:
        """The period of that code, when the data set has it."""
        found = named(self.frequency, FIRST_DAY, code)
        return found if found and found.first >= self.since else None

    def newest_period(self, day: date) -> Period | None:
        """The latest one that is over on that day."""
        found = last_ended(self.frequency, FIRST_DAY, day)
        return found if found.first >= self.since else None


def dataset_of(content: Mapping[str, Any], *, code: str, version: str) -> Dataset:
    """The data set that an entry of a pack declares; the entry has passed its check."""
    return Dataset(
        code=code,
        version=version,
        name=content["name"],
        name_en=content.get("name_en", ""),
        about=content.get("about", ""),
        about_en=content.get("about_en", ""),
        since=date.fromisoformat(content["from"]),
        frequency=Frequency(content["frequency"]),
        due=Term(content["due"]["amount"], Unit(content["due"]["unit"])),
        owner=who_of(content["owner"]),
        columns=tuple(_column(each) for each in content["columns"]),
        key=tuple(content["key"]),
        beside=tuple(content.get("beside", ())),
        legal_basis=tuple(content.get("legal_basis", ())),
    )


def _column(content: Mapping[str, Any]) -> DataColumn:
    return DataColumn(
        name=content["name"],
        label=content["label"],
        label_en=content.get("label_en", ""),
        type=ValueType(content["type"]),
        is_required=content.get("required", False),
        least=content.get("least"),
        choices=tuple(content.get("choices", ())),
    )
