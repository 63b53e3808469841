"""On which dated lists a procedure stood on a day, remembered for many dossiers of few procedures and days."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models import ListedProcedure, OnlineDuty, ProcedureList

if TYPE_CHECKING:
    from datetime import date

WHOLE, PART, NONE = "whole", "part", "none"
LEVELS = ((WHOLE, _("Toàn trình")), (PART, _("Một phần")), (NONE, _("Chưa cung cấp trực tuyến")))
"""How far a service is provided on line (toàn trình, một phần)."""
ONLINE_ONLY = "online_only"


class Listed(NamedTuple):
    """What the lists say of a procedure on a day."""

    service_level: str
    is_project_06: bool
    must_be_online: bool


class Lists:
    """The lists and the duties to file on line as they stand in the tables now, read once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
        self._known: dict[tuple[str, date], Listed] = {}
        listed = ListedProcedure.objects.filter(is_current=True)
        for code, name, period in listed.values_list("code", "list", "period"):
            self._lines[code].append((name, period.lower, period.upper))
        for code, period in OnlineDuty.objects.values_list("procedure__code", "period"):
            if not period.isempty:
                self._lines[code].append((ONLINE_ONLY, period.lower, period.upper))

    def on(self, code: str, day: date) -> Listed:
        """What they say of a procedure on a day."""
        if (code, day) not in self._known:
            names = {
                name
                for name, since, until in self._lines.get(code, ())
                if (since is None or since <= day) and (until is None or day < until)
            }
            self._known[code, day] = _said(names)
        return self._known[code, day]

    def turns(self, code: str) -> set[date]:
        """The days on which something of a procedure begins or ends on a list."""
        days = {day for _name, *period in self._lines.get(code, ()) for day in period}
        return {day for day in days if day is not None}

    def codes(self) -> set[str]:
        """The procedures that stand on any list."""
        return set(self._lines)


def _said(names: set[str]) -> Listed:
    level = WHOLE if ProcedureList.ONLINE_WHOLE in names else NONE
    if level == NONE and ProcedureList.ONLINE_PART in names:
        level = PART
    return Listed(level, ProcedureList.PROJECT_06 in names, ONLINE_ONLY in names)
