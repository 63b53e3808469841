"""A portal that answers, and dossiers whose acts are told to it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tinhso.dossiers.models.national import NationalMessage
from tinhso.dossiers.national.reading import STATES, enqueue, reader
from tinhso.dossiers.national.standin import StandIn
from tinhso.events.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tinhso.dossiers.models import Dossier


def tell(dossier: Dossier) -> None:
    """Queue what the log says of the dossier, as the reader of the log does."""
    found = Event.objects.filter(subject=dossier.uuid, kind__in=STATES).order_by("id")
    since = reader().since
    enqueue([event for event in found if since is None or event.at >= since])


def messages_of(dossier: Dossier) -> list[tuple[str, int]]:
    """What is queued of the dossier, in order."""
    queued = NationalMessage.objects.filter(dossier=dossier.pk).order_by("pk")
    return list(queued.values_list("operation", "state"))


@contextmanager
def portal(port: int = 0, journal: Path | None = None) -> Iterator[StandIn]:
    """The stand-in of the national portal, on loopback."""
    server = StandIn(port, journal)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
