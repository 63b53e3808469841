"""Shared data of the demo: health insurance of the latest quarters, each with a line that went back.

Persons and shares are made up.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.agencies.models import AgencyPeriod
from tinhso.calendars.clock import day_of, instant
from tinhso.datasets import catalogue, services
from tinhso.datasets.owners import due_on, owing
from tinhso.datasets.pages.delivering import offered
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    import random

    from tinhso.site.province.matters import Era

ACTOR = SystemActor("demo")
CODE = "health-insurance-coverage"
QUARTERS, MORNING = 3, 8 * 60
HEADS = "ma_xa;dan_so;tham_gia;ty_le;ngay_chot"


def deliver(era: Era, until: datetime, rng: random.Random) -> None:
    """Play the latest quarters that are over, each on a day of its term, as far as it has come."""
    dataset = catalogue.in_force().get(CODE)
    if dataset is None:
        return
    today = day_of(until)
    for code, _title in reversed(offered(dataset, today)[:QUARTERS]):
        period = dataset.period(code)
        if period is None or not owing(dataset, period.last):
            continue
        at = min(instant(due_on(dataset, period), MORNING), until)
        day = period.last
        coded = AgencyPeriod.objects.on(day).filter(agency__in=era.communes).exclude(unit_code="")
        units = coded.order_by("unit_code").values_list("unit_code", flat=True)
        lines = [_line(unit, f"{day:%d/%m/%Y}", rng) for unit in units]
        if not lines:
            continue
        lines[-1] = lines[-1].replace(";", ";khoảng ", 1)
        content = "\n".join([HEADS, *lines]).encode()
        services.deliver(CODE, code, content, filename=f"bhyt-{code}.csv", actor=ACTOR, at=at)


def _line(unit: str, day: str, rng: random.Random) -> str:
    inhabitants = rng.randrange(4_000, 30_000)
    share = rng.randrange(880, 985)
    return f"{unit};{inhabitants};{inhabitants * share // 1000};{share // 10},{share % 10};{day}"
