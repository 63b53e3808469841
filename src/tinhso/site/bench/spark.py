"""A small cluster of Spark on loopback: one master, two workers, from the package `pyspark` itself."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0
WORKERS = 2


@contextmanager
def standalone(folder: Path) -> Iterator[str]:
    """The address of a master with two workers of one core each; all stopped afterwards."""
    place, port = home(), _free_port()
    master = f"spark://127.0.0.1:{port}"
    here = ["--host", "127.0.0.1", "--webui-port", "0"]
    with ExitStack() as started:
        log = started.enter_context((folder / "spark.log").open("ab"))
        environment = os.environ | {
            "SPARK_HOME": str(place),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_WORKER_DIR": str(folder / "work"),
        }

        def start(role: str, *arguments: str) -> None:
            command = [str(place / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}"]
            process = subprocess.Popen(
                [*command, *here, *arguments], env=environment, stdout=log, stderr=log
            )
            started.callback(process.wait)
            started.callback(process.terminate)

        start("master.Master", "--port", str(port))
        _wait_for(port)
        for _ in range(WORKERS):
            start("worker.Worker", "--cores", "1", "--memory", "2g", master)
        yield master


def home() -> Path:
    """Where the package lies. Raises `CannotGoOn` when it is not installed."""
    found = find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        raise CannotGoOn(
            "Chưa có pyspark: cài thêm pyspark vào môi trường này rồi chạy lại.",
            "pyspark is not installed: add it to this environment.",
        )
    return Path(next(iter(found.submodule_search_locations)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise CannotGoOn("Spark không khởi động được.", "Spark did not start.")
