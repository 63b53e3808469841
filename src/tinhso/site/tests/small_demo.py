"""A small demonstration as it stands on 20 November 2026, built once for all who look at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import override_settings

from tests.worlds import begun_with
from tinhso.calendars.clock import instant
from tinhso.site.province.building import Builder, Sizes

TODAY = date(2026, 11, 20)
NOW = instant(TODAY, 10 * 60)


def silent(_what: str, _done: int, _whole: int) -> None:
    pass


def make_province() -> Builder:
    """Its dossiers and desks, and what it plays of the sources."""
    with TemporaryDirectory() as home, override_settings(HOME=Path(home), DEMO=True):
        builder = Builder(NOW, Sizes(history=0, live=80, by_services=4), silent)
        builder.build()
        builder.inspect()
    return builder


province = pytest.fixture(begun_with(make_province))
