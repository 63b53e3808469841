"""Addresses of shared data (kho dữ liệu dùng chung)."""

from __future__ import annotations

from django.urls import path

from tinhso.datasets.pages import dataset, delivering, rows, sources

app_name = "datasets"

urlpatterns = [
    path("kho-du-lieu/", sources.show_all, name="sources"),
    path("kho-du-lieu/lan-giao/<uuid:key>/", dataset.show_delivery, name="delivery"),
    path("kho-du-lieu/lan-giao/<uuid:key>/dong-loi.csv", dataset.bad_rows, name="bad_rows"),
    path("kho-du-lieu/bo/<slug:code>/", dataset.show, name="dataset"),
    path("kho-du-lieu/bo/<slug:code>/giao/", delivering.deliver, name="delivering"),
    path("kho-du-lieu/bo/<slug:code>/so-lieu/", rows.show, name="rows"),
    path("kho-du-lieu/bo/<slug:code>/so-lieu.csv", rows.export, name="export"),
]
