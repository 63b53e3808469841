"""`./tinhso bench form`: how long the server takes for a page of a long form, through every layer but the network.

All fields on one page, as the longest page that can be; the same page judged, with a sentence at each field; the same
number shared out over steps; and the page that shows all answers before they are handed in.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.bench import scratch
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import House
from tinhso.site.preparing import prepare
from tinhso.site.terminal import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

TARGET_MS = 150
WARMING = 5
Found = dict[str, float]


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench form")
    parser.add_argument("--fields", type=int, default=95)
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    with scratch.house() as (house, cluster):
        found = _measure(house.home.parent, house, cluster, wanted)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _measure(
    folder: Path, house: House, cluster: Cluster, wanted: argparse.Namespace
) -> dict[str, Any]:
    """In this very process: the whole stack of the server, without the network."""
    environment = of_process(house, addresses(cluster), TINHSO_POOL="0")
    prepare(environment, "production")
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.site.settings"
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a judged page is a warning
    from tinhso.site.bench import drafts  # noqa: PLC0415 - after Django is set up

    load = [round(each, 2) for each in os.getloadavg()]
    pages = drafts.pages(folder, wanted.fields)
    measured = {name: _of_page(answer, wanted.samples) for name, answer in pages.items()}
    return {
        "fields": wanted.fields,
        **measured,
        "worst_p95_ms": max(page["p95_ms"] for page in measured.values()),
        "target_ms": TARGET_MS,
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }


def _of_page(answer: Callable[[], HttpResponse], samples: int) -> Found:
    """Milliseconds of one page over many requests, its size, and its size as it is sent."""
    for _ in range(WARMING):
        page = answer()
    taken = []
    worked = time.process_time()
    for _ in range(samples):
        began = time.perf_counter()
        page = answer()
        taken.append((time.perf_counter() - began) * 1000)
    worked = time.process_time() - worked
    taken.sort()
    sent = page.content
    return {
        "p50_ms": round(taken[len(taken) // 2], 1),
        "p95_ms": round(taken[min(int(len(taken) * 0.95), len(taken) - 1)], 1),
        "python_cpu_ms": round(worked * 1000 / samples, 1),
        "bytes": len(gzip.decompress(sent)),
        "bytes_gz": len(sent),
    }
