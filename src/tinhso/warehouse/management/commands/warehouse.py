"""`warehouse sync | rebuild | check | compact | views`: the files of facts, by hand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tinhso.kernel.errors import DomainError
from tinhso.warehouse import checking, compacting, declaring, reading, syncing, viewing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.warehouse.declaring import FactTable

ACTS = {
    "sync": "đưa vào kho những gì nhật ký kể từ lần trước",
    "rebuild": "đọc lại toàn bộ từ cơ sở dữ liệu",
    "check": "đối chiếu tổng và mẫu với cơ sở dữ liệu",
    "compact": "gộp các tệp nhỏ, xóa tệp không còn ai cần",
}


class Command(BaseCommand):
    """Keep the warehouse (kho dữ liệu dùng chung)."""

    help = "Kho số liệu: cập nhật, dựng lại, đối chiếu, gộp tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        views = acts.add_parser(
            "views", help="ghi tệp DuckDB có khung nhìn trên từng bảng, cho phần mềm khác đọc"
        )
        views.add_argument("file", metavar="TỆP", type=Path, help="tên tệp, thường là .duckdb")
        for name, words in ACTS.items():
            act = acts.add_parser(name, help=words)
            act.add_argument(
                "tables", nargs="*", metavar="BẢNG", help="mã bảng; không ghi là tất cả"
            )
            act.add_argument(
                "--json", action="store_true", dest="as_json", help="in kết quả dạng JSON"
            )

    def handle(
        self,
        *_: Any,
        act: str,
        tables: Sequence[str] = (),
        as_json: bool = False,
        file: Path | None = None,
        **__: Any,
    ) -> None:
        """Do the act on each table; `check` ends with status 1 when anything differs."""
        try:
            if file is not None:
                names = viewing.write_views(declaring.registry.values(), file)
                self.stdout.write(f"{file}: {', '.join(names)}")
                return
            chosen = [reading.table_of(code) for code in tables] or declaring.registry.values()
            results = {table.code: self._do(act, table) for table in chosen}
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2, default=str))
        for code, result in results.items():
            if not as_json:
                self.stdout.write(
                    f"{code}: " + ", ".join(f"{key} {value}" for key, value in result.items())
                )
        if any(result.get("is_right") is False for result in results.values()):
            raise CommandError("Kho số liệu không khớp với cơ sở dữ liệu.")

    def _do(self, act: str, table: FactTable) -> dict[str, Any]:
        at = timezone.now()
        match act:
            case "sync":
                done = syncing.sync(table, at=at, wait=True)
                while done.more:
                    done = syncing.sync(table, at=at, wait=True)
                return asdict(done)
            case "rebuild":
                return asdict(syncing.rebuild(table, at=at, wait=True))
            case "compact":
                return asdict(compacting.compact(table, at=at, wait=True))
            case _:
                found = checking.check(table)
                return asdict(found) | {"is_right": found.is_right}
