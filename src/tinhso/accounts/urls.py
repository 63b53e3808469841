"""Addresses of the pages of accounts; signing in has its own in `sign_in_urls`."""

from __future__ import annotations

from django.urls import path

from tinhso.accounts.pages import mine, people, person, roles, stand_ins, tokens

app_name = "accounts"
urlpatterns = [
    path("nguoi-dung", people.listing, name="people"),
    path("nguoi-dung/moi", people.new, name="new"),
    path("nguoi-dung/<uuid:key>", person.page, name="person"),
    path("nguoi-dung/<uuid:key>/vi-tri", person.hold, name="hold"),
    path("nguoi-dung/<uuid:key>/vi-tri/<uuid:holding>/thoi-giu", person.leave, name="leave"),
    path("nguoi-dung/<uuid:key>/vi-tri/<uuid:holding>/rut", person.withdraw, name="withdraw"),
    path("nguoi-dung/<uuid:key>/quyen", person.grant, name="grant"),
    path("nguoi-dung/<uuid:key>/quyen/<uuid:grant>/thu-hoi", person.revoke, name="revoke"),
    path("nguoi-dung/<uuid:key>/khoa", person.close, name="close"),
    path("nguoi-dung/<uuid:key>/thay-the", stand_ins.appoint, name="stand_in"),
    path(
        "nguoi-dung/<uuid:key>/thay-the/<uuid:stand_in>/cham-dut",
        stand_ins.withdraw,
        name="stand_in_withdraw",
    ),
    path("vai-tro", roles.listing, name="roles"),
    path("ket-noi/ma-truy-cap", tokens.listing, name="tokens"),
    path("ket-noi/ma-truy-cap/<uuid:key>/thu-hoi", tokens.withdraw, name="token_withdraw"),
    path("tai-khoan", mine.page, name="mine"),
    path("tai-khoan/ten", mine.rename, name="rename"),
    path("tai-khoan/thiet-bi/<int:session>/dang-xuat", mine.end_session, name="end_session"),
]
