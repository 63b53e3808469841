"""`./tinhso bench indicators`: figures over millions of made-up facts, beside SQL written by hand and PostgreSQL.

On-time and online shares, median and 95th percentile of working minutes by agency and month, as the indicators of packs
are counted; the same by hand in DuckDB over the same file, in the same run; and in PostgreSQL over a tenth of the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.bench import scratch
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import House
from tinhso.site.preparing import prepare
from tinhso.site.terminal import complain, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tinhso.indicators.definitions import Indicator

BY_HAND = """
SELECT agency, CAST(date_trunc('month', received_on) AS date) AS month,
       count(*) FILTER (is_received) AS received, count(*) FILTER (is_received AND is_online) AS online,
       count(*) FILTER (is_settled AND is_on_time IS NOT NULL) AS judged,
       count(*) FILTER (is_settled AND is_on_time IS NOT NULL AND is_on_time) AS on_time,
       quantile_cont(working_minutes, 0.5) FILTER (is_settled) AS median,
       quantile_cont(working_minutes, 0.95) FILTER (is_settled) AS p95
FROM {rows} WHERE received_on BETWEEN DATE '2024-01-01' AND DATE '2026-01-31' GROUP BY ALL
"""
IN_POSTGRESQL = """
SELECT agency, CAST(date_trunc('month', received_on) AS date) AS month,
       count(*) FILTER (WHERE is_received), count(*) FILTER (WHERE is_received AND is_online),
       count(*) FILTER (WHERE is_settled AND is_on_time IS NOT NULL),
       count(*) FILTER (WHERE is_settled AND is_on_time),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY working_minutes) FILTER (WHERE is_settled),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY working_minutes) FILTER (WHERE is_settled)
