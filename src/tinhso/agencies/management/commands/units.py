"""`units boundaries FILE`: outlines of the communes from a GeoJSON file; `--remove` takes the last ones away."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.agencies import services
from tinhso.agencies.boundaries import matching
from tinhso.calendars import clock
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from tinhso.agencies.boundaries.matching import Matching

ACTOR = SystemActor("units")
SHOWN = 20


class Command(BaseCommand):
    """Outlines of units for the map of communes."""

    help = "Đơn vị hành chính: nạp ranh giới từ tệp GeoJSON để vẽ bản đồ; --remove để bỏ."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        load = acts.add_parser("boundaries", help="nạp ranh giới các xã từ tệp GeoJSON (WGS 84)")
        load.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp GeoJSON")
        load.add_argument("--source", default="", metavar="NGUỒN", help="ai làm ra ranh giới này")
        load.add_argument("--licence", default="", metavar="PHÉP", help="được dùng theo phép nào")
        load.add_argument("--on", type=date.fromisoformat, metavar="NGÀY", help="đơn vị của ngày")
        load.add_argument("--remove", action="store_true", help="bỏ bộ ranh giới nạp sau cùng")
        load.add_argument("--json", action="store_true", dest="as_json", help="in dạng JSON")

    def handle(self, *_: Any, remove: bool, file: Path | None, **options: Any) -> None:
        """What was matched and what was not; nothing is kept when the file is refused."""
        try:
            if remove:
                gone = services.remove_boundaries(actor=ACTOR, at=clock.now())
                self.stdout.write(f"Đã bỏ ranh giới của ngày {gone.on:%d/%m/%Y} ({gone.source}).")
                return
            if file is None or not options["source"].strip() or not options["licence"].strip():
                raise CommandError("Cần tệp ranh giới, --source (nguồn) và --licence (giấy phép).")
            self._load(file, **options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _load(
        self, file: Path, *, source: str, licence: str, on: date | None, as_json: bool, **_: Any
    ) -> None:
        at = clock.now()
        day = on or clock.day_of(at)
        found = services.load_boundaries(
            file, on=day, source=source, licence=licence, actor=ACTOR, at=at
        )
        if as_json:
            self.stdout.write(json.dumps(_plain(found), ensure_ascii=False))
            return
        self.stdout.write(
            f"Đã nạp ranh giới {len(found.matched)} đơn vị của ngày {day:%d/%m/%Y}; "
            f"{len(found.units)} đơn vị chưa có ranh giới, {len(found.shapes)} vùng không khớp."
        )
        for unit in found.units[:SHOWN]:
            self.stdout.write(f"  chưa có: {unit.unit_code} {unit.name}")
        for told in matching.names(found.shapes[:SHOWN]):
            self.stdout.write(f"  không khớp: {told}")


def _plain(found: Matching) -> dict[str, Any]:
    return {
        "matched": [{"code": each.unit.unit_code, "by": each.by} for each in found.matched],
        "units_without_shape": [each.unit_code for each in found.units],
        "shapes_without_unit": [
            {"number": shape.number, "code": shape.code, "name": shape.name, "why": why}
            for shape, why in found.shapes
        ],
    }
