"""`./tinhso import-procedures FILE`: the national catalogue of procedures (nhập danh mục thủ tục hành chính)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.calendars import clock
from tinhso.dossiers.catalogue.reading import Figures, count
from tinhso.dossiers.services.catalogue import import_catalogue
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError

ACTOR = SystemActor("import-procedures")
KINDS = {
    "level": "Cấp thực hiện",
    "object": "Đối tượng",
    "channel": "Cách nộp",
    "deadline": "Thời hạn",
    "fee": "Phí, lệ phí",
    "paper": "Giấy tờ",
    "copies": "Số bản",
    "form": "Mẫu đơn",
    "basis": "Căn cứ pháp lý",
    "basis_day": "Ngày ban hành",
    "outcome": "Kết quả",
}


class Command(BaseCommand):
    """Read a catalogue and keep what is new or changed; `--dry-run` asks no database."""

    help = "Nhập danh mục thủ tục hành chính quốc gia (JSON, JSONL, thư mục, .zip, .tar, có thể nén .gz)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether to write, and how to answer."""
        parser.add_argument(
            "file", type=Path, metavar="TỆP", help="tệp .json, .jsonl, thư mục hoặc tệp nén"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và đếm, không ghi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        """The first thing amiss is one line and the exit code 1; then nothing was written."""
        try:
            figures = (
                count(file)
                if options["dry_run"]
                else import_catalogue(file, actor=ACTOR, at=clock.now())
            )
        except DomainError as refusal:
            raise CommandError(f"{refusal} [{refusal.code}]") from None
        told = figures.as_json()
        if not options["dry_run"]:
            told |= {"added": figures.added, "changed": figures.changed}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(figures, is_written=not options["dry_run"])))


def lines(figures: Figures, *, is_written: bool) -> list[str]:
    """The figures for a person."""
    share = 100 * figures.unread.total() / max(figures.fields, 1)
    told = [
        (
            f"{figures.procedures} thủ tục, {figures.fields} mục có nội dung,"
            f" {figures.unread.total()} mục không đọc được ({share:.1f} %)."
        ),
        "",
        f"{'Mục':<18}{'Đọc được':>10}{'Không đọc được':>17}{'Nguồn để trống':>17}",
    ]
    told += [
        f"{name:<18}{figures.read[kind]:>10}{figures.unread[kind]:>17}{figures.empty[kind]:>17}"
        for kind, name in KINDS.items()
    ]
    if is_written:
        told += ["", f"Thêm {figures.added} thủ tục, {figures.changed} thủ tục thay đổi."]
    return told
