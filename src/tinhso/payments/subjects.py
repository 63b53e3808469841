"""Where the matters are shown that money is owed for: the apps above register the page of theirs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tinhso.kernel.registry import Registry

Page = Callable[[UUID], str]
"""The address of the page of a subject; empty when it is none of the app's."""

pages: Registry[Page] = Registry("page of a charge's subject")


def register(code: str, page: Page) -> None:
    """Say which page shows a subject."""
    pages.register(code, page)


def page_of(subject: UUID) -> str:
    """The address of the subject's page, empty when nobody knows it."""
    return next((address for page in pages.values() if (address := page(subject))), "")
