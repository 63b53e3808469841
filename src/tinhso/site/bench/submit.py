"""`./tinhso bench submit`: how many dossiers a second the service takes over HTTP.

Beside it, the same inserts sent by pgbench over as many connections to the same server with the same durability.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tinhso.site import processes
from tinhso.site.arguments import Arguments
from tinhso.site.cluster import Cluster
from tinhso.site.environment import addresses, of_process
from tinhso.site.house import PROJECT, House
from tinhso.site.ports import is_free
from tinhso.site.preparing import prepare
from tinhso.site.terminal import CannotGoOn, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tinhso.site.environment import Environment

WORKERS, THREADS = "2", "4"
WARM_UP = 5.0
PATIENCE = 30.0
TARGET = 0.15


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    wanted = _wanted(arguments)
    with tempfile.TemporaryDirectory(prefix="tinhso-bench-") as folder:
        Path(folder).chmod(0o755)  # the account of the database goes through it
        house = House(Path(folder) / "house")
        house.open()
        cluster = Cluster.of(house)
        try:
            with cluster.in_use():
                found = measure(house, cluster, wanted)
        finally:
            cluster.destroy()
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def _wanted(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Arguments("bench submit")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--agencies", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def measure(house: House, cluster: Cluster, wanted: argparse.Namespace) -> dict[str, Any]:
    """Seed, load over HTTP, then the same inserts by pgbench."""
    environment = of_process(house, addresses(cluster), TINHSO_POOL=THREADS)
    prepare(environment, "production")
    owner = {**environment, "DATABASE_URL": environment["TINHSO_OWNER_DATABASE_URL"]}
    seeded = _in_django("seeding.seed", wanted.agencies, owner)
    recorded = _in_django("recording.record", seeded, environment)
    with _serving(environment, house) as port:
        sent = _send({**seeded, **vars(wanted), "port": port, "warm_up": WARM_UP})
    tps = _pgbench(cluster, recorded["script"], wanted, house)
    ratio = round(sent["submits_per_s"] / tps, 3)
    return {
        **sent,
        "pgbench_tps": tps,
        "ratio": ratio,
        "target": TARGET,
        "connections": wanted.connections,
        "agencies": wanted.agencies,
        "statements": recorded["statements"],
        "where": _in_django("recording.profile", seeded, environment),
    }


def _in_django(function: str, argument: Any, environment: Environment) -> Any:
    """Call a function of this package in a process where Django is set up."""
    module, _, name = function.rpartition(".")
    program = (
        "import django, json, sys; django.setup(); "
        f"from tinhso.site.bench.{module} import {name}; "
        f"json.dump({name}(json.load(sys.stdin)), sys.stdout)"
    )
    return _json([sys.executable, "-c", program], argument, environment)


def _json(command: list[str], argument: Any, environment: Environment) -> Any:
    known = {**environment, "DJANGO_SETTINGS_MODULE": "tinhso.site.settings"}
    done = subprocess.run(
        command,
        input=json.dumps(argument),
        env=known,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn(
            "Phép đo dừng giữa chừng (xem trên).", "the measure broke off (see above)."
        )
    return json.loads(done.stdout)


@contextmanager
def _serving(environment: Environment, house: House) -> Iterator[int]:
    """The web server as in operation, with two workers, until the block ends."""
    port = next(port for port in range(18_700, 18_800) if is_free(port))
    known = {**environment, "TINHSO_WEB_WORKERS": WORKERS, "TINHSO_WEB_THREADS": THREADS}
    os.environ.update({"TINHSO_WEB_WORKERS": WORKERS, "TINHSO_WEB_THREADS": THREADS})
    server = processes.web(known, port=port, log=house.logs / "web.log")
    server.start()
    try:
        last = time.monotonic() + PATIENCE
        while is_free(port) and time.monotonic() < last:
            time.sleep(0.2)
        yield port
    finally:
        server.ask_to_stop()
        server.end(time.monotonic() + PATIENCE)


def _send(task: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("sending.py"))]
    found: dict[str, Any] = _json(command, task, dict(os.environ))
    return found


def _pgbench(cluster: Cluster, script: str, wanted: argparse.Namespace, house: House) -> float:
    path = house.home / "submit.sql"
    path.write_text(script)
    address = urlsplit(cluster.url("tinhso_app"))
    done = subprocess.run(
        [
            cluster.binaries.program("pgbench"), "--no-vacuum", "--protocol=prepared",
            f"--client={wanted.connections}", "--jobs=2", f"--time={wanted.seconds}",
            f"--file={path}", f"--host={address.hostname}", f"--port={address.port}",
            f"--username={address.username}", "tinhso",
        ],
        env={**os.environ, "PGPASSWORD": unquote(address.password or "")},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or found is None:
        raise CannotGoOn(f"pgbench: {done.stderr[-500:]}", "pgbench failed.")
    return round(float(found[1]), 1)
