"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from tinhso.events.pages import log

app_name = "events"
urlpatterns = [
    path("nhat-ky/", log.log, name="log"),
    path("nhat-ky/tai-ve/", log.export, name="export"),
]
