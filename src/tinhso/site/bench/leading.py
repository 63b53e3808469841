"""A leader who looks at figures: whole requests, warm and cold; and how soon figures know of events."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.test import Client

from tinhso.accounts.actors import OfficerActor
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of, now
from tinhso.dossiers.models import Dossier
from tinhso.events.bulk import bulk
from tinhso.events.kinds import kinds
from tinhso.events.services import prepare
from tinhso.indicators import cells
from tinhso.indicators.models import PeriodClosing
from tinhso.indicators.pages.intervals import Interval
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.actors import SystemActor
from tinhso.warehouse import syncing

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = {
    "dashboard": "/chi-dao/",
    "dashboard_of_a_year": "/chi-dao/?ky={year}",
    "indicator": "/chi-tieu/online-ratio/",
    "drill": "/chi-tieu/online-ratio/ho-so/",
    "late_dossiers": "/chi-tieu/on-time-ratio/ho-so/?phan=missing",
    "closed_period": "/chi-tieu/ky/{closed}/",
}
PATIENCE = 120.0
WARMING = 2
STARTING = 30.0  # seconds in which a worker that was just started reads what it missed


def look(samples: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page, through every layer of the server but the network."""
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(_leader())
    known = {"year": day_of(now()).year, "closed": _closed()}
    return {name: _of_page(client, page.format(**known), samples) for name, page in PAGES.items()}


def _closed() -> str:
    """The last period whose figures the demonstration closed, as an address names it."""
    closing = PeriodClosing.objects.latest("last")
    return Interval(closing.first, closing.last).key


def _leader() -> User:
    """Somebody who reads the figures of the whole province."""
    at = now()
    user: User
    for user in User.objects.filter(is_active=True).order_by("pk"):
        actor = OfficerActor(user=user.pk, uuid=user.uuid, name=user.name)
        if actor.scope(IndicatorPermission.READ, at=at).everywhere:
            return user
    raise RuntimeError("nobody reads the figures of the province")


def _of_page(client: Client, page: str, samples: int) -> dict[str, float]:
    for _ in range(WARMING):
        _get(client, page)
    warm = sorted(_timed(lambda: _get(client, page)) for _ in range(samples))
    cold = []
    for _ in range(max(samples // 4, 3)):
        cells.forget()
        cold.append(_timed(lambda: _get(client, page)))
    return {
        "warm_p50_ms": round(warm[len(warm) // 2], 1),
        "warm_p95_ms": round(warm[min(int(len(warm) * 0.95), len(warm) - 1)], 1),
        "cold_median_ms": round(sorted(cold)[len(cold) // 2], 1),
        "bytes_gz": _get(client, page),
    }


def _get(client: Client, page: str) -> int:
    answer = client.get(page)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{page}: {answer.status_code}")
    return len(answer.content)


def _timed(asked: Callable[[], Any]) -> float:
    began = time.perf_counter()
    asked()
    return (time.perf_counter() - began) * 1000


def write_and_wait(events: int) -> float:
    """Seconds from the commit of so many events to figures that have seen them all, with a worker at work."""
    time.sleep(STARTING)
    _wait_until_settled()
    actor, at = SystemActor("bench"), now()
    kind = kinds["dossiers.assigned"]
    subjects = list(Dossier.objects.order_by("pk").values_list("uuid", flat=True)[:events])
    with bulk("bench", actor=actor, at=at) as writing, transaction.atomic():
        writing.copy_events(
            prepare(kind, subject=subjects[number % len(subjects)], actor=actor, at=at)
            for number in range(events)
        )
    before = syncing.end_of_log()
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        if syncing.end_of_log() >= before + events and not syncing.behind("dossiers.dossier"):
            return time.perf_counter() - began
        time.sleep(0.1)
    raise RuntimeError("the figures did not follow")


def _wait_until_settled() -> None:
    last = time.perf_counter() + PATIENCE
    while time.perf_counter() < last and syncing.behind("dossiers.dossier"):
        time.sleep(0.2)
