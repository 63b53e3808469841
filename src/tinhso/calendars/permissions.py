"""The verbs that can be granted on calendars."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class CalendarPermission(Permission):
    """What may be done to a calendar; reading one is free to everybody."""

    EDIT = "calendars:calendar:edit"
