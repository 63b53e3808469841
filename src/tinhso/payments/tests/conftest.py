from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.worlds import begun_with

if TYPE_CHECKING:
    from tinhso.payments.tests.factories import Till


@pytest.fixture
@begun_with
def till() -> Till:
    """A counter that works."""
    from tinhso.payments.tests.factories import make_till  # noqa: PLC0415  (Django is set up later)

    return make_till()
