"""The past of the demo: a year of Kon Tum, and the last months of the communes that the reform of 2025 united."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.calendars.clock import OFFICIAL_ZONE, day_of
from tinhso.dossiers.services.catalogue import import_catalogue
from tinhso.kernel.errors import DomainError
from tinhso.site.province.building import ACTOR, HISTORY, Builder, without_collecting
from tinhso.site.province.matters import REFORM, era_of, spread

if TYPE_CHECKING:
    pass

KON_TUM = "kon-tum"
BEFORE = (date(2025, 3, 10), date(2025, 5, 30))
"""Days of the living province's old communes, all of them finished before the reform."""
ONE_IN = 20
"""Which share of the past is of the old communes of the living province."""
FIRST_BEFORE = 80_000
"""Numbers of the people of the old communes."""


def play_past(builder: Builder) -> None:
    """Everything that lies before the living days, as far as the day of the demo allows."""
    today, whole = day_of(builder.until), builder.sizes.history
    with without_collecting():
        before = whole // ONE_IN if today > REFORM else 0
        if whole and today > HISTORY[1]:
            _year_of_history(builder, whole - before)
        if before:
            _before_the_reform(builder, before)
    if builder.catalogue:
        _bring_catalogue_in(builder, builder.catalogue)


def _year_of_history(builder: Builder, count: int) -> None:
    """Kon Tum from October 2022 to September 2023, under its own units and people."""
    builder.rng.seed(HISTORY[0].year)  # not the people of the living province once more
    era = era_of(KON_TUM, HISTORY[0])
    arrivals = spread(HISTORY[0], (HISTORY[1] - HISTORY[0]).days, count, builder.rng)
    ends = datetime.combine(HISTORY[1] + timedelta(days=400), time(0), tzinfo=builder.until.tzinfo)
    builder.play("Lịch sử Kon Tum 10/2022–9/2023", era, arrivals, ends, first_party=1)


def _before_the_reform(builder: Builder, count: int) -> None:
    """The old communes of Quảng Ngãi: figures of them are restated under those of today, and some cannot be."""
    builder.rng.seed(BEFORE[0].year)
    era = era_of(settings.PROVINCE_KEY, BEFORE[0])
    arrivals = spread(BEFORE[0], (BEFORE[1] - BEFORE[0]).days + 1, count, builder.rng)
    ends = datetime.combine(REFORM - timedelta(days=1), time(16, 30), tzinfo=OFFICIAL_ZONE)
    what = "Quảng Ngãi trước sắp xếp, 3–5/2025"
    builder.play(what, era, arrivals, ends, first_party=FIRST_BEFORE, keep_open=False)


def _bring_catalogue_in(builder: Builder, path: Path) -> None:
    """The national catalogue, where one is given: what is wrong with it is said, and the province stands without."""
    what = "Danh mục thủ tục quốc gia"
    builder.progress(what, 0, 1)
    try:
        figures = import_catalogue(path, actor=ACTOR, at=builder.until)
    except DomainError as refusal:
        builder.progress(f"{what}: {refusal}", 0, 1)
        return
    builder.progress(what, figures.procedures, figures.procedures)
