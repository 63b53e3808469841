"""A province's tasks by the hundred thousand, written in one statement; who looks at them, how long a page takes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from tinhso.accounts.models import Grant, Role
from tinhso.agencies.models import AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import day_of, now
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.folding import sort_key, tokens
from tinhso.packs import services as packs
from tinhso.packs.loading import load
from tinhso.tasks.models import Notice, NoticeKind, Review
from tinhso.tasks.pages.inbox import MINE

if TYPE_CHECKING:
    from tinhso.accounts.models import User

ACTOR = SystemActor("bench")
LEADS, NOTICES, GROUPS = 150, 400, 12
EVERY = 50
"""One task in so many is open."""
WARMING = 5
TEXT = (
    "Rà soát, chuẩn hóa quy trình nội bộ của các thủ tục phát sinh nhiều hồ sơ, báo cáo UBND tỉnh."
)


@dataclass(frozen=True)
class Place:
    """The province that gives tasks, who leads them, who looks."""

    province: int
    leads: list[int]
    leader: User
    head: User
    notices: list[int]


def place() -> Place:
    """A province with its leads, its chair and the head of one lead."""
    at = now()
    province = _agency(settings.PROVINCE_KEY, AgencyKind.PROVINCE, "Tỉnh Thử nghiệm", "H99")
    packs.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=at)
    leads = [
        _agency(f"so-{n}", AgencyKind.DEPARTMENT, f"Sở thử số {n}", f"H99.{n:03d}")
        for n in range(1, LEADS + 1)
    ]
    made = [
        Notice(
            agency_id=province,
            kind=NoticeKind.NOTICE,
            number=f"{n}/TB-UBND",
            issued_on=day_of(at),
            title="Kết luận",
            text=TEXT,
            at=at,
            actor=ACTOR.key,
        )
        for n in range(NOTICES)
    ]
    Notice.objects.bulk_create(made)
    Review.objects.bulk_create(
        Review(notice=notice, number=0, act="ordered", items=[], at=at, actor=ACTOR.key)
        for notice in made
    )
    leader, head = _officer("Lan", province), _officer("Hoa", leads[0])
    return Place(province, leads, leader, head, [notice.pk for notice in made])


def _agency(key: str, kind: AgencyKind, name: str, code: str) -> int:
    facts = {"name": name, "level": Level.PROVINCE, "agency_code": code}
    if kind is not AgencyKind.PROVINCE:
        facts["parent"] = settings.PROVINCE_KEY
    return establish(key=key, kind=kind, facts=facts, since=None, actor=ACTOR, at=now()).pk


def _officer(name: str, agency: int) -> User:
    at = now()
    user: User = get_user_model().objects.create(
        email=f"{'-'.join(tokens(name))}@example.vn", name=name, kind="officer",
        sort_key=sort_key(name), words=tokens(name), created_at=at,
    )  # fmt: skip
    Grant.objects.create(
        user=user, role=Role.objects.get(code="agency-leader"), agency_id=agency,
        since=day_of(at), reason="bench", at=at, actor=ACTOR.key,
    )  # fmt: skip
    return user


FILL = """
INSERT INTO tasks_task (uuid, notice_id, item, ordinal, agency_id, lead_id, start, "end", text, wanted, "group",
    deadline_words, deadline_on, deadline_kind, supervisor, follower_id, "references", state, period, at, actor)
SELECT gen_random_uuid(), (%(notices)s::bigint[])[1 + n %% %(many)s], gen_random_uuid(), 1 + n / %(many)s,
    %(province)s, (%(leads)s::bigint[])[1 + (n / %(every)s) %% %(led)s], 0, 10, %(text)s || ' ' || n, '',
    'Nhóm ' || (n / %(every)s) %% %(groups)s,
    '', CASE WHEN n %% %(every)s = 0 THEN %(today)s::date - 20 + (n / %(every)s)::int %% 60
        ELSE %(today)s::date - 30 - (n %% 1000)::int END, 'complete', '', NULL, '[]'::jsonb,
    CASE WHEN n %% %(every)s <> 0 THEN 'done' WHEN n %% 7 = 0 THEN 'issued' ELSE 'accepted' END, '',
    %(at)s::timestamptz - interval '40 days', 'system:bench'
FROM generate_series(0, %(rows)s - 1) AS n
"""


def fill(superuser: str, where: Place, rows: int) -> None:
    """Write the tasks, and let the database look at what it holds."""
    at = now()
    values = {
        "notices": where.notices,
        "many": len(where.notices),
        "province": where.province,
        "leads": where.leads,
        "led": len(where.leads),
        "groups": GROUPS,
        "every": EVERY,
        "text": TEXT,
        "today": day_of(at),
        "at": at,
        "rows": rows,
    }
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(FILL, values)
        server.execute("VACUUM ANALYZE tasks_task")


def look(where: Place, samples: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page, through every layer of the server but the network."""
    pages = {
        "board": (where.leader, "/nhiem-vu/theo-doi/"),
        "board_open": (where.leader, "/nhiem-vu/theo-doi/?xem=dang-mo"),
        "board_of_a_lead": (where.leader, f"/nhiem-vu/theo-doi/?co-quan={where.leads[3]}"),
        "session": (where.leader, "/nhiem-vu/theo-doi/phien-hop/"),
        "calendar": (where.leader, "/nhiem-vu/lich/"),
        "inbox": (where.head, "/nhiem-vu/"),
        "mine": (where.head, f"/nhiem-vu/?xem={MINE}"),
    }
    return {name: _of_page(user, page, samples) for name, (user, page) in pages.items()}


def _of_page(user: User, page: str, samples: int) -> dict[str, float]:
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(user)
    taken, asked = [], _Asked()
    for number in range(WARMING + samples):
        began = time.perf_counter()
        with connection.execute_wrapper(asked):
            answer = client.get(page)
        if answer.status_code != 200:  # noqa: PLR2004
            raise RuntimeError(f"{page}: {answer.status_code}")
        if number >= WARMING:
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    rounds = WARMING + samples
    return {
        "p50_ms": round(taken[len(taken) // 2], 1),
        "p95_ms": round(taken[min(int(len(taken) * 0.95), len(taken) - 1)], 1),
        "sql_ms": round(asked.seconds * 1000 / rounds, 1),
        "questions": asked.questions // rounds,
    }


class _Asked:
    """Adds up what the database takes, and counts the questions."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.questions = 0

    def __call__(self, execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, values, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.questions += 1
