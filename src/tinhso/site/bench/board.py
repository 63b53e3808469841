"""`./tinhso bench dashboard`: how long the leader's pages take on the demo, and how soon they know what happened.

The demo is built in a house of the bench. Each page is asked warm, and cold: with nothing counted before, as after
every change. Then the worker runs while 10,000 events are written; the clock stops when figures have seen the last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
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

TARGETS = {"dashboard_ms": 300, "drill_ms": 100, "events_seen_s": 15}


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench dashboard")
    parser.add_argument("--history", type=int, default=30_000)
    parser.add_argument("--live", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    with scratch.house() as (house, cluster):
        found = _measure(house, cluster, wanted)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(house: House, cluster: Cluster, wanted: argparse.Namespace) -> dict[str, Any]:
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0", TINHSO_DEMO="1")
    prepare(environment, "demo")
    sizes = ["--history", str(wanted.history), "--live", str(wanted.live), "--by-services", "100"]
    began = time.monotonic()
    for command in (["build_demo", *sizes], ["warehouse", "sync"]):
        subprocess.run(
            [sys.executable, "-m", "tinhso.site", *command],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    built = time.monotonic() - began
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from tinhso.site.bench import leading  # noqa: PLC0415 - after Django is set up

    load = [round(each, 2) for each in os.getloadavg()]
    pages = leading.look(wanted.samples)
    worker = subprocess.Popen([sys.executable, "-m", "tinhso.site.worker"], env=environment)
    try:
        seen = leading.write_and_wait(wanted.events)
    finally:
        worker.terminate()
        worker.wait()
    return {
        **pages,
        "events": wanted.events,
        "events_seen_s": round(seen, 1),
        "targets": TARGETS,
        "building_seconds": round(built),
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }
