"""`python -m tinhso.site <command>`: what `./tinhso` hands over to."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import TYPE_CHECKING

from tinhso.site.arguments import misused
from tinhso.site.commands import OURS, exists, help_of, overview, words_of
from tinhso.site.environment import database_of, of_process, this_house
from tinhso.site.house import FIRST_ROOM, full_disk
from tinhso.site.terminal import CannotGoOn, complain, say

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    "notice",
}
ACTS_WITHOUT_DATABASE = {("packs", "check"), ("packs", "cases")}

HELP = {"--help", "-h"}
BY_DJANGO = {"help", "runserver", "testserver", "test"}  # its own utility does more here
OF_ARGUMENTS = "Error: "  # how the framework begins what it says of arguments


def main(arguments: Sequence[str]) -> int:
    """Run one command; every foreseeable obstacle ends in one line."""
    command, *rest = arguments or ["help"]
    if command in HELP or (command == "help" and not rest):
        say(overview())
        return 0
    try:
        return _run(command, rest)
    except CannotGoOn as obstacle:
        complain(f"tinhso: {obstacle}")
        return obstacle.status
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


def _run(command: str, rest: Sequence[str]) -> int:
    """Tell of a command, or do it; a name that is none is refused before anything starts."""
    asked = command == "help" or (rest and set(rest) <= HELP and command != "test")
    name = rest[0] if command == "help" else command
    if not exists(name):
        raise CannotGoOn(f"Không có lệnh {name}. Xem ./tinhso help", f"no such command: {name}.")
    if asked and words_of(name):
        _without_database()
        say(help_of(name))
        return 0
    if command in OURS:
        return int(importlib.import_module(f"tinhso.site.{OURS[command]}").run(rest))
    return django_command([command, *rest])


def django_command(arguments: Sequence[str]) -> int:
    """Any management command, with the database of this house running for its length."""
    name = arguments[0].replace("-", "_")
    asks_none = name in WITHOUT_DATABASE or tuple(arguments[:2]) in ACTS_WITHOUT_DATABASE
    if asks_none or {"--dry-run", *HELP} & set(arguments):
        _without_database()
        return _execute([name, *arguments[1:]])
    house = this_house()
    with database_of(house) as (database, _cluster):
        os.environ.update(of_process(house, database))
        if name in AS_OWNER:
            os.environ["DATABASE_URL"] = os.environ["TINHSO_OWNER_DATABASE_URL"]
        return _execute([name, *arguments[1:]])


def _without_database() -> None:
    """Set Django up for words alone."""
    os.environ["TINHSO_HOME"] = str(this_house().home)
    os.environ["TINHSO_SECRET_KEY"] = os.environ.get("TINHSO_SECRET_KEY") or "none"
    _set_up()


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.site.settings")
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()


def _execute(arguments: Sequence[str]) -> int:
    """Run a management command; what it refuses is one line of ours."""
    _set_up()
    from django.core.management import CommandError, execute_from_command_line  # noqa: PLC0415 - as above
    from django.db import ProgrammingError  # noqa: PLC0415 - as above
    from psycopg.errors import UndefinedTable  # noqa: PLC0415 - as above

    from tinhso.kernel.errors import DomainError  # noqa: PLC0415

    try:
        if arguments[0] in BY_DJANGO:
            execute_from_command_line(["tinhso", *arguments])
        else:
            _call(*arguments)
    except DomainError as refusal:
        complain(f"tinhso: {refusal} [{refusal.code}]")
        return 1
    except CommandError as refusal:
        if "--traceback" in arguments:
            raise
        said = str(refusal)
        if said.startswith(OF_ARGUMENTS):
            command = arguments[0].replace("_", "-")
            raise misused(command, said.removeprefix(OF_ARGUMENTS)) from None
        complain(f"tinhso: {said}")
        return refusal.returncode
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable) or "--traceback" in arguments:
            raise
        raise CannotGoOn(
            "Nhà này chưa có bảng nào, hoặc bảng của bản cũ: chạy ./tinhso serve (nhà trình diễn: ./tinhso demo).",
            "this house has no tables yet, or those of an older version.",
        ) from None
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _call(name: str, *rest: str) -> None:
    """As the framework calls it from a shell, system checks too, but refusals are raised to us."""
    from django.core.management import call_command, get_commands, load_command_class  # noqa: PLC0415 - as above

    command = load_command_class(get_commands()[name], name)
    checks = {"skip_checks": False} if command.requires_system_checks else {}
    call_command(command, *rest, **({} if "--skip-checks" in rest else checks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
