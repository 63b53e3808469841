"""The processes of a house: `web` (granian, WSGI) and `worker` (registered loops)."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tinhso.site.environment import without_owner
from tinhso.site.supervision import Child

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.site.environment import Environment

THREADS = 4  # measured: four threads and a pool are the best of one worker on two cores
LARGEST_LOG = 10 * 2**20


def web(
    environment: Environment, *, port: int, host: str = "127.0.0.1", log: Path | None = None
) -> Child:
    """The web server."""
    threads = os.environ.get("TINHSO_WEB_THREADS", str(THREADS))
    command = [
        sys.executable, "-m", "granian", "tinhso.site.served:application",
        "--interface", "wsgi", "--host", host, "--port", str(port), "--http", "1", "--no-ws",
        "--workers", os.environ.get("TINHSO_WEB_WORKERS", "1"), "--blocking-threads", threads,
        "--workers-kill-timeout", "5", "--respawn-failed-workers",
        "--log-level", "warning",
    ]  # fmt: skip
    known = {**without_owner(environment), "TINHSO_WEB_THREADS": threads}
    return Child("web", command, known, _kept_small(log))


def worker(environment: Environment, *, log: Path | None = None) -> Child:
    """The process of the loops."""
    command = [sys.executable, "-m", "tinhso.site.worker"]
    return Child("worker", command, without_owner(environment), _kept_small(log))


def national_stand_in(
    environment: Environment, *, port: int, house: Path, log: Path | None = None
) -> Child:
    """The server that plays the national portal in the demo; it keeps what it was told in the house."""
    command = [
        sys.executable, "-m", "tinhso.dossiers.national.standin",
        "--port", str(port), "--journal", str(house / "national.jsonl"),
    ]  # fmt: skip
    return Child("national", command, without_owner(environment), _kept_small(log))


def _kept_small(log: Path | None) -> Path | None:
    """A log that has grown large begins anew; one older copy stays."""
    if log and log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old"))
    return log
