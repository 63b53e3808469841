"""Which figure a partner system asks for (lát cắt): days, agencies, what it is divided by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tinhso.accounts.api.agencies import Named, agency_named
from tinhso.accounts.api.sent import Code
from tinhso.agencies.queries import descendants, inherited
from tinhso.indicators.cutting import AGENCY, MONTH, UNALLOCATED, UNKNOWN, Agencies, Cut
from tinhso.indicators.pages.intervals import month_of, written
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.indicators.cells import Group
    from tinhso.kernel.actors import Actor

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class AskedInterval(BaseModel):
    """A month, a quarter, a year, or two days, both included; without any the month of today."""

    period: Annotated[
        str | None,
        Field(
            pattern=r"^20[0-9]{2}(-(Q[1-4]|0[1-9]|1[0-2]))?$",
            description="`2026-09`, `2026-Q3` or `2026`; instead of `first` and `last`.",
        ),
    ] = None
    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _is_one_interval(self) -> Self:
        if (self.first is None) != (self.last is None) or (self.period and self.first):
            raise PydanticCustomError("interval", "a period, or both first and last")
        return self

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day."""
        if self.first is not None and self.last is not None:
            return self.first, self.last
        found = written(self.period or "") or month_of(today)
        return found.first, found.last


class AskedCut(AskedInterval):
    """The same, with the agencies, as they were or as they are today, and what the figure is divided by."""

    agency: Annotated[
        Named | None, Field(description="Uuid or code: only it and all that lies below it.")
    ] = None
    agencies: Annotated[
        Literal["as_was", "restated"],
        Field(description="`restated`: under the agencies of today."),
    ] = "as_was"
    by: Annotated[Word | None, Field(description="One of `by` of the indicator.")] = None

    def cut(self, *, actor: Actor, at: datetime, today: date) -> Cut:
        """The cut; refuses with `AgencyNotFound` and, where the right is not held, `PermissionMissing`."""
        first, last = self.days(today)
        if self.by == MONTH:
            last = max(min(last, today), first)
        within = None
        if self.agency is not None:
            on = today if self.agencies == "restated" else max(min(last, today), first)
            agency = agency_named(self.agency, on).pk
            require(actor, IndicatorPermission.READ, agency=agency, at=at)
            below = descendants(agency, on)
            within = below | inherited(below, on)
        return Cut(first, last, Agencies(self.agencies), self.by, within).known_on(today)


class AskedRecords(AskedCut):
    """One cell of the cut, which part of it, and which page."""

    group: Annotated[
        Code | None, Field(description="`code` of the group, where the cut is divided.")
    ] = None
    part: Annotated[
        Literal["denominator", "numerator", "missing"],
        Field(description="`missing`: in the denominator and not in the numerator."),
    ] = "denominator"
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @model_validator(mode="after")
    def _group_is_of_a_dimension(self) -> Self:
        if (self.by is None) != (self.group is None):
            raise PydanticCustomError("group", "a group is one of what the figure is divided by")
        return self

    def named(self, on: date) -> Group:
        """The group as figures have it: an agency is a number."""
        if self.by is None or self.group is None:
            return None
        if self.by != AGENCY or self.group in {UNKNOWN, UNALLOCATED}:
            return self.group
        return agency_named(self.group, on).pk
