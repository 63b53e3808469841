"""`load_units [--on DATE]`: the shipped directory of Kon Tum and Quảng Ngãi."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from tinhso.agencies.services import load_units
from tinhso.calendars import clock
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load the units and carry out the reforms that are past on the day."""

    help = "Nạp danh mục đơn vị và cơ quan của Kon Tum, Quảng Ngãi tính đến một ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="NGÀY",
            help="ngày, dạng 2025-06-30",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        at = clock.now()
        on = options["on"] or clock.day_of(at)
        loaded = load_units(on=on, actor=SystemActor("load_units"), at=at)
        reforms = ", ".join(loaded.reforms) or "không có"
        self.stdout.write(
            f"Đã thêm {loaded.agencies} cơ quan, {loaded.fields} lĩnh vực; "
            f"phương án đã thực hiện: {reforms}."
        )
