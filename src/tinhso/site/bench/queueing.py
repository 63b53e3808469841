"""`./tinhso bench queue`: how long the server takes for a page of the queue, and how that grows with the dossiers.

First with 10,000 dossiers, then in the same database with all of them, then again after 10,000 acts; beside it the
same questions written by hand in SQL. Two in a hundred dossiers are open.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.bench import scratch
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import House
from tinhso.site.preparing import prepare
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

Found = dict[str, dict[str, float]]
FEW = 10_000
TARGET_MS, TARGET_RATIO = 40, 1.5


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench queue")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    began = time.monotonic()
    with scratch.house() as (house, cluster):
        found = _measure(house, cluster, wanted)
    found["seconds"] = round(time.monotonic() - began)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(house: House, cluster: Cluster, wanted: argparse.Namespace) -> dict[str, Any]:
    """In this very process: the whole stack of the server, without the network."""
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0")
    prepare(environment, "production")
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from tinhso.site.bench import looking, queue_rows  # noqa: PLC0415 - after Django is set up

    load = [round(each, 2) for each in os.getloadavg()]
    superuser = cluster.url("postgres", "tinhso")
    office = queue_rows.office(superuser)
    few = min(FEW, wanted.rows)
    queue_rows.fill(superuser, office, first=0, last=few)
    small = looking.look(office, samples=wanted.samples)
    began = time.monotonic()
    queue_rows.fill(superuser, office, first=few, last=wanted.rows)
    filling = time.monotonic() - began
    large = looking.look(office, samples=wanted.samples)
    began = time.monotonic()
    done = looking.act(office, wanted.acts)
    acting = time.monotonic() - began
    after = looking.look(office, samples=wanted.samples)
    measured = {"at_10000_rows": small, "at_all_rows": large, "after_acts": after}
    return {
        "rows": wanted.rows,
        "open_items": queue_rows.open_items(),
        **measured,
        "acts": done,
        "acts_per_s": round(done / acting, 1),
        **_worst(small, large, after),
        "by_hand": looking.by_hand(office, samples=wanted.samples),
        "filling_seconds": round(filling, 1),
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }


def _worst(small: Found, large: Found, after: Found) -> dict[str, Any]:
    """The slowest page, and the one that grew most since there were few dossiers; beside them what is aimed at."""
    times = [(name, case["p95_ms"]) for found in (large, after) for name, case in found.items()]
    return {
        "worst_p95_ms": max(taken for _name, taken in times),
        "target_ms": TARGET_MS,
        "worst_ratio": max(round(taken / small[name]["p95_ms"], 2) for name, taken in times),
        "target_ratio": TARGET_RATIO,
    }
