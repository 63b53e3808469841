"""Addresses of the counter (quầy)."""

from __future__ import annotations

from django.urls import path

from tinhso.counter.pages import (
    appointments,
    board,
    booking,
    closing,
    kiosk,
    late_days,
    load,
    offering,
    reopening,
    serving,
)

app_name = "counter"

urlpatterns = [
    path("quay/doi-chieu/", closing.show, name="day"),
    path("quay/doi-chieu/chua-khoa/", late_days.show, name="late_days"),
    path("quay/doi-chieu/<uuid:key>/mo-lai/", reopening.reopen, name="reopening"),
    path("quay/goi-so/", serving.show, name="serving"),
    path("quay/lich-hen/", appointments.show, name="appointments"),
    path("quay/lich-hen/dat/", booking.book, name="booking"),
    path("quay/lich-hen/khung-gio/", offering.offer, name="offering"),
    path("quay/lich-hen/<uuid:key>/", booking.change, name="appointment"),
    path("quay/luong-viec/", load.show, name="load"),
    path("lay-so/<uuid:desk>/<slug:key>/", kiosk.show, name="kiosk"),
    path("lay-so/<uuid:desk>/<slug:key>/phieu/<uuid:ticket>/", kiosk.slip, name="ticket"),
    path("bang-goi/<uuid:desk>/", board.show, name="board"),
]
