"""`./tinhso doctor`: what is missing on this machine, one line each, with the remedy."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from tinhso.site.arguments import misused
from tinhso.site.binaries import database_account, find_binaries
from tinhso.site.cluster import Cluster
from tinhso.site.environment import AS_OWNER, addresses, serves_as_owner, this_house
from tinhso.site.house import existing_parent
from tinhso.site.serve import refuse_demo_settings
from tinhso.site.terminal import CannotGoOn, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OLDEST_SERVER = 150_000
_SECRET = re.compile(r"(://[^:/@\s]*:)\S*@")
CONTENTS = (
    (
        "SELECT 1 FROM agencies_agency LIMIT 1",
        "chưa có cơ quan nào",
        "./tinhso packs apply, ./tinhso load-units",
    ),
    (
        "SELECT 1 FROM accounts_user WHERE kind = 'officer' AND is_active LIMIT 1",
        "chưa ai đăng nhập được",
        "./tinhso create-administrator",
    ),
    (
        "SELECT 1 FROM dossiers_procedureversion LIMIT 1",
        "chưa có thủ tục nào",
        "./tinhso packs apply",
    ),
)
"""What a house is of no use without, what is said where it is not there, and the remedy."""
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One line: whether it is well, what was found, and what to do."""

    well: bool
    found: str
    remedy: str = ""
    needed: bool = True


def run(arguments: Sequence[str]) -> int:
    """Ask every question; 1 when something that is needed is missing."""
    questions: list[tuple[str, Callable[[], Finding]]] = [
        ("Python", _python),
        ("Thư mục nhà / house", _house),
        ("Đĩa / disk", _disk),
        ("Cơ sở dữ liệu / database", _database),
        ("Vai trò CSDL / database roles", _roles),
        ("Nội dung / contents", _contents),
        ("Vận hành thật / production", _production),
        ("Trình duyệt / browser", _browser),
    ]
    if arguments:
        raise misused("doctor", f"unrecognized arguments: {' '.join(arguments)}")
    missing = False
    for name, ask in questions:
        finding = _answer(ask)
        mark = "ok" if finding.well else "THIẾU" if finding.needed else "chưa"
        missing = missing or (finding.needed and not finding.well)
        say(f"{mark:<6} {name:<28} {finding.found}{_arrow(finding.remedy)}")
    return 1 if missing else 0


def _answer(ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except CannotGoOn as obstacle:
        return Finding(well=False, found=str(obstacle))


def _arrow(remedy: str) -> str:
    return f" → {remedy}" if remedy else ""


def _python() -> Finding:
    return Finding(well=True, found=f"{sys.version.split()[0]} {sys.prefix}")


def _house() -> Finding:
    house = this_house()
    parent = existing_parent(house.home)
    remedy = "TINHSO_HOME=<thư mục ghi được>"
    writable = os.access(parent, os.W_OK)
    return Finding(writable, str(house.home), "" if writable else remedy)


def _disk() -> Finding:
    house = this_house()
    free = shutil.disk_usage(existing_parent(house.home)).free // 2**20
    enough = free >= house.room
    return Finding(enough, f"{free} MB trống", "" if enough else f"cần {house.room} MB")


def _database() -> Finding:
    if given := os.environ.get("DATABASE_URL"):
        return _given_database(given)
    account = database_account()
    binaries = find_binaries(account)
    who = f", tài khoản {account.name}" if account.name else ""
    house = this_house()
    running = house.record.exists() and Cluster(house, account, binaries).is_running()
    state = "đang chạy" if running else "đang nghỉ"
    return Finding(
        well=True, found=f"PostgreSQL {binaries.version} {binaries.origin}, {state}{who}"
    )


def _given_database(address: str) -> Finding:
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        return Finding(well=False, found=f"DATABASE_URL: {_said(error)}")
    recent = version >= OLDEST_SERVER
    found = f"DATABASE_URL: PostgreSQL {version // 10_000}.{version % 10_000}"
    return Finding(recent, found, "" if recent else "cần PostgreSQL 15 trở lên")


def _said(error: psycopg.Error) -> str:
    """The first line of an error, without the password of an address that it repeats."""
    return _SECRET.sub(r"\1…@", str(error).strip().splitlines()[0])


def _roles() -> Finding:
    if serves_as_owner():
        found, remedy = AS_OWNER
        return Finding(well=False, found=found, remedy=remedy, needed=False)
    return Finding(well=True, found="ứng dụng và chủ bảng là hai tài khoản")


def _contents() -> Finding:
    """Whether somebody could work in this house; a new one has tables and nothing in them."""
    address = os.environ.get("DATABASE_URL") or _own_address()
    if address is None:
        return Finding(well=False, found="chưa xem được: máy chủ đang nghỉ", needed=False)
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            return _first_empty(connection)
    except psycopg.Error as error:
        return Finding(well=False, found=_said(error), needed=False)


def _own_address() -> str | None:
    """The embedded server's, where it runs."""
    house = this_house()
    if not house.record.exists():
        return None
    cluster = Cluster.of(house)
    return addresses(cluster)["DATABASE_URL"] if cluster.is_running() else None


def _first_empty(connection: psycopg.Connection) -> Finding:
    tables = connection.execute("SELECT to_regclass('accounts_user')").fetchone()
    if tables in (None, (None,)):
        return Finding(False, "chưa có bảng nào", "./tinhso serve, ./tinhso demo", needed=False)
    for question, found, remedy in CONTENTS:
        if connection.execute(question).fetchone() is None:
            return Finding(False, found, f"{remedy} (docs/operations/van-hanh.md)", needed=False)
    return Finding(well=True, found="có cơ quan, có tài khoản, có thủ tục")


def _production() -> Finding:
    try:
        refuse_demo_settings()
    except CannotGoOn as obstacle:
        return Finding(well=False, found=str(obstacle), needed=False)
    hosts = os.environ.get("TINHSO_HOSTS", "")
    remedy = "" if hosts else "đặt TINHSO_HOSTS và TINHSO_ORIGINS theo tên miền"
    return Finding(bool(hosts), hosts or "chỉ nhận localhost", remedy, needed=False)


def _browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    remedy = (
        ""
        if found
        else "apt install chromium-headless-shell fonts-noto-core (chỉ cho ./tinhso test --all)"
    )
    return Finding(bool(found), found or "không có", remedy, needed=False)
