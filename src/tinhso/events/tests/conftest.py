from __future__ import annotations

from collections.abc import Iterator

import pytest

from tinhso.events.kinds import kinds
from tinhso.events.tests import factories


@pytest.fixture(autouse=True)
def _probe_kind() -> Iterator[None]:
    factories.declare()
    yield
    kinds._entries.pop("probe.probed", None)
