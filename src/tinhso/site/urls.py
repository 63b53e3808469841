"""Where every app's addresses are plugged together."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tinhso.site import health, icon, slashes
from tinhso.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tinhso.portal.urls")),
    path("", include("tinhso.counter.urls")),
    path("", include("tinhso.inspections.urls")),
    path("", include("tinhso.tasks.urls")),
    path("", include("tinhso.dossiers.urls")),
    path("", include("tinhso.datasets.urls")),
    path("", include("tinhso.indicators.reports.urls")),
    path("", include("tinhso.indicators.urls")),
    path("", include("tinhso.accounts.sign_in_urls")),
    path("", include("tinhso.accounts.urls")),
    path("", include("tinhso.events.urls")),
    path("", include("tinhso.packs.urls")),
    path("", include("tinhso.ui.urls")),
    path("", include("tinhso.calendars.urls")),
    path("", include("tinhso.agencies.urls")),
    path("", include("tinhso.files.urls")),
    path("", include("tinhso.parties.urls")),
    path("", include("tinhso.notifications.urls")),
    path("", include("tinhso.payments.urls")),
    path("api/v1/", api.urls),
    path("", include("tinhso.site.sourcemap.urls")),
    path("suc-khoe", health.page, name="health"),
    path("suc-khoe.json", health.json, name="health-json"),
    path("favicon.ico", icon.favicon, name="favicon"),
    path("<without_slash:path>/", slashes.redirect, name="without-slash"),
]
