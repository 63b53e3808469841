"""Fixtures of the journeys."""

from tests.browser import axe, browser, page

__all__ = ["axe", "browser", "page"]
