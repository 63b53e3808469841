"""Addresses of inspections (kiểm tra)."""

from __future__ import annotations

from django.urls import path

from tinhso.inspections.pages import (
    acting,
    comparing,
    inspection,
    item,
    papers,
    planning,
    plans,
    self_reporting,
    sitting,
)

app_name = "inspections"

urlpatterns = [
    path("kiem-tra/", plans.show_all, name="plans"),
    path("kiem-tra/ke-hoach/moi/", planning.plan, name="planning"),
    path("kiem-tra/ke-hoach/<uuid:key>/", plans.show, name="plan"),
    path("kiem-tra/ke-hoach/<uuid:key>/so-sanh/", comparing.units, name="comparing"),
    path("kiem-tra/<uuid:key>/", inspection.show, name="inspection"),
    path("kiem-tra/<uuid:key>/cac-nam/", comparing.years, name="years"),
    path("kiem-tra/<uuid:key>/tieu-chi/<int:ordinal>/", item.show, name="item"),
    path("kiem-tra/<uuid:key>/tieu-chi/<int:ordinal>/anh/", item.photo, name="photo"),
    path("kiem-tra/<uuid:key>/<slug:paper>.<slug:form>", papers.give, name="paper"),
    path("kiem-tra/<uuid:key>/tu-bao-cao/", self_reporting.report, name="self_reporting"),
    path("kiem-tra/<uuid:key>/buoi-lam-viec/", sitting.record, name="sitting"),
    path("kiem-tra/<uuid:key>/lam/<slug:slug>/", acting.act, name="act"),
]
