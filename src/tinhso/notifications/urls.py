"""Addresses of notifications (thông báo)."""

from __future__ import annotations

from django.urls import path

from tinhso.notifications.pages import choosing, inbox, outbox

app_name = "notifications"

urlpatterns = [
    path("thong-bao/", inbox.show, name="inbox"),
    path("thong-bao/da-doc/", inbox.mark_all, name="marking-all"),
    path("thong-bao/tuy-chon/", choosing.choose, name="choosing"),
    path("thong-bao/thu-di/", outbox.show, name="outbox"),
    path("thong-bao/thu-di/<uuid:key>/gui-lai/", outbox.retry, name="retrying"),
    path("thong-bao/<uuid:key>/da-doc/", inbox.mark, name="marking"),
]
