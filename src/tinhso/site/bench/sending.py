"""The client of the measure: many connections kept open, each sending the next dossier when the last is answered.

Run as a process of its own; reads one JSON document, prints one. Standard library alone, so that it takes as little of
the machine as it can.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

ANSWERS = {
    "applicant_kind": "citizen",
    "full_name": "Lan",
    "personal_id": "000190000001",
    "phone": "0000000001",
    "address": "Thôn Một",
    "nguoi_duoc_cap": "Lan",
    "ngay_sinh": "2000-05-01",
    "noi_cu_tru": "Thôn Một",
    "muc_dich": "khac",
    "muc_dich_khac": "Vay vốn",
    "tung_ket_hon": False,
    "hinh_thuc_nhan": "counter",
}
PROCEDURE = "1.004873"


def body(code: str, number: int) -> dict[str, Any]:
    """A complete dossier for an agency."""
    return {
        "procedure": PROCEDURE,
        "channel": "national",
        "agency": code,
        "foreign_code": f"BENCH-{number}",
        "answers": ANSWERS,
    }


class Load:
    """What all connections share: the next number, and what came back."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.task = task
        self.sent = 0
        self.times: list[tuple[float, float]] = []
        self.errors: dict[str, int] = {}
        self.begins = time.perf_counter() + task["warm_up"]
        self.ends = self.begins + task["seconds"]

    def request(self) -> bytes:
        """The next request as it goes over the wire."""
        self.sent += 1
        codes = self.task["codes"]
        content = json.dumps(body(codes[self.sent % len(codes)], self.sent)).encode()
        head = (
            "POST /api/v1/dossiers HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {self.task['secret']}\r\n"
            f"Idempotency-Key: bench-{self.sent:09d}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    def answered(self, begun: float, status: str) -> None:
        """Note one answer; those of the warming up do not count."""
        now = time.perf_counter()
        if not self.begins <= now <= self.ends:
            return
        if status == "201":
            self.times.append((now, now - begun))
        else:
            self.errors[status] = self.errors.get(status, 0) + 1


async def one(load: Load) -> None:
    """One connection until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", load.task["port"])
    while time.perf_counter() < load.ends:
        begun = time.perf_counter()
        writer.write(load.request())
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        load.answered(begun, head[9:12].decode())
    writer.close()


async def send(task: dict[str, Any]) -> dict[str, Any]:
    """Send from all connections; how many were answered how fast."""
    load = Load(task)
    done = await asyncio.gather(
        *(one(load) for _ in range(task["connections"])), return_exceptions=True
    )
    for failure in done:
        if failure is not None:
            name = type(failure).__name__
            load.errors[name] = load.errors.get(name, 0) + 1
    taken = sorted(duration * 1000 for _, duration in load.times)
    return {
        "submits_per_s": round(len(taken) / task["seconds"], 1),
        "p50_ms": _share(taken, 0.5),
        "p99_ms": _share(taken, 0.99),
        "errors": load.errors,
    }


def _share(ordered: list[float], share: float) -> float | None:
    return round(ordered[int(len(ordered) * share)], 1) if ordered else None


if __name__ == "__main__":
    json.dump(asyncio.run(send(json.load(sys.stdin))), sys.stdout)
