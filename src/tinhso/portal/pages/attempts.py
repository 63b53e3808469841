"""How often somebody may guess at a dossier's code and its applicant's number.

A guess takes a place before it is judged, and gives it back when it was right. A place is one row of the
cache's table, added under a key of its own, so that of two guesses at the same moment only one gets it.
"""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils import timezone

from tinhso.kernel.identifiers import read_reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

WINDOW = 15 * 60
"""Seconds of one count, by the real clock; each count begins at a quarter of an hour."""
PER_CODE = 5
"""Wrong guesses at one code from one address."""
PER_CODE_IN_ALL = 20
"""Wrong guesses at one code from all addresses: official numbers follow one another, anybody can name them."""
PER_ADDRESS = 40
"""Many people share an address: a commune's office, a mobile network."""


def take_place(request: HttpRequest, code: str) -> list[str]:
    """The places that a guess takes; none when too many wrong ones were made before it."""
    address, typed = _address(request), _typed(code)
    limits = (
        (f"code {address} {typed}", PER_CODE),
        (f"code {typed}", PER_CODE_IN_ALL),
        (f"address {address}", PER_ADDRESS),
    )
    taken: list[str] = []
    for counted, limit in limits:
        place = _free_place(counted, limit)
        if place is None:
            give_back(taken)
            return []
        taken.append(place)
    return taken


def give_back(places: Collection[str]) -> None:
    """The guess was right, or was not let through: it does not count."""
    cache.delete_many(places)


def _free_place(counted: str, limit: int) -> str | None:
    # The quarter belongs to the key: a row that expired is never taken over, which would not be atomic.
    quarter = int(timezone.now().timestamp()) // WINDOW
    name = hashlib.sha256(counted.encode()).hexdigest()
    places = [f"portal:attempt:{quarter}:{name}:{number}" for number in range(limit)]
    known = cache.get_many(places)
    free = (place for place in places if place not in known)
    return next((place for place in free if cache.add(place, 1, 2 * WINDOW)), None)


def _address(request: HttpRequest) -> str:
    """The client's address; of the sixth version its network, which is what one subscriber has."""
    found = ip_address(get_adapter().get_client_ip(request))
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found)


def _typed(code: str) -> str:
    """However a code is written, it is one code."""
    return read_reference(code) or "".join(char for char in code.upper() if char.isalnum())
