"""Where applicants see their dossier: the app above that has the page says its address."""

from __future__ import annotations

from collections.abc import Callable

from tinhso.kernel.registry import Registry

AddressOf = Callable[[str], str]
"""From a reference to the path of the look-up."""

_registry: Registry[AddressOf] = Registry("page of applicants")


def register(code: str, address_of: AddressOf) -> None:
    """Say where applicants look dossiers up."""
    _registry.register(code, address_of)


def look_up_of(reference: str) -> str:
    """The path of the look-up of a reference; empty in a house without such pages."""
    return next((address_of(reference) for address_of in _registry.values()), "")
