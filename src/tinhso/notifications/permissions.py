"""The verbs that can be granted on notifications; one's own need none."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class NotificationPermission(Permission):
    """What an operator may do with outgoing mail."""

    OPERATE = "notifications:mail:operate"
