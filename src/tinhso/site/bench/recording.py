"""One real submit looked at from inside: the statements that it sends, and where its time goes."""

from __future__ import annotations

import cProfile
import json
import pstats
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

from tinhso.site.bench.sending import body
from tinhso.site.bench.statements import Statement, script

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 300
WARMING = 20
PARTS = {
    "token": [("accounts/queries.py", "partner")],
    "json": [("api/reading.py", "read")],
    "form": [("forms/form.py", "of_values"), ("forms/form.py", "validate")],
    "party": [("parties/services.py", "register")],
    "write": [("dossiers/services/acting.py", "finish")],
    "commit": [("backends/base/base.py", "_commit")],
    "service": [("dossiers/services/relaying.py", "relay")],
    "sql": [("backends/utils.py", "execute")],
    "all": [("core/handlers/wsgi.py", "__call__"), ("test/client.py", "__call__")],
}
"""Functions by the end of their file: their share of a request, each with all that it calls."""


class Recorder:
    """Takes down every statement with its values."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any
    ) -> Any:
        self.statements.append(Statement(sql, list(values or [])))
        return execute(sql, values, many, context)


class Sender:
    """Hands in dossiers through the whole stack of the server, in this process."""

    def __init__(self, seeded: dict[str, Any], first: int) -> None:
        self.seeded = seeded
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.number = first

    def send(self) -> None:
        """One more dossier."""
        self.number += 1
        answer = self.client.post(
            "/api/v1/dossiers",
            json.dumps(body(self.seeded["codes"][0], self.number)),
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {self.seeded['secret']}",
                "Idempotency-Key": f"bench-{self.number}",
            },
        )
        if answer.status_code != 201:  # noqa: PLR2004
            raise RuntimeError(answer.content.decode())


def record(seeded: dict[str, Any]) -> dict[str, Any]:
    """The script for pgbench made from one submit, and how many statements that submit had."""
    sender = Sender(seeded, 100_000_000)
    for _ in range(WARMING):
        sender.send()
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        sender.send()
    return {
        "statements": len(recorder.statements),
        "texts": [" ".join(statement.sql.split())[:110] for statement in recorder.statements],
        "script": script(recorder.statements, seeded["first"], seeded["last"]),
    }


def profile(seeded: dict[str, Any]) -> dict[str, Any]:
    """Shares of the time of a request, sampled over three hundred."""
    sender = Sender(seeded, 200_000_000)
    for _ in range(WARMING):
        sender.send()
    profiler = cProfile.Profile()
    with profiler:
        for _ in range(SAMPLE):
            sender.send()
    stats: Any = pstats.Stats(profiler)
    spent = {part: _spent(stats.stats, places) for part, places in PARTS.items()}
    whole = spent.pop("all")
    spent["outside_service"] = whole - spent["token"] - spent["json"] - spent["service"]
    return {part: round(seconds / whole, 3) for part, seconds in spent.items()}


def _spent(stats: dict[Any, Any], places: list[tuple[str, str]]) -> float:
    seconds = 0.0
    for (file, _line, name), (*_counts, cumulative, _callers) in stats.items():
        if any(file.endswith(end) and name == known for end, known in places):
            seconds += cumulative
    return seconds
