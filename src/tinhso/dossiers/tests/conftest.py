"""What the tests of dossiers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A one-stop desk that works."""
    from tinhso.dossiers.tests.factories import make_desk  # noqa: PLC0415  (Django is set up later)

    del db
    return make_desk()
