"""Addresses of files (tệp)."""

from __future__ import annotations

from django.urls import path

from tinhso.files.pages import reading

app_name = "files"

urlpatterns = [
    path("tep/<uuid:key>/", reading.download, name="download"),
    path("tep/<uuid:key>/xem-truoc/", reading.show, name="preview"),
]
