"""`python -m tinhso.site <command>`: what `./tinhso` hands over to."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import TYPE_CHECKING

from tinhso.site.commands import overview
from tinhso.site.environment import database_of, of_process, this_house
from tinhso.site.house import FIRST_ROOM, full_disk
from tinhso.site.terminal import CannotGoOn, complain, say

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = """Tỉnh Số

  ./tinhso demo       một tỉnh chạy thử / a province to try       [--fresh] [--at NGÀY] [--port SỐ]
  ./tinhso test       các kiểm thử nhanh / the unit lane          [--all] [tham số của pytest]
  ./tinhso check      kiểm tra mã nguồn / linters, types, layers
  ./tinhso serve      vận hành / production                       [--role web|worker|all] [--host] [--port]
  ./tinhso doctor     còn thiếu gì / what is missing
  ./tinhso backup D   sao lưu vào thư mục D / back up into D
  ./tinhso bench T    đo / measure                                [submit | import]
  ./tinhso restore D  khôi phục vào nhà mới / restore into a new house
  ./tinhso <lệnh>     lệnh quản trị / any management command (./tinhso help)
"""
OURS = {
    "demo": "demo",
    "serve": "serve",
    "test": "testing",
    "check": "checking",
    "bench": "bench",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
}  # command: module whose run() does it; each loads only what it needs
AS_OWNER = {
    "migrate",
    "prepare",
    "makemigrations",
    "sqlmigrate",
    "dbshell",
}  # what changes definitions
WITHOUT_DATABASE = {
    "help",
    "makemessages",
    "compilemessages",
    "startapp",
    "diffsettings",
    "findstatic",
    "version",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; every foreseeable obstacle ends in one line."""
    command, *rest = arguments or ["--help"]
    if command in {"--help", "-h"}:
        say(USAGE)
        return 0
    if command == "help" and not rest:
        say(overview())
        return 0
    try:
        if command in OURS:
            return int(importlib.import_module(f"tinhso.site.{OURS[command]}").run(rest))
        return django_command([command, *rest])
    except CannotGoOn as obstacle:
        complain(f"tinhso: {obstacle}")
    except BrokenPipeError:  # whoever read us has gone: `./tinhso doctor | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        complain(f"tinhso: {full_disk(this_house().home, FIRST_ROOM)}")
    except KeyboardInterrupt:
        complain("tinhso: Đã dừng. / Stopped.")
        return 130
    return 1


def django_command(arguments: Sequence[str]) -> int:
    """Any management command, with the database of this house running for its length."""
    name = arguments[0].replace("-", "_")
    house = this_house()
    if name in WITHOUT_DATABASE or {"--dry-run", "--help", "-h"} & set(arguments):
        os.environ.update(
            {
                "TINHSO_HOME": str(house.home),
                "TINHSO_SECRET_KEY": os.environ.get("TINHSO_SECRET_KEY") or "none",
            }
        )
        return _execute([name, *arguments[1:]])
    with database_of(house) as (database, _cluster):
        os.environ.update(of_process(house, database))
        if name in AS_OWNER:
            os.environ["DATABASE_URL"] = os.environ["TINHSO_OWNER_DATABASE_URL"]
        return _execute([name, *arguments[1:]])


def _execute(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is set

    from tinhso.kernel.errors import DomainError  # noqa: PLC0415

    try:
        execute_from_command_line(["tinhso", *arguments])
    except DomainError as refusal:
        complain(f"tinhso: {refusal} [{refusal.code}]")
        return 1
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
