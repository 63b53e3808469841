"""Addresses of the agencies' pages (cơ quan)."""

from __future__ import annotations

from django.urls import path

from tinhso.agencies.pages import directory, history, reform_writing, reforms, restated

app_name = "agencies"

urlpatterns = [
    path("co-quan", directory.directory, name="directory"),
    path("co-quan/cai-cach", reforms.listing, name="reforms"),
    path("co-quan/cai-cach/lap", reform_writing.preparing, name="reform_preparing"),
    path(
        "co-quan/cai-cach/lap/van-ban", reform_writing.preparing_text, name="reform_preparing_text"
    ),
    path("co-quan/cai-cach/<uuid:key>", reforms.show, name="reform"),
    path("co-quan/cai-cach/<uuid:key>/sua", reform_writing.editing, name="reform_editing"),
    path(
        "co-quan/cai-cach/<uuid:key>/sua/van-ban", reform_writing.editing_text, name="reform_text"
    ),
    path("co-quan/cai-cach/<uuid:key>/bo", reforms.discarding, name="reform_discarding"),
    path("co-quan/cai-cach/<uuid:key>/tiep-nhan", reforms.receiving, name="reform_receiving"),
    path("co-quan/cai-cach/<uuid:key>/thuc-hien", reforms.carrying_out, name="reform_carrying_out"),
    path("co-quan/quy-doi", restated.restated, name="restated"),
    path("co-quan/quy-doi/tai-ve", restated.export, name="restated_export"),
    path("co-quan/<uuid:key>", history.history, name="history"),
]
