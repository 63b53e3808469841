"""`./tinhso worklist check|rebuild`: hold the worklist to the open steps (danh sách việc)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.calendars import clock
from tinhso.dossiers.services import worklist
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tinhso.dossiers.services.worklist import Differences


class Command(BaseCommand):
    """Compare, or put right; `check` ends with 1 when something differs."""

    help = "Đối chiếu danh sách việc với các bước đang mở (check), hoặc dựng lại (rebuild)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument(
            "what",
            choices=["check", "rebuild"],
            metavar="VIỆC",
            help="đối chiếu, hoặc dựng lại",
        )

    def handle(self, *_args: Any, what: str, **_options: Any) -> None:
        """One line says what was found."""
        if what == "rebuild":
            found = worklist.rebuild(actor=SystemActor("worklist"), at=clock.now())
            self.stdout.write(f"Đã sửa: {line(found)}." if found else "Danh sách việc khớp.")
            return
        found = worklist.check()
        if found:
            raise CommandError(f"Danh sách việc lệch: {line(found)}.")
        self.stdout.write("Danh sách việc khớp.")


def line(found: Differences) -> str:
    """The differences in words."""
    return f"thiếu {len(found.missing)} dòng, thừa {len(found.stray)} dòng, sai {len(found.wrong)} dòng"
