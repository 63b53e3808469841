"""Where the pages of tasks stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.tasks.permissions import TaskPermission
from tinhso.ui.navigation import NavigationEntry

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
)
