"""One's own notifications: read them, mark them, follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.notifications import addresses, queries, services
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

A_PAGE = 25


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The unread, or all with `?xem=tat-ca`."""
    if not addresses.keys_of(request.actor):
        return redirect_to_login(request.get_full_path())
    shows_all = request.GET.get("xem") == "tat-ca"
    told = queries.inbox(request.actor, only_unread=not shows_all)
    unread = queries.unread_count(request.actor)
    total = queries.inbox(request.actor).count()
    tabs = [
        Tab(label=_("Chưa đọc"), href="?", count=unread, is_current=not shows_all),
        Tab(label=_("Tất cả"), href="?xem=tat-ca", count=total, is_current=shows_all),
    ]
    context = {
        "page": Paginator(told, A_PAGE).get_page(request.GET.get("trang")),
        "tabs": tabs,
        "unread": unread,
        "shows_all": shows_all,
    }
    return render(request, "notifications/inbox.html", context)


@require_POST
def mark(request: ActedRequest, key: UUID) -> HttpResponse:
    """Mark one as read; with `mo` go on to what it is about."""
    notification = services.mark_read(key, actor=request.actor, at=request.at)
    is_ours = url_has_allowed_host_and_scheme(notification.link, allowed_hosts=None)
    if "mo" in request.POST and notification.link and is_ours:
        return redirect(notification.link)
    return redirect("notifications:inbox")


@require_POST
def mark_all(request: ActedRequest) -> HttpResponse:
    """Mark all as read."""
    count = services.mark_all_read(actor=request.actor, at=request.at)
    messages.success(request, _("Đã đánh dấu %(count)d thông báo là đã đọc.") % {"count": count})
    return redirect("notifications:inbox")
