"""Addresses of the layout itself."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from tinhso.ui.pages import style

app_name = "ui"
urlpatterns = [
    path("ui/ngon-ngu/", set_language, name="set_language"),
    path("ui/mau/", style.workspace, name="style"),
    path("ui/mau/cong-dan/", style.portal, name="style_portal"),
]
