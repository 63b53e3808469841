"""Where the pages of tasks stand in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext_lazy as _

from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.waiting import Waiting, waiting
from tinhso.ui.navigation import Count, NavigationEntry
from tinhso.ui.page_acts import PageAct

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest

KEPT = "tasks_waiting"


def led_count(request: HttpRequest) -> Count | None:
    """Of what the reader's agencies lead: how much is late, in red, else how much waits to be taken."""
    found = _waiting(request)
    if found.led_late:
        return Count(found.led_late, is_late=True)
    return Count(found.led_new) if found.led_new else None


def given_count(request: HttpRequest) -> Count | None:
    """How much of what the reader's agencies gave is late; nothing is said where nothing is."""
    late = _waiting(request).given_late
    return Count(late, is_late=True) if late else None


def _waiting(request: HttpRequest) -> Waiting:
    """Asked once a page, however many entries tell of it."""
    known: dict[str, Waiting] = request.__dict__
    if KEPT not in known:
        acted = cast("ActedRequest", request)
        known[KEPT] = waiting(acted.actor, at=acted.at)
    return known[KEPT]


ENTRIES = (
    NavigationEntry(
        code="tasks.inbox",
        group=_("Nhiệm vụ"),
        label=_("Nhiệm vụ được giao"),
        url_name="tasks:inbox",
        permission=TaskPermission.READ,
        order=50,
        count=led_count,
    ),
    NavigationEntry(
        code="tasks.board",
        group=_("Nhiệm vụ"),
        label=_("Theo dõi nhiệm vụ"),
        url_name="tasks:board",
        permission=TaskPermission.READ,
        order=51,
        count=given_count,
    ),
    NavigationEntry(
        code="tasks.month",
        group=_("Nhiệm vụ"),
        label=_("Lịch nhiệm vụ"),
        url_name="tasks:month",
        permission=TaskPermission.READ,
        order=51,
    ),
    NavigationEntry(
        code="tasks.performance",
        group=_("Nhiệm vụ"),
        label=_("Kết quả theo kỳ"),
        url_name="tasks:performance",
        permission=TaskPermission.READ,
        order=52,
    ),
    NavigationEntry(
        code="tasks.notices",
        group=_("Nhiệm vụ"),
        label=_("Văn bản giao việc"),
        url_name="tasks:notices",
        permission=TaskPermission.BRING_IN,
        order=53,
    ),
    NavigationEntry(
        code="tasks.committees",
        group=_("Nhiệm vụ"),
        label=_("Ban chỉ đạo, tổ công tác"),
        url_name="tasks:committees",
        permission=TaskPermission.READ,
        order=53,
    ),
    NavigationEntry(
        code="tasks.obstacles",
        group=_("Nhiệm vụ"),
        label=_("Khó khăn, vướng mắc"),
        url_name="tasks:obstacles",
        permission=TaskPermission.READ_OBSTACLE,
        order=54,
    ),
    NavigationEntry(
        code="tasks.solutions",
        group=_("Nhiệm vụ"),
        label=_("Thư viện lời giải"),
        url_name="tasks:solutions",
        permission=TaskPermission.READ_OBSTACLE,
        order=55,
    ),
)
OBSTACLE_SLOT = PageAct(
    code="tasks.obstacle",
    label=_("Báo vướng mắc"),
    url_name="tasks:obstacle_raising",
    permission=TaskPermission.RAISE_OBSTACLE,
)
"""At the foot of every page of work."""
