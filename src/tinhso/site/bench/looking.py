"""An officer who looks at the queue and works: the time of whole requests, and the same questions by hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

from tinhso.accounts.actors import OfficerActor
from tinhso.accounts.models import User
from tinhso.calendars.clock import now
from tinhso.dossiers import services
from tinhso.dossiers.models import WorkItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tinhso.site.bench.queue_rows import Office

WARMING = 5
PAGES: Mapping[str, str] = {
    "page_1": "?cua=",
    "page_100": "?cua=&trang=100",
    "mine": "?cua=toi",
    "late": "?cua=&tab=qua-han",
    "search_common_name": "?cua=&tim=lan",
    "search_two_words": "?cua=&tim=lan+hu",
    "search_rare_name": "?cua=&tim=bbbcb",
    "search_end_of_number": "?cua=&tim=-0051",
    "search_phone": "?cua=&tim=0000000100",
    "filtered": "?cua=&buoc=forward&nguoi=nobody&kenh=counter",
}


class _Clock:
    """Adds up what the database takes, and counts the questions."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.questions = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, values, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.questions += 1


def look(office: Office, *, samples: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page over many requests, through every layer of the server but the network."""
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(office.looks)
    return {name: _of_page(client, query, samples) for name, query in PAGES.items()}


def _of_page(client: Client, query: str, samples: int) -> dict[str, float]:
    for _ in range(WARMING):
        _get(client, query)
    taken = []
    clock, worked = _Clock(), time.process_time()
    with connection.execute_wrapper(clock):
        for _ in range(samples):
            began = time.perf_counter()
            _get(client, query)
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {
        "p50_ms": round(_share(taken, 0.5), 1),
        "p95_ms": round(_share(taken, 0.95), 1),
        "sql_ms": round(clock.seconds * 1000 / samples, 1),
        "python_cpu_ms": round((time.process_time() - worked) * 1000 / samples, 1),
        "questions": clock.questions // samples,
    }


def _get(client: Client, query: str) -> None:
    answer = client.get(f"/ho-so/{query}")
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{query}: {answer.status_code}")


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def act(office: Office, count: int) -> int:
    """So many acts by the services: work is given to officers and taken from them again."""
    actor = OfficerActor(user=office.looks.pk, uuid=office.looks.uuid, name=office.looks.name)
    officers = {user.pk: user for user in User.objects.filter(pk__in=office.officers)}
    at = now()
    work = list(
        WorkItem.objects.filter(act="forward", is_paused=False)
        .order_by("pk")
        .values_list("dossier__uuid", "pk", "agency")
    )
    for number in range(count):
        dossier, step, agency = work[number % len(work)]
        turn = office.agencies.index(agency) + 5 * (number // len(work) % 10)
        person = None if number % 3 == 0 else officers[office.officers[turn]]
        services.assign(dossier, step, actor=actor, person=person, at=at)
    return count


BY_HAND = {
    "counts": """
        SELECT count(*), count(*) FILTER (WHERE due_at < %(at)s AND NOT is_paused),
        count(*) FILTER (WHERE due_at >= %(at)s AND near_at <= %(at)s AND NOT is_paused),
        count(*) FILTER (WHERE is_paused),
        count(*) FILTER (WHERE NOT is_paused AND (person_id = %(me)s OR
            (person_id IS NULL AND act <> 'receive' AND agency_id = ANY(%(here)s)))),
        count(*) FILTER (WHERE NOT is_paused AND act = 'decide' AND (person_id IS NULL OR person_id = %(me)s))
        FROM dossiers_workitem WHERE agency_id = ANY(%(here)s)""",
    "page": """
        SELECT d.uuid, d.number, d.reference, d.version, d.state, d.received_at, p.uuid, p.name, p.address,
        u.name, s.name, w.* FROM (SELECT step_id, dossier_id, person_id, due_at, near_at, since, is_paused, act
            FROM dossiers_workitem WHERE agency_id = ANY(%(here)s)
            ORDER BY is_paused, due_at, since, step_id LIMIT 20 OFFSET %(first)s) w
        JOIN dossiers_dossier d ON d.id = w.dossier_id JOIN parties_party p ON p.id = d.applicant_id
        JOIN dossiers_step s ON s.id = w.step_id LEFT JOIN accounts_user u ON u.id = w.person_id""",
}


def by_hand(office: Office, *, samples: int) -> dict[str, float]:
    """Milliseconds (median) of the questions of a page, written by hand and sent over the same connection."""
    values: dict[str, Any] = {"at": now(), "me": office.looks.pk, "here": office.agencies}
    found = {}
    for name, first in (("page_1", 0), ("page_100", 1980)):
        taken = []
        with connection.cursor() as cursor:
            for _ in range(samples):
                began = time.perf_counter()
                for text in BY_HAND.values():
                    cursor.execute(text, {**values, "first": first})
                    cursor.fetchall()
                taken.append((time.perf_counter() - began) * 1000)
        found[name] = round(_share(sorted(taken), 0.5), 1)
    return found
