"""What every test shares: plain static files, a quick password hash, and the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from tests.cast import Cast


def pytest_configure() -> None:
    """Templates name static files by their source names: nothing is collected for a test."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Lan, Hùng, Minh, Hoa, Nam, Tú, Vân and Cục, with their agencies and roles."""
    from tests.cast import make_cast  # noqa: PLC0415  # Django is set up after this file is read

    del db
    return make_cast()
