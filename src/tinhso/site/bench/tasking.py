"""`./tinhso bench tasks`: how long the leader's and an agency's pages of tasks take with half a million tasks.

One task in fifty is open, a third of those late; a hundred and fifty agencies lead them.
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

TARGET_MS = 60


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench tasks")
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    with scratch.house() as (house, cluster):
        found = _measure(house, cluster, wanted)
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
    from tinhso.site.bench import task_rows  # noqa: PLC0415 - after Django is set up

    load = [round(each, 2) for each in os.getloadavg()]
    place = task_rows.place()
    began = time.monotonic()
    task_rows.fill(cluster.url("postgres", "tinhso"), place, wanted.rows)
    filling = time.monotonic() - began
    pages = task_rows.look(place, wanted.samples)
    return {
        "rows": wanted.rows,
        **pages,
        "worst_p95_ms": max(page["p95_ms"] for page in pages.values()),
        "target_ms": TARGET_MS,
        "filling_seconds": round(filling, 1),
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }
