"""Addresses of the calendars' pages (lịch làm việc)."""

from __future__ import annotations

from django.urls import path

from tinhso.calendars.pages import trying, withdrawing, year

app_name = "calendars"

urlpatterns = [
    path("lich-lam-viec/", year.province, name="province"),
    path("lich-lam-viec/tinh-thu-han/", trying.due_date, name="trying"),
    path("lich-lam-viec/ngay/<uuid:key>/rut/", withdrawing.withdraw, name="withdrawing"),
    path("lich-lam-viec/<slug:code>/", year.show, name="year"),
    path("lich-lam-viec/<slug:code>/ngay/", year.enter, name="entering"),
]
