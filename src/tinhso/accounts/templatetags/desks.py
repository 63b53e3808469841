"""The choice of a desk (chọn quầy) in the filters of a page: a select, found by name where it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.context import RequestContext

from tinhso.accounts.queries import SEARCH
from tinhso.kernel.folding import is_called

if TYPE_CHECKING:
    from collections.abc import Sequence

register = template.Library()
MANY = 12
"""More than these are looked for by name."""


@register.inclusion_tag("accounts/desk_choice.html", takes_context=True)
def desk_choice(
    context: RequestContext, agencies: Sequence[tuple[int, str]], agency: int
) -> dict[str, Any]:
    """The desks that `agencies_called` left, with the words that were typed."""
    search = context["request"].GET.get(SEARCH, "")
    return {
        "agencies": agencies,
        "agency": agency,
        "name": SEARCH,
        "search": search,
        "is_long": bool(search) or len(agencies) > MANY,
        "is_unknown": not any(is_called(name, search) for _key, name in agencies),
    }
