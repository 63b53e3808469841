"""The figures of the demo: targets side by side, the facts in the warehouse, last month closed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.dossiers.facts import steps
from tinhso.events.sequencing import place
from tinhso.indicators import services
from tinhso.indicators.models import Target
from tinhso.indicators.services import TargetFacts
from tinhso.warehouse import declaring, syncing

if TYPE_CHECKING:
    from tinhso.kernel.actors import Actor
    from tinhso.warehouse.declaring import FactTable

MOST_ROWS = steps.CODE
NATION, PROVINCE = Target.Level.NATIONAL, Target.Level.PROVINCE
AIMS = (
    ("online-ratio", 50, NATION, "Ủy ban Quốc gia về chuyển đổi số"),
    ("online-ratio", 100, PROVINCE, "UBND tỉnh"),
    ("results-digitised-ratio", 100, PROVINCE, "UBND tỉnh"),
    ("on-time-ratio", 95, PROVINCE, "UBND tỉnh"),
    ("online-payment-ratio", 50, PROVINCE, "UBND tỉnh"),
    ("overdue-dossiers", 0, PROVINCE, "UBND tỉnh"),
)


def aim(until: datetime, *, actor: Actor) -> None:
    """Assign the targets of the year in which the demo lives."""
    year = day_of(until).year
    for code, value, level, issuer in AIMS:
        facts = TargetFacts(
            indicator=code,
            value=Decimal(value),
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            level=level,
            issuer=issuer,
            document=f"Kế hoạch chuyển đổi số năm {year} (thử nghiệm)",
        )
        services.assign_target(facts, actor=actor, at=until)


def place_all() -> None:
    """Give every event that was written its place in the log."""
    while place():
        pass


def bring_in(until: datetime, *, actor: Actor) -> None:
    """Bring everything that was played into the warehouse, and close the figures of last month.

    Another process takes the table of most rows meanwhile.
    """
    place_all()
    beside = subprocess.Popen(
        [sys.executable, "-m", "tinhso.site", "warehouse", "sync", MOST_ROWS],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    for table in declaring.registry.values():
        if table.code != MOST_ROWS:
            _bring(table, until)
    beside.wait()
    _bring(declaring.registry[MOST_ROWS], until)
    last = day_of(until).replace(day=1) - timedelta(days=1)
    title = f"Tháng {last:%m/%Y}"
    services.close_period(last.replace(day=1), last, title=title, actor=actor, at=until)


def _bring(table: FactTable, until: datetime) -> None:
    """What the log tells since the last time; with nothing new, or where another process has failed, all the same."""
    while syncing.sync(table, at=until).more:
        pass
