from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.events.kinds import kinds
from tinhso.notifications import rules
from tinhso.notifications.tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _probe_rules(settings: Settings) -> Iterator[None]:
    """A kind of event and rules of our own, and no server for mail."""
    settings.MAIL_IS_ON = False
    settings.PUBLIC_ADDRESS = "https://tinh.example.vn"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [factories.TEMPLATES]}]
    kinds.register(factories.HAPPENED.code, factories.HAPPENED)
    rules.register(factories.RULE)
    factories.told.clear()
    yield
    kinds._entries.pop(factories.HAPPENED.code)
    for code in (factories.RULE.code, "probe.broken", "probe.second"):
        rules.registry._entries.pop(code, None)
