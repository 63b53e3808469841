"""`./tinhso bench import`: how many events of a foreign log a second reach the database.

Beside it, plain COPY of the very same rows from files into the same tables, with their indexes and
foreign keys, to the same durable commit: what the database alone would take.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.bench.logs import write_log
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import House
from tinhso.site.preparing import prepare
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET = 15_000
KILOBYTES_IN_A_MEGABYTE = 1024


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench import")
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="tinhso-bench-") as folder:
        Path(folder).chmod(0o755)  # the account of the database goes through it
        log = Path(folder) / "log.xes"
        cases = write_log(log, wanted.events)
        house = House(Path(folder) / "house")
        house.open()
        cluster = Cluster.of(house)
        try:
            with cluster.in_use():
                found = _measure(log, house, cluster)
        finally:
            cluster.destroy()
    told = {"events": wanted.events, "cases": cases, **found, "target": TARGET}
    say(json.dumps(told, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(log: Path, house: House, cluster: Cluster) -> dict[str, Any]:
    """In this very process, so that its memory is the import's."""
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0")
    prepare(environment, "production")
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from tinhso.site.bench import history  # noqa: PLC0415 - after Django is set up

    agency, procedure = history.seed()
    megabytes = log.stat().st_size / 2**20
    reading = history.read_alone(log)
    before = _peak()
    worked = time.process_time()
    whole, publishing, batch = history.bring(log, agency, procedure)
    worked = time.process_time() - worked
    peak = _peak()
    copying = history.copy_alone(batch, log.parent)
    events = batch.steps
    return {
        "megabytes": round(megabytes, 1),
        "read_events_per_s": round(events / reading),
        "events_per_s": round(events / whole),
        "seconds": round(whole, 2),
        "own_cpu_seconds": round(worked, 2),
        "publishing_seconds": round(publishing, 2),
        "copy_events_per_s": round(events / copying),
        "ratio_to_copy": round(copying / whole, 3),
        "peak_rss_mb": round(peak),
        "peak_rss_before_mb": round(before),
        "load_average": [round(each, 2) for each in os.getloadavg()],
    }


def _peak() -> float:
    """The largest memory of this process so far, in MB."""
    unit = KILOBYTES_IN_A_MEGABYTE * (1024 if sys.platform == "darwin" else 1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
