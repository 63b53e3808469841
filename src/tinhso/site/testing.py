"""`./tinhso test`.

Pytest on a database server of its own, without durability; `--all` adds journeys, faults and fuzzing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tinhso.site.environment import database_of, of_process, this_house
from tinhso.site.house import PROJECT, House

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.site.environment import Environment

WITHOUT_BROWSERS = "not journey and not fault and not fuzz"
UNIT_LANE = f"{WITHOUT_BROWSERS} and not slow"
MOST_AT_ONCE = 4
JOURNEYS = "tests/journeys"
HOSTILE = ("tests/faults", "tests/fuzz")
WITHOUT_FUZZING = ("-p", "no:schemathesis")
UNREAD = [*(f"--ignore={folder}" for folder in (JOURNEYS, *HOSTILE)), *WITHOUT_FUZZING]
"""What the lanes without browsers need not even import, which takes each process seconds."""


def run(arguments: Sequence[str]) -> int:
    """The unit lane on all cores; with `--all` also what is slow, journeys, faults and fuzzing.

    Other arguments go to pytest, which then runs alone: names of tests, options.
    """
    rest = [argument for argument in arguments if argument != "--all"]
    everything = "--all" in arguments
    house = House(this_house().home / "test")
    with database_of(house, durable=False) as (database, _cluster):
        environment = of_process(house, database)
        environment["DATABASE_URL"] = environment["TINHSO_OWNER_DATABASE_URL"]
        return max(_pytest(lane, environment) for lane in _lanes(rest, everything=everything))


def _lanes(rest: list[str], *, everything: bool) -> list[list[str]]:
    if rest:
        return [rest if everything else ["-m", UNIT_LANE, *rest]]
    cores = min(os.cpu_count() or 1, MOST_AT_ONCE)
    at_once = ["-n", str(cores), "--dist"]
    if not everything:
        return [["-m", UNIT_LANE, *UNREAD, *at_once, "worksteal"]]
    return [
        ["-m", WITHOUT_BROWSERS, *UNREAD, *at_once, "worksteal"],
        # Faults of a file share a house; the files with the longest tests come first, lest one process ends long after.
        [*HOSTILE, JOURNEYS, *at_once, "loadfile", "--no-loadscope-reorder"],
    ]


def _pytest(lane: list[str], environment: Environment) -> int:
    command = [sys.executable, "-m", "pytest", *lane]
    return subprocess.run(command, env=environment, cwd=PROJECT, check=False).returncode
