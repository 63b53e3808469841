"""`./tinhso import-log FILE`: what another system's event log holds (nhập nhật ký hồ sơ)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.dossiers.importing.figures import Figures, count
from tinhso.dossiers.importing.mapping import LogMap, read_map
from tinhso.dossiers.importing.reading import read
from tinhso.kernel.errors import DomainError


class Command(BaseCommand):
    """Read a log and say what it amounts to; `--dry-run` asks no database."""

    help = "Đọc nhật ký sự kiện (XES, CSV, có thể nén .gz) của hệ thống khác thành lịch sử hồ sơ."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, how to read it, and how to answer."""
        parser.add_argument("file", type=Path, help="tệp .xes, .xes.gz, .csv hoặc .csv.gz")
        parser.add_argument("--map", type=Path, dest="map_file", help="bảng ánh xạ cột (YAML)")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và đếm, không ghi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(
        self,
        *_args: Any,
        file: Path,
        map_file: Path | None,
        dry_run: bool,
        **options: Any,
    ) -> None:
        """Read the whole log; the first thing amiss is one line and the exit code 1."""
        if not dry_run:
            raise CommandError("Hãy thêm --dry-run: lệnh này mới đọc và đếm, chưa ghi.")
        try:
            figures = count(read(file, read_map(map_file) if map_file else LogMap()))
        except DomainError as refusal:
            raise CommandError(f"{refusal} [{refusal.code}]") from None
        if options["json"]:
            self.stdout.write(json.dumps(figures.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(table(figures))


def table(figures: Figures) -> str:
    """The figures in lines for a person."""
    lines = [
        ("Hồ sơ", f"{figures.cases}"),
        ("Sự kiện", f"{figures.events}"),
        ("Bước khác nhau", f"{figures.activities}"),
        ("Cách đi khác nhau", f"{figures.variants}"),
        ("Từ", f"{figures.first}"),
        ("Đến", f"{figures.last}"),
        ("Thời gian giải quyết", f"trung vị {figures.median_days:.2f} ngày"),
        ("", f"95% hồ sơ không quá {figures.p95_days:.2f} ngày"),
        ("Đúng hạn", f"{figures.on_time} trên {figures.with_deadline} hồ sơ có hạn và ngày xong"),
    ]
    return "\n".join(f"{name:<22}{value}" for name, value in lines)
