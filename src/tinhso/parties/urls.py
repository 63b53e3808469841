"""Addresses of officers' pages about citizens and organisations (công dân, tổ chức)."""

from __future__ import annotations

from django.urls import path

from tinhso.parties.pages import joining

app_name = "parties"

urlpatterns = [
    path("nguoi-nop/ket-noi/", joining.find, name="joining"),
    path("nguoi-nop/ket-noi/tao/", joining.join, name="join"),
    path("nguoi-nop/ket-noi/<uuid:key>/huy/", joining.separate, name="separating"),
]
