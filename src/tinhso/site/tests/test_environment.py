"""Pages and loops never learn the address of the tables' owner."""

from __future__ import annotations

import os

import pytest

from tinhso.site import doctor, processes
from tinhso.site.environment import OWNER_ADDRESS, serves_as_owner, without_owner

APPLICATION = "postgres://app:x@127.0.0.1:1/tinhso"
OWNER = "postgres://owner:y@127.0.0.1:1/tinhso"


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
