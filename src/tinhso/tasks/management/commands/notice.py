"""`./tinhso notice extract FILE`: the tasks of a conclusion notice (trích nhiệm vụ từ thông báo kết luận)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.kernel.errors import DomainError
from tinhso.tasks.notices.extraction import extract
from tinhso.tasks.notices.intake import read_file
from tinhso.tasks.notices.task import Task


class Command(BaseCommand):
    """Read a notice and print its tasks; no database is asked, nothing is kept."""

    help = "Trích nhiệm vụ từ một thông báo kết luận (văn bản thuần, .docx, PDF có chữ)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do with which file, and how to answer."""
        parser.add_argument("act", choices=["extract"], metavar="extract", help="trích nhiệm vụ")
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .txt, .docx hoặc .pdf")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        """What is wrong with the file is one line and the exit code 1."""
        try:
            tasks = extract(read_file(file))
        except DomainError as refusal:
            raise CommandError(f"{refusal} [{refusal.code}]") from None
        if options["json"]:
            self.stdout.write(
                json.dumps([task.as_json() for task in tasks], ensure_ascii=False, indent=1)
            )
        else:
            self.stdout.write(
                "\n".join(line for task in tasks for line in _lines(task))
                or "Không thấy nhiệm vụ nào."
            )


def _lines(task: Task) -> list[str]:
    """A task for a person: its words, and under them what was read from them."""
    due = task.deadline_on.strftime("%d/%m/%Y") if task.deadline_on else ""
    told = (
        ("Nhóm", task.group),
        ("Chủ trì", "; ".join(task.lead)),
        ("Phối hợp", "; ".join(task.coordinate)),
        (
            "Thời hạn",
            " → ".join(part for part in (" ".join((task.deadline or "").split()), due) if part),
        ),
        ("Căn cứ", "; ".join(task.references)),
        ("Theo dõi", task.supervisor or ""),
    )
    return [
        "• " + " ".join(task.text.split()),
        *(f"    {name}: {value}" for name, value in told if value),
        "",
    ]
