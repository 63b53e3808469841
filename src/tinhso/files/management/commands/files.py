"""`files sweep`: remove what no act kept. `files verify`: hash every content anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.files import keeping

if TYPE_CHECKING:
    from argparse import ArgumentParser

SECONDS_IN_AN_HOUR = 3600


class Command(BaseCommand):
    """Care for the contents on the disk."""

    help = "Dọn nội dung tệp không thuộc hồ sơ nào (sweep); kiểm tra băm của mọi tệp (verify)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=["sweep", "verify"],
            metavar="VIỆC",
            help="dọn nội dung không ai giữ, hoặc kiểm tra băm",
        )
        parser.add_argument(
            "--older-than-hours",
            type=float,
            default=24,
            metavar="GIỜ",
            help="chỉ dọn nội dung cũ hơn số giờ này (24)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["what"] == "sweep":
            hours = options["older_than_hours"]
            removed = keeping.sweep(older_than_seconds=hours * SECONDS_IN_AN_HOUR, now=time.time())
            self.stdout.write(f"Đã dọn {removed} nội dung.")
            return
        altered = keeping.altered()
        for sha256 in altered:
            self.stderr.write(f"Mất hoặc bị thay đổi: {sha256}")
        if altered:
            raise CommandError(f"{len(altered)} nội dung mất hoặc bị thay đổi.")
        self.stdout.write("Mọi nội dung còn nguyên.")
