"""Addresses of the citizens' pages, Vietnamese without marks."""

from __future__ import annotations

from django.urls import path

from tinhso.portal.pages import (
    applying,
    appointments,
    arriving,
    catalogue,
    checking,
    correcting,
    guides,
    home,
    lateness,
    looking_up,
    own,
    person,
    procedures,
    resuming,
    reusing,
    station,
    store,
    supplementing,
    verifying,
    voicing,
    withdrawing,
)
from tinhso.ui.verifying import PATH

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("su-kien/", guides.listing, name="guides"),
    path("su-kien/<slug:code>/", guides.guide, name="guide"),
    path("thu-tuc/", procedures.listing, name="procedures"),
    path("danh-muc/", catalogue.browse, name="catalogue"),
    path("danh-muc/<str:code>/", catalogue.entry, name="catalogue_entry"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/nop/", applying.start, name="start"),
    path("may-nop/<uuid:desk>/<slug:key>/", station.start, name="station"),
    path("nop-ho-so/tiep-tuc/", resuming.resume, name="resume"),
    path("nop-ho-so/<uuid:key>/", applying.application, name="application"),
    path("nop-ho-so/<uuid:key>/da-luu/", applying.kept, name="kept"),
    path("nop-ho-so/<uuid:key>/xoa/", applying.discard, name="discard"),
    path("nop-ho-so/<uuid:key>/kiem-tra/", checking.check, name="check"),
    path("nop-ho-so/<uuid:key>/xong/", checking.submitted, name="submitted"),
    path("nop-ho-so/<uuid:key>/lay-lai/", reusing.reuse, name="reuse"),
    path("nop-ho-so/<uuid:key>/nop-rieng/", arriving.anew, name="anew"),
    path("nop-ho-so/<uuid:key>/<slug:slug>/", applying.step, name="step"),
    path("tra-cuu/", looking_up.look_up, name="look_up"),
    path("tra-cuu/<uuid:key>/", looking_up.dossier, name="dossier"),
    path("tra-cuu/<uuid:key>/bo-sung/", supplementing.supplement, name="supplement"),
    path("tra-cuu/<uuid:key>/sua/", correcting.correct, name="correct"),
    path("tra-cuu/<uuid:key>/rut/", withdrawing.withdraw, name="withdraw"),
    path("tra-cuu/<uuid:key>/y-kien/", voicing.voice, name="voice"),
    path("tra-cuu/<uuid:key>/ket-qua/<uuid:file>/", looking_up.result, name="result"),
    path("cong-khai/", lateness.show, name="lateness"),
    path("dat-hen/", appointments.book, name="appointments"),
    path("dat-hen/<uuid:key>/", appointments.appointment, name="appointment"),
    path("ho-so-cua-toi/", own.own, name="own"),
    path("giay-to-cua-toi/", store.store, name="store"),
    path("giay-to-cua-toi/ai-da-xem/", store.reads, name="reads"),
    path("thong-tin-cua-toi/", person.person, name="person"),
    path("h/<str:reference>/", looking_up.short, name="short"),
    path("kiem-chung/", verifying.look_up, name="verify"),
    path(f"{PATH}<str:code>/", verifying.paper, name="paper"),
]
