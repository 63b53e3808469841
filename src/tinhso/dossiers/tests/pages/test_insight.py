"""How a procedure was really worked, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.dossiers.tests.facts.warehouse import synced
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import concluded

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk

CHOICE, PAGE = "/phan-tich/", f"/phan-tich/{MARRIAGE}/"


@pytest.fixture(autouse=True)
def warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"


@pytest.mark.slow
def test_a_leader_sees_paths_and_times(desk: Desk) -> None:
    concluded(desk)
    synced("dossiers.dossier", "dossiers.step")
    leader = signed_in(desk, "leader")
    assert f'href="{PAGE}"' in leader.get(CHOICE).content.decode()
    page = leader.get(PAGE).content.decode()
    assert "1 hồ sơ đã đi theo 1 đường" in page
    assert page.count("<svg") >= 1
    assert "Người được phân công" not in page
    later = leader.get(f"{PAGE}?tu=2030-01-01&den=").content.decode()
    assert "Không có hồ sơ nào như đã chọn" in later


def test_before_the_warehouse_is_built_it_says_so(desk: Desk) -> None:
    leader = signed_in(desk, "leader")
    for address in (CHOICE, PAGE):
        assert "chưa được đưa vào kho số liệu" in leader.get(address).content.decode()


def test_who_oversees_nothing_may_not(desk: Desk) -> None:
    clerk = signed_in(desk, "specialist")
    assert clerk.get(CHOICE).status_code == clerk.get(PAGE).status_code == 403


def test_a_procedure_that_nobody_published_is_none(desk: Desk) -> None:
    assert signed_in(desk, "leader").get("/phan-tich/9.999999/").status_code == 404
