"""The two days of a reform, as somebody mistypes them: signed, and in force from. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = date(1945, 9, 2)
_FAR = timedelta(days=2 * 366)
"""Reorganisations take effect within months of their act; a day so far off is rather a year mistyped."""


def doubts(signed_on: date | None, on: date, today: date | None = None) -> Iterator[str]:
    """What is unlikely of these days, though it may be so; `today` is the day on which they are written."""
    said = {"signed": f"{signed_on:%d/%m/%Y}" if signed_on else "", "on": f"{on:%d/%m/%Y}"}
    if signed_on and signed_on > on:
        yield _("ngày ký %(signed)s đứng sau ngày có hiệu lực %(on)s") % said
    if signed_on and on - signed_on > _FAR:
        yield _("ngày có hiệu lực %(on)s cách ngày ký %(signed)s hơn hai năm") % said
    if signed_on and today and signed_on > today:
        yield _("ngày ký %(signed)s chưa đến") % said
    if min(signed_on or on, on) < _FIRST:
        yield _("có ngày đứng trước 02/09/1945")
