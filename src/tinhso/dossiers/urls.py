"""Addresses of officers' dossier pages (hồ sơ)."""

from __future__ import annotations

from django.urls import path

from tinhso.dossiers.pages import (
    acts,
    book,
    counter,
    density,
    dossier,
    exporting,
    fees,
    handing,
    helping,
    history,
    insight,
    mandating,
    many,
    mornings,
    national,
    overview,
    papers,
    printing,
    queue,
    ratings,
    standing,
    supplementing,
    views,
)

app_name = "dossiers"

urlpatterns = [
    path("ho-so/", queue.show, name="queue"),
    path("ho-so/hang-loat/", many.act, name="many"),
    path("ho-so/kieu-bang/", density.set_density, name="density"),
    path("ho-so/ket-xuat.<str:form>", exporting.export, name="export"),
    path("ho-so/bo-loc/", views.save, name="view_saving"),
    path("ho-so/bo-loc/<uuid:key>/mac-dinh/", views.choose, name="view_default"),
    path("ho-so/bo-loc/<uuid:key>/xoa/", views.remove, name="view_removal"),
    path("ho-so/tinh-hinh/", overview.show, name="overview"),
    path("ho-so/tinh-hinh/qua-han/", overview.late, name="late"),
    path("ho-so/hai-long/", ratings.show, name="ratings"),
    path("ho-so/ban-giao/<uuid:key>/", handing.hand_over, name="handing"),
    path("ho-so/tiep-nhan/", counter.choose, name="counter"),
    path("ho-so/tiep-nhan/ban-nhap/", helping.help_on, name="helping"),
    path("ho-so/tiep-nhan/<str:code>/", counter.fill_in, name="counter_form"),
    path("ho-so/truc-tuyen/", mandating.show, name="online_ranking"),
    path("ho-so/truc-tuyen/<str:code>/", mandating.decide, name="online_duty"),
    path("ho-so/lich-su/tra-cuu/", history.dossiers, name="history_dossiers"),
    path("ho-so/so-theo-doi/", book.show, name="book"),
    path("ho-so/dong-bo/", national.show, name="national"),
    path("ho-so/dong-bo/gui-lai/", national.retry, name="national_retry"),
    path("ho-so/lich-su/", history.batches, name="history"),
    path("ho-so/lich-su/<uuid:key>/huy/", history.undo, name="history_undo"),
    path("ho-so/thu-moi-sang/", mornings.choose, name="mornings"),
    path("phan-tich/", insight.choose, name="insight_choice"),
    path("phan-tich/<str:code>/", insight.show, name="insight"),
    path("ho-so/<uuid:key>/", dossier.show, name="dossier"),
    path("ho-so/<uuid:key>/in/<slug:slug>.pdf", printing.show, name="printing"),
    path("ho-so/<uuid:key>/quy-trinh/", standing.show, name="standing"),
    path("ho-so/<uuid:key>/nhan-bo-sung/", supplementing.take, name="supplementing"),
    path("ho-so/<uuid:key>/buoc/<uuid:step>/nhan-xu-ly/", acts.take, name="taking"),
    path("ho-so/<uuid:key>/buoc/<uuid:step>/<slug:slug>/", acts.on_step, name="step_act"),
    path("ho-so/<uuid:key>/phi/lap-khoan-thu/", fees.charge, name="charging"),
    path(
        "ho-so/<uuid:key>/giay-to/<uuid:paper>/xac-nhan/", papers.confirm, name="paper_confirming"
    ),
    path("ho-so/<uuid:key>/<slug:slug>/", acts.on_dossier, name="act"),
]
