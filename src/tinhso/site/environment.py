"""The environment in which a process of a house runs.

Addresses of the database, secrets, folders.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tinhso.site.cluster import APPLICATION, OWNER, Cluster
from tinhso.site.house import PROJECT, House, default_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

OFFICIAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Environment = dict[str, str]
OWNER_ADDRESS = "TINHSO_OWNER_DATABASE_URL"
AS_OWNER = (
    "Trang và vòng lặp chạy bằng tài khoản sở hữu bảng: lỗi của chúng có thể sửa cả nhật ký.",
    "DATABASE_URL: tài khoản ứng dụng; TINHSO_OWNER_DATABASE_URL: tài khoản sở hữu / two roles",
)  # what is wrong, and the remedy


@contextmanager
def database_of(
    house: House, *, durable: bool = True
) -> Iterator[tuple[Environment, Cluster | None]]:
    """The variables that name the database, for the length of the block, and the cluster when it is the embedded one.

    `DATABASE_URL` wins; without it the embedded server of the house runs.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield (
            {
                "DATABASE_URL": given,
                OWNER_ADDRESS: os.environ.get(OWNER_ADDRESS, given),
            },
            None,
        )
        return
    house.open()
    cluster = Cluster.of(house, durable=durable)
    with cluster.in_use():
        yield addresses(cluster), cluster


def addresses(cluster: Cluster) -> Environment:
    """The two roles of an embedded database."""
    return {
        "DATABASE_URL": cluster.url(APPLICATION),
        OWNER_ADDRESS: cluster.url(OWNER),
    }


def of_process(house: House, database: Environment, **more: str) -> Environment:
    """The whole environment of a child process."""
    secret = os.environ.get("TINHSO_SECRET_KEY") or house.secret("secret_key")
    known = {
        "TINHSO_HOME": str(house.home),
        "TINHSO_SECRET_KEY": secret,
        "PYTHONPATH": str(PROJECT / "src"),
        **_clock(house.plays),
    }
    return {**os.environ, **known, **database, **more}


def _clock(day: date | None) -> Environment:
    """The shift of the business clock of a house that plays another day: that day, at this time of day."""
    if day is None:
        return {}
    today = datetime.now(OFFICIAL_ZONE).date()
    return {"TINHSO_CLOCK_OFFSET_SECONDS": str((day - today).days * 86_400)}


def without_owner(environment: Environment) -> Environment:
    """The environment of a process that serves: it never learns how to reach the tables as their owner."""
    return {name: value for name, value in environment.items() if name != OWNER_ADDRESS}


def serves_as_owner() -> bool:
    """Whether the environment gives one address for both roles, so that pages run as the tables' owner."""
    given = os.environ.get("DATABASE_URL")
    return bool(given) and os.environ.get(OWNER_ADDRESS, given) == given


def this_house() -> House:
    """The house that the environment names."""
    return House(default_home())
