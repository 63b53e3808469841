"""`./tinhso bench engines`: whether DuckDB and Spark say the same of the same files, and how long each takes.

`--master` names a master that runs already; without one a master with two workers is started on loopback. Needs
`pyspark` and Java, which nothing else here needs.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.bench import scratch
from tinhso.site.bench.spark import home, standalone
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import House
from tinhso.site.preparing import prepare
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

ALLOWED = 1e-6
"""Spark keeps decimals another way: shares of a minute may differ in the seventh place."""


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench engines")
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--master", default="")
    parser.add_argument("--samples", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    home()  # before a house is made and filled
    with scratch.house() as (house, cluster):
        found = _measure(house.home.parent, house, cluster, wanted)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(
    folder: Path, house: House, cluster: Cluster, wanted: argparse.Namespace
) -> dict[str, Any]:
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0")
    prepare(environment, "production")
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from tinhso.site.bench import fact_rows  # noqa: PLC0415 - after Django is set up
    from tinhso.warehouse.reading import table_of  # noqa: PLC0415

    fact_rows.fill(table_of("dossiers.dossier"), fact_rows.DOSSIERS, wanted.dossiers)
    duckdb_s, by_duckdb = _asked("duckdb", wanted.samples)
    if wanted.master:
        spark_s, by_spark = _asked("spark", wanted.samples, wanted.master)
    else:
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"  # this process, too, listens on loopback alone
        with standalone(folder) as master:
            spark_s, by_spark = _asked("spark", wanted.samples, master)
            _stop_spark()
    return {
        "dossiers": wanted.dossiers,
        "master": wanted.master or "loopback, two workers",
        "cells": len(by_duckdb),
        "different": sum(_differs(cell, by_spark.get(name)) for name, cell in by_duckdb.items()),
        "only_on_spark": len(set(by_spark) - set(by_duckdb)),
        "duckdb_s": round(duckdb_s, 3),
        "spark_s": round(spark_s, 3),
        "ratio": round(spark_s / duckdb_s, 1),
        "load_average": [round(each, 2) for each in os.getloadavg()],
    }


def _asked(engine: str, samples: int, master: str = "") -> tuple[float, dict[tuple[Any, ...], Any]]:
    """The shortest run in seconds after a first one, and each cell by indicator, agency and month."""
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from tinhso.indicators.counting import Asked, count  # noqa: PLC0415
    from tinhso.site.bench.figuring import FIRST, LAST, four_indicators  # noqa: PLC0415
    from tinhso.warehouse.reading import Lake  # noqa: PLC0415

    settings.WAREHOUSE_ENGINE, settings.SPARK_MASTER = engine, master
    by = {"agency": "agency", "month": lambda rows: rows["received_on"].truncate("M")}
    taken: list[float] = []
    counted: dict[str, dict[tuple[Any, ...], Any]] = {}
    for _ in range(samples + 1):
        began = time.perf_counter()
        table = Lake().table("dossiers.dossier")
        counted = count(four_indicators(), Asked(table, "received_on", FIRST, LAST), by)
        taken.append(time.perf_counter() - began)
    cells = {
        (code, agency, f"{month:%Y-%m}"): cell
        for code, found in counted.items()
        for (agency, month), cell in found.items()
    }
    return min(taken[1:]), cells


def _stop_spark() -> None:
    """Leave the cluster before it goes."""
    from tinhso.warehouse.engines import Spark, engine  # noqa: PLC0415

    spark = engine()
    if isinstance(spark, Spark):
        spark.session.stop()


def _differs(one: Any, other: Any) -> bool:
    if other is None or (one.rows, one.hits) != (other.rows, other.hits):
        return True
    ours, theirs = float(one.measured or 0), float(other.measured or 0)
    return abs(ours - theirs) > ALLOWED * max(1.0, abs(ours))
