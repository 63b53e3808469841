"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from tinhso.packs.pages import listing

app_name = "packs"
urlpatterns = [
    path("goi-nghiep-vu/", listing.listing, name="listing"),
    path("goi-nghiep-vu/<slug:code>/", listing.pack, name="pack"),
]
