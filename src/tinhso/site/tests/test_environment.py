"""Pages and loops never learn the address of the tables' owner; what a house lacks is told."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tinhso.accounts.tests.factories import make_user
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import day_of
from tinhso.dossiers.tests.factories import MARRIAGE, publish
from tinhso.site import doctor, processes
from tinhso.site.environment import OWNER_ADDRESS, of_process, serves_as_owner, without_owner
from tinhso.site.house import House

APPLICATION = "postgres://app:x@127.0.0.1:1/tinhso"
OWNER = "postgres://owner:y@127.0.0.1:1/tinhso"


def test_every_command_in_a_house_of_another_day_runs_by_its_clock(tmp_path: Path) -> None:
    house = House(tmp_path / "house")
    house.open()
    assert "TINHSO_CLOCK_OFFSET_SECONDS" not in of_process(house, {})
    house.remember(plays="2025-06-30")
    shift = timedelta(seconds=int(of_process(house, {})["TINHSO_CLOCK_OFFSET_SECONDS"]))
    assert day_of(datetime.now(UTC) + shift) == date(2025, 6, 30)


def test_the_processes_that_serve_do_not_know_the_owner() -> None:
    known = {"DATABASE_URL": APPLICATION, OWNER_ADDRESS: OWNER}
    children = [processes.web(known, port=1), processes.worker(known)]
    for child in children:
        addresses = {
            name for name, value in child.environment.items() if value.startswith("postgres")
        }
        assert addresses == {"DATABASE_URL"}
        assert child.environment["DATABASE_URL"] == APPLICATION
    assert without_owner(dict(os.environ) | known).get(OWNER_ADDRESS) is None


@pytest.mark.parametrize(
    ("application", "owner", "warned"),
    [
        (APPLICATION, OWNER, False),
        (OWNER, OWNER, True),
        (OWNER, None, True),
        (None, None, False),
    ],
)
def test_one_role_for_both_is_warned_of(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    application: str | None,
    owner: str | None,
    *,
    warned: bool,
) -> None:
    for name, value in (("DATABASE_URL", application), (OWNER_ADDRESS, owner)):
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    assert serves_as_owner() is warned
    doctor.run([])
    assert ("tài khoản sở hữu bảng" in capsys.readouterr().out) is warned


def address_of(database: str) -> str:
    """The tests' server, as an operator's environment would name it."""
    known = connection.settings_dict
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{database}"
    )


@pytest.mark.django_db(transaction=True)
def test_a_house_in_which_nobody_can_work_yet_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(database: str) -> str:
        monkeypatch.setenv("DATABASE_URL", address_of(database))
        doctor.run([])
        [line] = [line for line in capsys.readouterr().out.splitlines() if "contents" in line]
        return line

    name = str(connection.settings_dict["NAME"])
    assert "chưa có bảng nào" in told("postgres")
    assert "chưa có cơ quan nào → ./tinhso packs apply" in told(name)
    make_agency()
    assert "chưa ai đăng nhập được → ./tinhso create-administrator" in told(name)
    make_user()
    assert "chưa có thủ tục nào → ./tinhso packs apply" in told(name)
    publish(MARRIAGE)
    assert told(name).startswith("ok ")


def test_doctor_repeats_no_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgre://bob:hush@db/tinhso")
    doctor.run([])
    said = capsys.readouterr().out
    assert "postgre://bob:…@db/tinhso" in said
    assert "hush" not in said
