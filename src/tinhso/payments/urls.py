"""Addresses of payments (thu phí, lệ phí)."""

from __future__ import annotations

from django.urls import path

from tinhso.payments.pages import accounts, cancelling, day, receipt, taking, withdrawing

app_name = "payments"

urlpatterns = [
    path("thu-phi/", day.show, name="day"),
    path("thu-phi/tai-khoan/", accounts.show, name="accounts"),
    path("thu-phi/tai-khoan/<uuid:key>/xac-nhan/", accounts.confirm, name="account_confirming"),
    path("thu-phi/bien-lai/<uuid:key>/", receipt.show, name="receipt"),
    path("thu-phi/bien-lai/<uuid:key>/in.pdf", receipt.printed, name="receipt_printing"),
    path("thu-phi/bien-lai/<uuid:key>/huy/", cancelling.cancel, name="cancelling"),
    path("thu-phi/khoan-thu/<uuid:key>/huy/", withdrawing.withdraw, name="withdrawing"),
    path("thu-phi/<uuid:key>/", taking.take, name="taking"),
]
