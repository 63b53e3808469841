"""The verbs that can be granted on notifications; one's own need none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class NotificationPermission(Permission):
    """What an operator may do with outgoing mail."""

    OPERATE = "notifications:mail:operate"


WORDS: Mapping[Permission, StrOrPromise] = {
    NotificationPermission.OPERATE: _("Theo dõi và gửi lại thư đi"),
}
"""What each right is called on the screen."""
