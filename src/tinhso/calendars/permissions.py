"""The verbs that can be granted on calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class CalendarPermission(Permission):
    """What may be done to a calendar; reading one is free to everybody."""

    EDIT = "calendars:calendar:edit"


WORDS: Mapping[Permission, StrOrPromise] = {
    CalendarPermission.EDIT: _("Sửa lịch làm việc"),
}
"""What each right is called on the screen."""
