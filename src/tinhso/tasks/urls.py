"""Addresses of notices and tasks (văn bản giao việc, nhiệm vụ)."""

from __future__ import annotations

from django.urls import path

from tinhso.tasks.pages import (
    acting,
    board,
    bringing,
    committees,
    describing,
    exporting,
    inbox,
    item,
    meeting,
    month,
    notices,
    obstacle_acting,
    obstacles,
    performance,
    review,
    task,
)

app_name = "tasks"

urlpatterns = [
    path("nhiem-vu/", inbox.show, name="inbox"),
    path("nhiem-vu/theo-doi/", board.show, name="board"),
    path("nhiem-vu/ket-xuat.xlsx", exporting.export_inbox, name="inbox_export"),
    path("nhiem-vu/theo-doi/ket-xuat.xlsx", exporting.export, name="exporting"),
    path("nhiem-vu/lich/", month.show, name="month"),
    path("nhiem-vu/theo-doi/phien-hop/", meeting.show, name="meeting"),
    path("nhiem-vu/theo-doi/phien-hop/trang.pdf", meeting.paper, name="meeting_paper"),
    path("nhiem-vu/ket-qua/", performance.show, name="performance"),
    path("nhiem-vu/ket-qua/bao-cao.<slug:form>", performance.paper, name="performance_paper"),
    path("nhiem-vu/van-ban/", notices.show, name="notices"),
    path("nhiem-vu/van-ban/moi/", bringing.bring, name="bringing"),
    path("nhiem-vu/van-ban/<uuid:key>/", review.show, name="notice"),
    path("nhiem-vu/van-ban/<uuid:key>/sua/", review.change, name="reviewing"),
    path("nhiem-vu/van-ban/<uuid:key>/giao/", review.issue, name="issuing"),
    path("nhiem-vu/van-ban/<uuid:key>/thong-tin/", describing.describe, name="describing"),
    path("nhiem-vu/van-ban/<uuid:key>/bo/", review.discard, name="discarding"),
    path("nhiem-vu/van-ban/<uuid:key>/muc/<uuid:item>/", item.edit, name="item"),
    path("ban-chi-dao/", committees.show_all, name="committees"),
    path("ban-chi-dao/moi/", committees.found, name="committee_founding"),
    path("ban-chi-dao/<uuid:key>/", committees.show, name="committee"),
    path("ban-chi-dao/<uuid:key>/<slug:slug>/", committees.act, name="committee_act"),
    path("vuong-mac/", obstacles.show_list, name="obstacles"),
    path("vuong-mac/moi/", obstacles.raise_it, name="obstacle_raising"),
    path("vuong-mac/loi-giai/", obstacles.library, name="solutions"),
    path("vuong-mac/<uuid:key>/", obstacles.show, name="obstacle"),
    path("vuong-mac/<uuid:key>/<slug:slug>/", obstacle_acting.act, name="obstacle_act"),
    path("nhiem-vu/<uuid:key>/", task.show, name="task"),
    path("nhiem-vu/<uuid:key>/<slug:slug>/", acting.act, name="act"),
]
