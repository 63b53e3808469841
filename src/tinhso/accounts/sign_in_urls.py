"""Addresses of signing in, under the names that django-allauth looks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("dang-nhap", account.login, name="account_login"),
    path("dang-nhap/ma", second_factor.authenticate, name="mfa_authenticate"),
    path("dang-nhap/xac-nhan-lai", account.reauthenticate, name="account_reauthenticate"),
    path("dang-nhap/ma/xac-nhan-lai", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("dang-nhap/tai-khoan-bi-khoa", account.account_inactive, name="account_inactive"),
    path("dang-xuat", account.logout, name="account_logout"),
    path("dang-ky", account.signup, name="account_signup"),
    path(
        "dang-ky/cho-xac-nhan",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^dang-ky/xac-nhan/(?P<key>[-:\w]+)$", account.confirm_email, name="account_confirm_email"
    ),
    path("quen-mat-khau", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui", account.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/da-doi",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("tai-khoan/mat-khau/dat", account.password_set, name="account_set_password"),
    path("tai-khoan/mat-khau", account.password_change, name="account_change_password"),
    path("tai-khoan/hai-lop", RedirectView.as_view(pattern_name="accounts:mine"), name="mfa_index"),
    path("tai-khoan/hai-lop/bat", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/hai-lop/tat", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "tai-khoan/ma-du-phong",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/ma-du-phong/tao-moi",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/ma-du-phong/tai-ve",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
