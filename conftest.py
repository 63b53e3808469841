"""What every test shares: plain static files (no manifest) and the account of who is who."""

from __future__ import annotations

from django.conf import settings


def pytest_configure() -> None:
    """Templates name static files by their source names: nothing is collected for a test."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
