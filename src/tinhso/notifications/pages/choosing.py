"""Choosing whether mails go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.notifications import addresses, services

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: ActedRequest) -> HttpResponse:
    """One box: mails, or the page alone."""
    keys = addresses.keys_of(request.actor)
    if not keys:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        wants = "wants_email" in request.POST
        services.choose_email(wants=wants, actor=request.actor, at=request.at)
        messages.success(request, _("Đã lưu tùy chọn thông báo."))
        return redirect("notifications:choosing")
    context = {
        "wants_email": not addresses.refusing(keys),
        "address": next(iter(addresses.of(keys).values()), ""),
        "is_mail_on": settings.MAIL_IS_ON,
    }
    return render(request, "notifications/choosing.html", context)
