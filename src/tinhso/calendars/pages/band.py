"""The line under the masthead that says when the business clock is not the real time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.calendars import clock
from tinhso.ui import formatting
from tinhso.ui.shell import Band

if TYPE_CHECKING:
    from django.http import HttpRequest


def shifted_clock(request: HttpRequest) -> Band | None:
    """The business day, when it is not today."""
    del request
    if not clock.is_shifted():
        return None
    day = formatting.day(clock.day_of(clock.now()))
    return Band(_("Ngày nghiệp vụ là %(day)s, không phải ngày thật.") % {"day": day}, "clock")
