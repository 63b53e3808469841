"""`docs write` draws the generated pages of the reference; `docs check` says which are out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.site import reference

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """The generated pages of `docs/reference`."""

    help = "Viết hoặc kiểm tra các trang tra cứu được sinh từ mã nguồn."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=["write", "check"],
            metavar="VIỆC",
            help="viết các trang, hoặc nói trang nào đã cũ",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "write":
            for name in reference.write():
                self.stdout.write(f"docs/reference/{name}")
            return
        if differing := reference.differing():
            raise CommandError(f"Chạy ./tinhso docs write: {', '.join(differing)}")
