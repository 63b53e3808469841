"""Where the pages of tasks stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.tasks.permissions import TaskPermission
from tinhso.ui.navigation import NavigationEntry
from tinhso.ui.page_acts import PageAct

ENTRIES = (
    NavigationEntry(
        code="tasks.inbox",
        group=_("Nhiệm vụ"),
        label=_("Nhiệm vụ được giao"),
        url_name="tasks:inbox",
        permission=TaskPermission.READ,
        order=50,
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
    NavigationEntry(
        code="tasks.obstacles",
        group=_("Nhiệm vụ"),
        label=_("Khó khăn, vướng mắc"),
        url_name="tasks:obstacles",
        permission=TaskPermission.READ_OBSTACLE,
        order=53,
    ),
    NavigationEntry(
        code="tasks.solutions",
        group=_("Nhiệm vụ"),
        label=_("Thư viện lời giải"),
        url_name="tasks:solutions",
        permission=TaskPermission.READ_OBSTACLE,
        order=54,
    ),
)
OBSTACLE_SLOT = PageAct(
    code="tasks.obstacle",
    label=_("Báo vướng mắc"),
    url_name="tasks:obstacle_raising",
    permission=TaskPermission.RAISE_OBSTACLE,
)
"""At the foot of every page of work."""