FROM bench_dossier WHERE received_on BETWEEN DATE '2024-01-01' AND DATE '2026-01-31' GROUP BY 1, 2
"""
COLUMNS = "agency, received_on, is_received, is_online, is_settled, is_on_time, working_minutes"
STEPS_BY_HAND = """
SELECT name, agency, count(*) AS steps, quantile_cont(working_minutes, 0.5) AS median
FROM {rows} WHERE opened_on BETWEEN DATE '2024-01-01' AND DATE '2026-01-31' GROUP BY ALL
"""
FIRST, LAST = date(2024, 1, 1), date(2026, 1, 31)
TARGETS = {
    "ratio_to_hand": 1.25,
    "times_faster_than_postgresql": 3,
    "memory_gb": 6,
    "export_rows_per_s": 400_000,
}


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench indicators")
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--steps", type=int, default=5_000_000)
    parser.add_argument("--samples", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    with scratch.house() as (house, cluster):
        found = _measure(house, cluster, wanted)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(house: House, cluster: Cluster, wanted: argparse.Namespace) -> dict[str, Any]:
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0")
    prepare(environment, "production")
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from tinhso.site.bench import fact_rows  # noqa: PLC0415 - after Django is set up
    from tinhso.warehouse.reading import table_of  # noqa: PLC0415

    load = [round(each, 2) for each in os.getloadavg()]
    took: dict[str, float] = {}
    with _timed(took, "filling"):
        dossiers = fact_rows.fill(table_of("dossiers.dossier"), fact_rows.DOSSIERS, wanted.dossiers)
        steps = fact_rows.fill(table_of("dossiers.step"), fact_rows.STEPS, wanted.steps)
    with _timed(took, "figures"):
        found = _figures(dossiers, wanted.samples)
    with _timed(took, "steps"):
        found |= _of_steps(steps, wanted.samples)
    with _timed(took, "postgresql"):
        found["postgresql"] = _in_postgresql(cluster, house, dossiers, wanted, found["figures_s"])
    with _timed(took, "export"):
        found["export"] = _exported(Path(house.home), dossiers)
    return {
        "dossiers": wanted.dossiers,
        "steps": wanted.steps,
        **found,
        "memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
        "targets": TARGETS,
        "seconds": took,
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }


@contextmanager
def _timed(took: dict[str, float], phase: str) -> Iterator[None]:
    """Put down how many seconds a phase took, and say that it ended: the longest run is known to move."""
    began = time.monotonic()
    yield
    took[phase] = round(time.monotonic() - began, 1)
    complain(f"{phase}: {took[phase]} s")


def _best(question: Callable[[], Any], samples: int) -> tuple[float, Any]:
    """The shortest of some runs in seconds, and the answer: what else the machine does only ever adds."""
    taken, answer = [], None
    for _ in range(samples):
        began = time.perf_counter()
        answer = question()
        taken.append(time.perf_counter() - began)
    return min(taken), answer


def four_indicators() -> list[Indicator]:
    """The four indicators, as a pack would declare them."""
    from tinhso.indicators.definitions import indicator_of  # noqa: PLC0415

    asked_for = {
        "online": {"ratio": {"of": "is_received", "is": "is_online"}, "unit": "%"},
        "on-time": {
            "ratio": {"of": "is_settled and is defined(is_on_time)", "is": "is_on_time"},
            "unit": "%",
        },
        "median": {
            "where": "is_settled",
            "measure": {"kind": "median", "column": "working_minutes"},
        },
        "p95": {
            "where": "is_settled",
            "measure": {"kind": "percentile", "percent": 95, "column": "working_minutes"},
        },
    }
    return [
        indicator_of(
            {"name": code, "unit": "phút", "fact": "dossiers.dossier", **content},
            code=code,
            version="1",
            pack="bench",
        )
        for code, content in asked_for.items()
    ]


def _figures(dossiers: str, samples: int) -> dict[str, Any]:
    from tinhso.indicators.counting import Asked, count  # noqa: PLC0415
    from tinhso.warehouse.engines import engine  # noqa: PLC0415
    from tinhso.warehouse.reading import Lake  # noqa: PLC0415

    indicators = four_indicators()

    def ours() -> Any:
        table = Lake().table("dossiers.dossier")
        by = {"agency": "agency", "month": lambda rows: rows["received_on"].truncate("M")}
        return count(indicators, Asked(table, "received_on", FIRST, LAST), by)

    def by_hand() -> Any:
        return engine().backend.con.execute(BY_HAND.format(rows=dossiers)).fetchall()

    ours(), by_hand()  # the file is in memory and the view is known, for both
    hand_s, rows = _best(by_hand, samples)
    ours_s, counted = _best(ours, samples)
    return {
        "cells": len(rows),
        "figures_s": round(ours_s, 3),
        "by_hand_s": round(hand_s, 3),
        "ratio_to_hand": round(ours_s / hand_s, 3),
        "different": _different(counted, rows),
    }


def _different(counted: dict[str, dict[tuple[Any, ...], Any]], rows: list[tuple[Any, ...]]) -> int:
    """Cells in which we and the hand-written statement do not say the same."""
    from tinhso.indicators.counting import Counted  # noqa: PLC0415

    wrong, nothing = 0, Counted()
    for agency, month, received, online, judged, on_time, median, p95 in rows:
        cell = (agency, month)
        codes = ("online", "on-time", "median", "p95")
        said = [counted[code].get(cell, nothing) for code in codes]
        ours = (
            said[0].rows,
            said[0].hits or 0,
            said[1].rows,
            said[1].hits or 0,
            said[2].measured,
            said[3].measured,
        )
        wrong += ours != (received, online, judged, on_time, median, p95)
    return wrong


def _of_steps(steps: str, samples: int) -> dict[str, Any]:
    from tinhso.indicators.counting import Asked, count  # noqa: PLC0415
    from tinhso.indicators.definitions import indicator_of  # noqa: PLC0415
    from tinhso.warehouse.engines import engine  # noqa: PLC0415
    from tinhso.warehouse.reading import Lake  # noqa: PLC0415

    content = {
        "name": "steps",
        "unit": "phút",
        "fact": "dossiers.step",
        "measure": {"kind": "median", "column": "working_minutes"},
    }
    median = indicator_of(content, code="steps", version="1", pack="bench")

    def ours() -> Any:
        table = Lake().table("dossiers.step")
        return count(
            [median], Asked(table, "opened_on", FIRST, LAST), {"name": "name", "agency": "agency"}
        )

    def by_hand() -> Any:
        return engine().backend.con.execute(STEPS_BY_HAND.format(rows=steps)).fetchall()

    ours()
    hand_s, rows = _best(by_hand, samples)
    ours_s, counted = _best(ours, samples)
    said = {group: (cell.rows, cell.measured) for group, cell in counted["steps"].items()}
    return {
        "steps_s": round(ours_s, 3),
        "steps_by_hand_s": round(hand_s, 3),
        "steps_ratio": round(ours_s / hand_s, 3),
        "steps_different": sum(said.get((n, a)) != (c, m) for n, a, c, m in rows),
    }


def _in_postgresql(
    cluster: Cluster, house: House, dossiers: str, wanted: argparse.Namespace, ours_s: float
) -> dict[str, Any]:
    """A tenth of the rows in PostgreSQL, asked the same; scaled to all."""
    import psycopg  # noqa: PLC0415

    from tinhso.warehouse.engines import engine  # noqa: PLC0415

    place = Path(house.home) / "tenth.csv"
    engine().backend.raw_sql(
        f"COPY (SELECT {COLUMNS} FROM {dossiers} LIMIT {wanted.dossiers // 10}) TO '{place}' (HEADER false)"
    )
    with psycopg.connect(cluster.url("postgres", "tinhso"), autocommit=True) as connection:
        connection.execute(
            "CREATE UNLOGGED TABLE bench_dossier (agency bigint, received_on date, is_received boolean,"
            " is_online boolean, is_settled boolean, is_on_time boolean, working_minutes bigint)"
        )
        with (
            connection.cursor().copy("COPY bench_dossier FROM STDIN (FORMAT csv)") as copy,
            place.open("rb") as rows,
        ):
            while piece := rows.read(1 << 20):
                copy.write(piece)
        connection.execute("VACUUM ANALYZE bench_dossier")
        connection.execute("SET work_mem = '512MB'")
        taken, _rows = _best(lambda: connection.execute(IN_POSTGRESQL).fetchall(), 2)
    place.unlink()
    return {
        "rows": wanted.dossiers // 10,
        "seconds": round(taken, 3),
        "scaled_s": round(taken * 10, 1),
        "times_faster": round(taken * 10 / ours_s, 1),
    }


def _exported(folder: Path, dossiers: str) -> dict[str, Any]:
    """The rows behind a figure as CSV: what leaves with ten columns."""
    from tinhso.warehouse.engines import engine  # noqa: PLC0415

    place = folder / "export.csv"
    chosen = "uuid, received_on, due_on, finished_on, agency, procedure, channel, state, is_on_time, working_minutes"
    began = time.perf_counter()
    engine().backend.raw_sql(
        f"COPY (SELECT {chosen} FROM {dossiers} LIMIT 1000000) TO '{place}' (HEADER)"
    )
    taken = time.perf_counter() - began
    lines = min(
        1_000_000, engine().backend.con.execute(f"SELECT count(*) FROM {dossiers}").fetchone()[0]
    )
    return {"rows": lines, "rows_per_s": round(lines / taken)}
