"""An event log of any size, always the same, shaped like the real ones: for measures that need a large file."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 300_000
SHORTEST, LONGEST = 4, 12  # steps of a case
ACTIVITIES = tuple(f"Bước {number:02d} của quy trình" for number in range(1, 28))
OFFICERS = tuple(f"can-bo-{number:02d}" for number in range(1, 49))
DESKS = tuple(f"Bộ phận {number}" for number in range(1, 11))
CHANNELS = ("Internet",) * 12 + ("Desk", "Post", "e-mail")
BEGIN = datetime(2021, 1, 4, 1, tzinfo=UTC)


def write_log(path: Path, events: int) -> int:
    """Write an XES log of that many events, some eight a case; how many cases."""
    cases = 0
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n')
        for trace in _traces(events):
            out.write(trace)
            cases += 1
        out.write("</log>\n")
    return cases


def _traces(events: int) -> Iterator[str]:
    rng = random.Random(SEED)  # noqa: S311 - a shape, not a secret
    left, number = events, 0
    while left:
        number += 1
        steps = min(left, rng.randint(SHORTEST, LONGEST))
        left -= steps
        yield _trace(number, steps, rng)


def _trace(number: int, steps: int, rng: random.Random) -> str:
    at = BEGIN + timedelta(minutes=7 * number)
    lines = [
        "<trace>",
        _text("concept:name", f"HS-{number:07d}"),
        _text("channel", rng.choice(CHANNELS)),
        _time("deadline", at + timedelta(days=15)),
    ]
    for ordinal in range(steps):
        at += timedelta(minutes=rng.randint(1, 4000))
        lines += [
            "<event>",
            _text("org:group", rng.choice(DESKS)),
            _text("concept:instance", f"task-{number}-{ordinal}"),
            _text("org:resource", rng.choice(OFFICERS)),
            _text("concept:name", rng.choice(ACTIVITIES)),
            _time("time:timestamp", at),
            _text("lifecycle:transition", "complete"),
            "</event>",
        ]
    lines += [_time("enddate", at), "</trace>\n"]
    return "\n".join(lines)


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value="{value}"/>'


def _time(key: str, at: datetime) -> str:
    return f'<date key="{key}" value="{at.isoformat()}"/>'
