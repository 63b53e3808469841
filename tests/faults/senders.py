"""Partners that hand dossiers in and receive them over HTTP, and journal what was acknowledged."""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tinhso.accounts.tests.factories import make_token
from tinhso.dossiers.models import Dossier, NumberCounter
from tinhso.dossiers.tests.factories import ANSWERS, MARRIAGE, make_desk
from tinhso.events.models import Event

SECRET = "ts_bi-mat-duoi-tai"
RIGHTS = ("dossiers:dossier:submit_for", "dossiers:dossier:receive", "dossiers:dossier:read")
CODE = "H99.41"
SERVER_FAILED = 500
PATH = "/api/v1/dossiers"


def settle() -> None:
    """A desk, and a token that lets its holder hand in and receive there; run in the house itself."""
    desk = make_desk()
    make_token(
        desk.province,
        (*RIGHTS, "parties:party:register"),
        secret=SECRET,
        includes_subordinates=True,
    )


def kept() -> dict[str, Any]:
    """What the house keeps: numbers by dossier, the counters, and how often each event was recorded."""
    return {
        "numbers": {str(row.uuid): row.number for row in Dossier.objects.all()},
        "counted": sum(NumberCounter.objects.values_list("last", flat=True)),
        "received": list(
            Event.objects.filter(kind="dossiers.received").values_list("subject", flat=True)
        ),
    }


@dataclass
class Senders:
    """Threads that go on until told to stop, whatever is killed meanwhile.

    A sending that got no answer is sent again under the same idempotency key; so nothing is handed in twice.
    """

    port: int
    threads: int = 4
    submitted: set[str] = field(default_factory=set)
    received: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _running: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._running = [threading.Thread(target=self._go) for _ in range(self.threads)]
        for thread in self._running:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._running:
            thread.join(60)

    def _go(self) -> None:
        while not self._stop.is_set():
            made = self._until_answered(PATH, _application(), key=uuid4().hex)
            if made is None:
                return
            self.submitted.add(made["uuid"])
            answer = self._until_answered(f"{PATH}/{made['uuid']}/receive", {})
            if answer is not None and answer.get("number"):
                self.received[made["uuid"]] = answer["number"]

    def _until_answered(
        self, path: str, body: dict[str, Any], key: str = ""
    ) -> dict[str, Any] | None:
        """The acknowledgement; a refusal because it was done already counts as none of ours."""
        while not self._stop.is_set():
            try:
                status, content = self._post(path, body, key)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                self._stop.wait(0.2)
                continue
            if status >= SERVER_FAILED:
                self.unanswered += 1
                self._stop.wait(0.2)
                continue
            if status in {200, 201}:
                return content
            if status == 409:  # received before the answer was lost
                return {}
            self.refused.append(content)
            self._stop.wait(0.2)
        return None

    def _post(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        try:
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            body_of = answer.read()
            is_json = "json" in (answer.getheader("Content-Type") or "")
            return answer.status, json.loads(body_of) if is_json else {}
        finally:
            connection.close()


def _application() -> dict[str, Any]:
    return {"procedure": MARRIAGE, "agency": CODE, "answers": ANSWERS[MARRIAGE]}
