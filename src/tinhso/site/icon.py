"""`/favicon.ico`: what a browser asks for where no page names the icon, as beside a file or the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark of the house."""
    del request
    return HttpResponseRedirect(static("ui/mark.svg"))
