"""A small cluster of Spark on loopback: one master, two workers, from the package `pyspark` itself."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
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
    found = find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        raise CannotGoOn(
            "Chưa có pyspark: cài thêm pyspark vào môi trường này rồi chạy lại.",
            "pyspark is not installed: add it to this environment.",
        )
    home = Path(next(iter(found.submodule_search_locations)))
    port = _free_port()
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    log = (folder / "spark.log").open("ab")
    started: list[subprocess.Popen[bytes]] = []

    def start(role: str, *arguments: str) -> None:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", *arguments]
        started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))

    master = f"spark://127.0.0.1:{port}"
    try:
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _wait_for(port)
        for _ in range(WORKERS):
            start(
                "worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--webui-port",
                "0",
                master,
            )
        yield master
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
        log.close()


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
