"""`./tinhso test`.

Pytest on a database server of its own, without durability; `--all` adds journeys and faults.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tinhso.site.environment import database_of, of_process, this_house
from tinhso.site.house import PROJECT, House

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT_LANE = "not journey and not fault"


def run(arguments: Sequence[str]) -> int:
    """The unit lane, or with `--all` everything; other arguments go to pytest."""
    rest = [argument for argument in arguments if argument != "--all"]
    lane = [] if "--all" in arguments else ["-m", UNIT_LANE]
    house = House(this_house().home / "test")
    with database_of(house, durable=False) as (database, _cluster):
        environment = of_process(house, database)
        environment["DATABASE_URL"] = environment["TINHSO_OWNER_DATABASE_URL"]
        command = [sys.executable, "-m", "pytest", *lane, *rest]
        return subprocess.run(command, env=environment, cwd=PROJECT, check=False).returncode
