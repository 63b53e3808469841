"""The entries of notifications: beside the name of the person, with the count of the unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.notifications import addresses, queries
from tinhso.notifications.permissions import NotificationPermission
from tinhso.ui.navigation import MASTHEAD, Count, NavigationEntry

if TYPE_CHECKING:
    from django.http import HttpRequest


def is_known(request: HttpRequest) -> bool:
    """Whether whoever asks can be told anything."""
    actor = getattr(request, "actor", None)
    return actor is not None and bool(addresses.keys_of(actor))


def unread(request: HttpRequest) -> Count | None:
    """How many are not read yet."""
    actor = getattr(request, "actor", None)
    return Count(queries.unread_count(actor)) if actor is not None else None


ENTRIES = (
    NavigationEntry(
        code="notifications",
        group=MASTHEAD,
        label=_("Thông báo"),
        url_name="notifications:inbox",
        order=10,
        count=unread,
        icon="bell",
        is_for=is_known,
    ),
    NavigationEntry(
        code="notifications.portal",
        group=MASTHEAD,
        label=_("Thông báo"),
        url_name="notifications:inbox",
        audience="portal",
        order=10,
        count=unread,
        icon="bell",
        is_for=is_known,
    ),
    NavigationEntry(
        code="notifications.outbox",
        group=_("Quản trị"),
        label=_("Thư điện tử gửi đi"),
        url_name="notifications:outbox",
        permission=NotificationPermission.OPERATE,
        order=870,
    ),
)
