"""Make the database and the static files ready for this version.

Run by every start, as the owner of the tables.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tinhso.site.grants import grant_application_role
from tinhso.site.models import HouseMark
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterator

TURN = 7_104_117_104  # the advisory lock by which two starts take turns
ELSEWHERE = "Đặt TINHSO_HOME hoặc DATABASE_URL khác. / set another TINHSO_HOME or DATABASE_URL."
OTHER_KIND = {
    HouseMark.Kind.PRODUCTION: "Đây là nhà trình diễn (demo house), không được vận hành thật.",
    HouseMark.Kind.DEMO: "Nhà này đang vận hành thật (production), không được đưa dữ liệu mẫu vào.",
}


class Command(BaseCommand):
    """Migrate, mark the house, grant the application's rights, collect the static files."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=HouseMark.Kind.values, required=True)
        parser.add_argument("--application-role", default="")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        try:
            self._migrate()
            self._mark(HouseMark.Kind(options["kind"]))
            if options["application_role"]:
                grant_application_role(connection, options["application_role"])
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
        collect_static()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say(f"Lập bảng, {len(plan)} bước… / Making the tables, {len(plan)} steps…")
            call_command("migrate", interactive=False, verbosity=0)

    def _mark(self, kind: HouseMark.Kind) -> None:
        mark, _made = HouseMark.objects.get_or_create(is_single=True, defaults={"kind": kind})
        if mark.kind != kind:
            raise CommandError(f"{OTHER_KIND[kind]} {ELSEWHERE}")


def collect_static() -> None:
    """Collect and compress the static files, when they are not those of the last time."""
    stamp = settings.STATIC_ROOT / ".sources"
    wanted = hashlib.sha256("\n".join(_sources()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Gom và nén tệp tĩnh… / Gathering the static files…")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted)


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            modified = storage.get_modified_time(path)
            yield f"{path} {storage.size(path)} {modified.timestamp()}"
