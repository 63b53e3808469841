"""Imported history on the pages: batches for the operator, dossiers for whoever may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.dossiers.models import Dossier, ImportBatch
from tinhso.dossiers.tests.importing.logs import bring, event, left, many, trace, xes

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk

BATCHES, DOSSIERS = "/ho-so/lich-su/", "/ho-so/lich-su/tra-cuu/"


def signed_in(user: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user))
    return client


@pytest.fixture
def operator(desk: Desk) -> Client:
    del desk
    user = make_user("Vân")
    make_grant(user, make_pack_role("operator"), None)
    give_second_factor(user)
    return signed_in(user.pk)


def undo_of(batch: ImportBatch) -> str:
    return reverse("dossiers:history_undo", args=[batch.uuid])


@pytest.mark.slow
def test_the_operator_sees_batches_and_undoes_one(
    tmp_path: Path, desk: Desk, operator: Client
) -> None:
    assert "Chưa nhập nhật ký nào" in operator.get(BATCHES).content.decode()
    batch = bring(xes(tmp_path, many(1200)), desk.commune)
    page = operator.get(BATCHES).content.decode()
    for said in ("log.xes", "1.200", "2.400", "Ba Gia", undo_of(batch)):
        assert said in page
    page = operator.get(undo_of(batch)).content.decode()
    assert "1.200 hồ sơ lịch sử và 2.400 bước" in page
    assert left()["Dossier"] == 1200
    answer = operator.post(undo_of(batch), follow=True)
    assert "Đã hủy đợt nhập: 1.200 hồ sơ, 2.400 bước." in answer.content.decode()
    assert left() == {"events": 2}
    assert operator.post(undo_of(batch)).status_code == 404


def test_an_officer_finds_a_dossier_and_its_steps(tmp_path: Path, desk: Desk) -> None:
    more = '<string key="channel" value="Internet"/>'
    who = '<string key="org:resource" value="cán bộ 7"/><string key="org:group" value="Tổ 1"/>'
    log = xes(tmp_path, many(30), trace("CU-2022-77", event("Thẩm tra", more=who), more=more))
    bring(log, desk.commune)
    officer = signed_in(desk.clerk.user)
    assert "trong 31 hồ sơ" in officer.get(DOSSIERS).content.decode()
    found = officer.get(DOSSIERS, {"tim": "2022-77"}).content.decode()
    dossier = Dossier.objects.get(foreign_code="CU-2022-77")
    address = reverse("dossiers:dossier", args=[dossier.uuid])
    assert address in found
    assert "HS-0001" not in found
    page = officer.get(address).content.decode()
    for said in ("chỉ để xem", "Thẩm tra", "cán bộ 7", "Tổ 1", "Internet", "không ghi ngày xong"):
        assert said in page
    assert "Tiếp nhận hồ sơ</a>" not in page


def test_nobody_sees_what_is_not_theirs(tmp_path: Path, desk: Desk, operator: Client) -> None:
    batch = bring(xes(tmp_path, many(3)), desk.commune)
    outsider = signed_in(desk.outsider.user)
    assert "Không có hồ sơ lịch sử nào khớp" in outsider.get(DOSSIERS).content.decode()
    assert outsider.get(BATCHES).status_code == 403
    assert outsider.post(undo_of(batch)).status_code == 403
    assert operator.get(DOSSIERS).status_code == 403
    assert ImportBatch.objects.get() == batch


def test_the_menu_names_history_once_there_is_some(tmp_path: Path, desk: Desk) -> None:
    officer = signed_in(desk.clerk.user)
    assert DOSSIERS not in officer.get("/ho-so/").content.decode()
    bring(xes(tmp_path, many(1)), desk.commune)
    assert DOSSIERS in officer.get("/ho-so/").content.decode()
