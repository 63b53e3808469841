"""Where questions are worked out."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from tinhso.warehouse.engines import engine


@pytest.mark.slow
def test_a_connection_outlives_its_thread() -> None:
    """Whoever destroys one at the end of a thread of the server ends the process."""
    held = []

    def ask() -> None:
        held.append(weakref.ref(engine()))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()
    assert held[0]() is not None
