from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tinhso.payments.tests.factories import Till


@pytest.fixture
def till(db: None) -> Till:
    """A counter that works."""
    from tinhso.payments.tests.factories import make_till  # noqa: PLC0415  (Django is set up later)

    del db
    return make_till()
