"""A killed database comes back with every acknowledged row; a foreign data folder is refused."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tinhso.site.cluster import APPLICATION, OWNER, Cluster
from tinhso.site.house import House
from tinhso.site.terminal import CannotGoOn

pytestmark = pytest.mark.fault


def _postmaster(cluster: Cluster) -> int:
    return int((cluster.folder / "postmaster.pid").read_text().split("\n", 1)[0])


def _write_until_the_wire_breaks(url: str, acknowledged: list[int], busy: threading.Event) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for number in range(1_000_000):
            try:
                connection.execute("INSERT INTO acknowledged VALUES (%s)", [number])
            except psycopg.Error:
                return
            acknowledged.append(number)
            if number > 50:
                busy.set()


def test_no_acknowledged_row_is_lost_when_the_server_is_killed(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE acknowledged (number bigint PRIMARY KEY)")
    acknowledged: list[int] = []
    busy = threading.Event()
    arguments = (cluster.url(OWNER), acknowledged, busy)
    writer = threading.Thread(target=_write_until_the_wire_breaks, args=arguments)
    writer.start()
    assert busy.wait(30)
    killed = _postmaster(cluster)
    os.kill(killed, signal.SIGKILL)
    writer.join(30)

    while _postmaster(cluster) == killed:
        cluster.keep()
        time.sleep(0.1)

    with psycopg.connect(cluster.url(OWNER)) as connection:
        kept = {row[0] for row in connection.execute("SELECT number FROM acknowledged")}
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + 1


def test_it_starts_again_in_the_same_place_with_the_same_passwords(cluster: Cluster) -> None:
    before = cluster.url(APPLICATION)
    cluster.stop()
    cluster.start()
    assert cluster.url(APPLICATION) == before
    with psycopg.connect(before) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APPLICATION,)


def test_no_connection_comes_in_without_its_password(cluster: Cluster) -> None:
    wrong = cluster.url(APPLICATION).replace(cluster.house.secret(f"password_{APPLICATION}"), "x")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(wrong)


def test_the_application_owns_nothing_and_is_no_superuser(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(APPLICATION)) as connection:
        question = (
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = %s"
        )
        assert connection.execute(question, [APPLICATION]).fetchone() == (False,)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (number int)")


def test_two_users_share_the_server_and_the_last_one_stops_it(cluster: Cluster) -> None:
    with Cluster.of(cluster.house).in_use():
        pass
    assert cluster.is_running()


def test_a_data_folder_of_another_major_version_is_refused_with_the_way_to_upgrade(
    cluster: Cluster,
) -> None:
    cluster.stop()
    mark = cluster.folder / "PG_VERSION"
    have = mark.read_text()
    try:
        mark.write_text("14\n")
        with pytest.raises(CannotGoOn, match="PostgreSQL 14") as refused:
            cluster.start()
        assert "backup" in str(refused.value)
        assert "restore" in str(refused.value)
    finally:
        mark.write_text(have)


def test_no_folder_outside_the_house_is_opened(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    house = House(closed / "house")
    house.open()
    cluster = Cluster.of(house)
    with cluster.in_use():
        assert cluster.is_running()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.folder.stat().st_mode) == 0o700
    cluster.destroy()
    assert not cluster.folder.exists()
