"""Where citizens see their appointment, and file at a desk's machine: the app above, which has the pages, says so."""

from __future__ import annotations

from collections.abc import Callable

from tinhso.kernel.registry import Registry

pages: Registry[Callable[[str], str]] = Registry("page of an appointment")

stations: Registry[Callable[[str, str], str]] = Registry("machine for filing on line")


def register(address: Callable[[str], str]) -> None:
    """Say at which path the appointment with a uuid is seen."""
    pages.register("appointment", address)


def appointment_of(key: str) -> str:
    """The path, or empty where no app has such a page."""
    address = pages.get("appointment")
    return address(key) if address else ""


def register_station(address: Callable[[str, str], str]) -> None:
    """Say at which path the machine of a desk (its uuid, its key) files on line."""
    stations.register("station", address)


def station_of(desk: str, key: str) -> str:
    """The path, or empty where no app has such a page."""
    address = stations.get("station")
    return address(desk, key) if address else ""
