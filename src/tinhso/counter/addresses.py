"""Where citizens see their appointment: the app above, which has their pages, says so."""

from __future__ import annotations

from collections.abc import Callable

from tinhso.kernel.registry import Registry

pages: Registry[Callable[[str], str]] = Registry("page of an appointment")


def register(address: Callable[[str], str]) -> None:
    """Say at which path the appointment with a uuid is seen."""
    pages.register("appointment", address)


def appointment_of(key: str) -> str:
    """The path, or empty where no app has such a page."""
    address = pages.get("appointment")
    return address(key) if address else ""
