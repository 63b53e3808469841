"""The verbs of this app that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class EventPermission(Permission):
    """What may be done with the log (nhật ký)."""

    EXPORT = "events:event:export"
    READ = "events:event:read"


WORDS: Mapping[Permission, StrOrPromise] = {
    EventPermission.EXPORT: _("Tải nhật ký về"),
    EventPermission.READ: _("Xem nhật ký"),
}
"""What each right is called on the screen."""
