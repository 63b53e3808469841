"""Addresses of the source map."""

from __future__ import annotations

from django.urls import path

from tinhso.site.sourcemap import pages

app_name = "sourcemap"
urlpatterns = [
    path("nguon/", pages.overview, name="overview"),
    path("nguon/<str:number>/", pages.text, name="text"),
]
