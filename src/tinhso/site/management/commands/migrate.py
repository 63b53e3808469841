"""Django's own command; an empty database begins with the tables of this version."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from tinhso.site import schema


class Command(migrate.Command):
    """Migrate; of an empty database the file of the schema is most of the way."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--by-migrations",
            action="store_true",
            help="Run every migration, of an empty database too.",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        is_whole = not any(options.get(name) for name in ("app_label", "plan", "check_unapplied"))
        if is_whole and not options["by_migrations"]:
            schema.begin(connections[options["database"]])
        super().handle(*arguments, **options)
