"""Where the pages of tasks stand in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import counts, led_to_see
from tinhso.ui.navigation import Count, NavigationEntry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest

FEW = 20


def _inbox_count(request: HttpRequest | ActedRequest) -> Count | None:
    """What waits to be accepted, or is late (red then). Whoever answers for many agencies looks at the board."""
    actor, at = request.actor, request.at  # type: ignore[union-attr]
    agencies = held(actor, TaskPermission.READ, at=at)
    if agencies is None or len(agencies) > FEW:
        return None
    found = counts(led_to_see(actor, at=at), day_of(at))
    if found["qua-han"]:
        return Count(found["qua-han"], is_late=True)
    return Count(found["cho-nhan"]) if found["cho-nhan"] else None


ENTRIES = (
    NavigationEntry(
        code="tasks.inbox",
        group=_("Nhiệm vụ"),
        label=_("Nhiệm vụ được giao"),
        url_name="tasks:inbox",
        permission=TaskPermission.READ,
        order=50,
        count=_inbox_count,
    ),
    NavigationEntry(
        code="tasks.board",
        group=_("Nhiệm vụ"),
        label=_("Theo dõi nhiệm vụ"),
        url_name="tasks:board",
        permission=TaskPermission.READ,
        order=51,
    ),
    NavigationEntry(
        code="tasks.notices",
        group=_("Nhiệm vụ"),
        label=_("Văn bản giao việc"),
        url_name="tasks:notices",
        permission=TaskPermission.BRING_IN,
        order=52,
    ),
)
