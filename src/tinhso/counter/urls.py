"""Addresses of the counter (quầy)."""

from __future__ import annotations

from django.urls import path

from tinhso.counter.pages import closing, late_days, reopening

app_name = "counter"

urlpatterns = [
    path("quay/doi-chieu/", closing.show, name="day"),
    path("quay/doi-chieu/chua-khoa/", late_days.show, name="late_days"),
    path("quay/doi-chieu/<uuid:key>/mo-lai/", reopening.reopen, name="reopening"),
]
