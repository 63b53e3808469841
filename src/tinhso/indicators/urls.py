"""Addresses of figures (chỉ đạo, điều hành; chỉ tiêu)."""

from __future__ import annotations

from django.urls import path

from tinhso.indicators.pages import (
    catalogue,
    dashboard,
    differing,
    finding,
    indicator,
    periods,
    records,
    restated,
    targets,
)

app_name = "indicators"

urlpatterns = [
    path("chi-dao/", dashboard.province, name="board"),
    path("chi-dao/co-quan/", catalogue.agencies, name="agencies"),
    path("chi-dao/co-quan/<str:key>/", dashboard.agency, name="agency"),
    path("chi-dao/xa/", catalogue.communes, name="communes"),
    path("chi-dao/xa/<str:code>/", dashboard.commune, name="commune"),
    path("chi-dao/dien-bien/", dashboard.changed, name="changes"),
    path("chi-dao/tim/", finding.find, name="finding"),
    path("chi-tieu/", catalogue.show, name="catalogue"),
    path("chi-tieu/ky/", periods.show, name="periods"),
    path("chi-tieu/ky/<str:key>/", periods.one, name="period"),
    path("chi-tieu/ky/<str:key>/chot/", periods.close, name="closing"),
    path("chi-tieu/ky/<str:key>/dieu-chinh.<str:form>", restated.export, name="period_export"),
    path("chi-tieu/ky/<str:key>/<str:code>/", differing.show, name="period_records"),
    path("chi-tieu/<str:code>/", indicator.show, name="indicator"),
    path("chi-tieu/<str:code>/ho-so/", records.show, name="records"),
    path("chi-tieu/<str:code>/ho-so/ket-xuat.<str:form>", records.export, name="records_export"),
    path("chi-tieu/<str:code>/giao/", targets.assign, name="assigning"),
    path("chi-tieu/<str:code>/giao/<uuid:key>/thoi/", targets.end, name="ending"),
]
