"""What the national portal was told, what waits, and why (đồng bộ Cổng quốc gia)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tinhso.dossiers.errors import MessageUnknown
from tinhso.dossiers.models.national import NationalMessage
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services import national
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

ROWS = 50
VIEWS = ("cho-gui", "tu-choi", "da-gui")


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The messages that wait, those that were refused, those that were sent."""
    require(request.actor, DossierPermission.OPERATE_NATIONAL, at=request.at)
    view = request.GET.get("xem", "")
    view = view if view in VIEWS else VIEWS[0]
    found = {
        "cho-gui": NationalMessage.objects.unsent().filter(refused_at=None).order_by("pk"),
        "tu-choi": NationalMessage.objects.refused().order_by("pk"),
        "da-gui": NationalMessage.objects.exclude(sent_at=None).order_by("-pk"),
    }
    names = {"cho-gui": _("Chờ gửi"), "tu-choi": _("Cổng từ chối"), "da-gui": _("Đã gửi")}
    tabs = [
        Tab(names[key], f"?xem={key}", found[key].count(), is_current=key == view) for key in VIEWS
    ]
    page = Paginator(found[view].select_related("dossier"), ROWS).get_page(request.GET.get("trang"))
    context = {"page": page, "tabs": tabs, "view": view, "is_set": bool(settings.NATIONAL_URL)}
    return render(request, "dossiers/national.html", context)


@require_POST
def retry(request: ActedRequest) -> HttpResponse:
    """Try one anew (`tin`), or all that wait with a reason."""
    typed = request.POST.get("tin", "")
    message = read_number(typed)
    if typed and message is None:
        raise MessageUnknown
    count = national.retry(message, actor=request.actor, at=request.at)
    told = ngettext("%(n)s tin sẽ được gửi lại ngay.", "%(n)s tin sẽ được gửi lại ngay.", count)
    messages.success(request, told % {"n": count})
    return redirect("dossiers:national")
