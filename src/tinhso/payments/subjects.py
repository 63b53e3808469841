"""Where the matters are shown that money is owed for: the apps above register the page of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.kernel.registry import Registry
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from tinhso.payments.models import Charge

Page = Callable[[UUID], str]
"""The address of the page of a subject; empty when it is none of the app's."""

pages: Registry[Page] = Registry("page of a charge's subject")


Namer = Callable[[UUID, str], str]
"""What a charge is called in the language of the page, by its subject and its code; empty when it has none."""

namers: Registry[Namer] = Registry("namer of charges")


def register(code: str, page: Page, namer: Namer) -> None:
    """Say which page shows a subject, and what its charges are called."""
    pages.register(code, page)
    namers.register(code, namer)


def title_of(charge: Charge) -> str:
    """The name of a charge in the language of the page; as it was recorded where nobody knows another."""
    if is_vietnamese():
        return charge.name
    said = (namer(charge.subject, charge.code) for namer in namers.values())
    return next((name for name in said if name), charge.name)


def page_of(subject: UUID) -> str:
    """The address of the subject's page, empty when nobody knows it."""
    return next((address for page in pages.values() if (address := page(subject))), "")
