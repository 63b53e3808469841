"""What the tests of dossiers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.worlds import begun_with

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.fixture
@begun_with
def desk() -> Desk:
    """A one-stop desk that works."""
    from tinhso.dossiers.tests.factories import make_desk  # noqa: PLC0415  (Django is set up later)

    return make_desk()
