"""Addresses of periodic reports (báo cáo định kỳ)."""

from __future__ import annotations

from django.urls import path

from tinhso.indicators.reports.pages import acting, figure, lists, papers, period, report, sentence

app_name = "reports"

urlpatterns = [
    path("bao-cao/", lists.show, name="lists"),
    path("bao-cao/ky/<str:regime>/<str:period>/<str:level>/", period.show, name="period"),
    path("bao-cao/<uuid:key>/", report.show, name="report"),
    path("bao-cao/<uuid:key>/lan/<int:number>/", report.sent, name="sent"),
    path("bao-cao/<uuid:key>/tai.<str:form>", papers.take, name="paper"),
    path("bao-cao/<uuid:key>/cau/<uuid:sentence>/", sentence.change, name="sentence"),
    path("bao-cao/<uuid:key>/muc/<str:section>/giu-het/", sentence.keep_rest, name="keeping"),
    path("bao-cao/<uuid:key>/muc/<str:section>/viet/", sentence.write, name="writing"),
    path("bao-cao/<uuid:key>/so-lieu/<uuid:figure>/", figure.show, name="figure"),
    path("bao-cao/<uuid:key>/<slug:slug>/", acting.act, name="act"),
]
