"""What the tests of the counter share."""

from __future__ import annotations

from tinhso.dossiers.tests.conftest import desk

__all__ = ["desk"]
