"""Sent over a bad network (`keep.js`): a script is told where the sending led, or gets the page with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

KEPT, WENT = "X-Kept", "X-Went"


def went(request: ActedRequest, onward: HttpResponse) -> HttpResponse:
    """On to where the redirect leads; a script is told the address."""
    if request.headers.get(KEPT) != "1":
        return onward
    return HttpResponse(status=204, headers={WENT: onward["Location"]})


def held(answer: HttpResponse) -> HttpResponse:
    """A page on which all that was typed stands again: the browser need not keep it any longer."""
    answer[KEPT] = "1"
    return answer
