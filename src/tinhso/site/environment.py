"""The environment in which a process of a house runs.

Addresses of the database, secrets, folders.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tinhso.site.cluster import APPLICATION, OWNER, Cluster
from tinhso.site.house import PROJECT, House, default_home

if TYPE_CHECKING:
    from collections.abc import Iterator

Environment = dict[str, str]


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
                "TINHSO_OWNER_DATABASE_URL": os.environ.get("TINHSO_OWNER_DATABASE_URL", given),
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
        "TINHSO_OWNER_DATABASE_URL": cluster.url(OWNER),
    }


def of_process(house: House, database: Environment, **more: str) -> Environment:
    """The whole environment of a child process."""
    secret = os.environ.get("TINHSO_SECRET_KEY") or house.secret("secret_key")
    known = {
        "TINHSO_HOME": str(house.home),
        "TINHSO_SECRET_KEY": secret,
        "PYTHONPATH": str(PROJECT / "src"),
    }
    return {**os.environ, **known, **database, **more}


def this_house() -> House:
    """The house that the environment names."""
    return House(default_home())
