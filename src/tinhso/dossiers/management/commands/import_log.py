"""`./tinhso import-log FILE`: another system's event log as imported history (nhập nhật ký hồ sơ)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from tinhso.calendars import clock
from tinhso.dossiers.importing.figures import Figures, Tally, count
from tinhso.dossiers.importing.mapping import LogMap, read_map
from tinhso.dossiers.importing.placing import fitting
from tinhso.dossiers.importing.reading import read
from tinhso.dossiers.queries.history import agency_by_any_code
from tinhso.dossiers.services.importing import Watch, import_history, remove_history
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError
from tinhso.kernel.progress import ProgressLine
from tinhso.ui import formatting

if TYPE_CHECKING:
    from tinhso.dossiers.models import ImportBatch

ACTOR = SystemActor("import-log")
NEEDED = (
    "Để ghi vào CSDL, cần --agency MÃ (cơ quan giải quyết) và --procedure MÃ (thủ tục), vì nhật ký không nói;"
    " chỉ đọc và đếm: --dry-run."
)


class Command(BaseCommand):
    """Read a log, write it as history, or take a batch out; `--dry-run` asks no database."""

    help = "Nhập nhật ký sự kiện (XES, CSV, có thể nén .gz) của hệ thống khác thành lịch sử hồ sơ."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, how to read it, where it is laid to, and how to answer."""
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="TỆP", help="tệp .xes, .xes.gz, .csv hoặc .csv.gz"
        )
        parser.add_argument(
            "--map", type=Path, dest="map_file", metavar="TỆP", help="bảng ánh xạ cột (YAML)"
        )
        parser.add_argument(
            "--agency", default="", metavar="MÃ", help="mã cơ quan giải quyết, ví dụ H48.36"
        )
        parser.add_argument(
            "--procedure", default="", metavar="MÃ", help="mã thủ tục, ví dụ 1.004873"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và đếm, không ghi")
        parser.add_argument("--undo", type=UUID, metavar="ĐỢT", help="hủy một đợt đã nhập")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, file: Path | None, undo: UUID | None, **options: Any) -> None:
        """Do one of the three; the first thing amiss is one line and the exit code 1."""
        watch = Teller()
        try:
            if file is not None and undo is None:
                figures, batch = bring(file, options, watch)
            elif undo is not None and file is None:
                figures, batch = None, remove_history(undo, actor=ACTOR, at=clock.now())
            else:
                raise CommandError("Hãy cho một tệp nhật ký, hoặc --undo ĐỢT.")
        except DomainError as refusal:
            raise CommandError(f"{refusal} [{refusal.code}]") from None
        finally:
            watch.close()
        if options["json"]:
            self.stdout.write(json.dumps(as_json(figures, batch), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(figures, batch)))


class Teller(Watch):
    """Tells at the terminal how far it has come."""

    def __init__(self) -> None:
        self.line = ProgressLine()

    def comparing(self, done: int, whole: int) -> None:
        self.line.tell("Xem tệp đã nhập chưa / known before?", done, whole)

    def reading(self, done: int, whole: int) -> None:
        self.line.tell("Đọc hồ sơ / reading", done, whole)

    def publishing(self) -> None:
        if self.line.is_told:
            self.line.say("Ghi vào cơ sở dữ liệu… / writing…")

    def close(self) -> None:
        self.line.close()


def bring(file: Path, options: dict[str, Any], watch: Watch) -> tuple[Figures, ImportBatch | None]:
    """Read the whole log, and write it unless it is a dry run."""
    log_map = read_map(options["map_file"]) if options["map_file"] else LogMap()
    if options["dry_run"]:
        return count(fitting(read(file, log_map, watch.reading), file.name), clock.now()), None
    if not (options["agency"] and options["procedure"]):
        raise CommandError(NEEDED)
    at = clock.now()
    tally = Tally(at)
    batch = import_history(
        file,
        agency=agency_by_any_code(options["agency"]).pk,
        procedure=options["procedure"],
        actor=ACTOR,
        at=at,
        log_map=log_map,
        tally=tally,
        watch=watch,
    )
    return tally.figures(), batch


def as_json(figures: Figures | None, batch: ImportBatch | None) -> dict[str, Any]:
    """What was counted, and the batch that was made; after an undo the batch that is gone."""
    if batch is None:
        return figures.as_json() if figures else {}
    if figures is None:
        return {"removed": f"{batch.uuid}", "cases": batch.cases, "events": batch.steps}
    return {**figures.as_json(), "batch": f"{batch.uuid}"}


def lines(figures: Figures | None, batch: ImportBatch | None) -> list[str]:
    """The same for a person."""
    told = table(figures) if figures else []
    if batch is None:
        return told
    if figures is None:
        cases, steps = formatting.number(batch.cases), formatting.number(batch.steps)
        return [f"Đã hủy đợt {batch.uuid}: {cases} hồ sơ, {steps} bước."]
    return [
        *told,
        "",
        f"Đã nhập đợt {batch.uuid}. Để hủy: ./tinhso import-log --undo {batch.uuid}",
    ]


def table(figures: Figures) -> list[str]:
    """The figures in lines."""
    number = formatting.number
    rows = [
        ("Hồ sơ", number(figures.cases)),
        ("Sự kiện", number(figures.events)),
        ("Bước khác nhau", number(figures.activities)),
        ("Cách đi khác nhau", number(figures.variants)),
        ("Từ", formatting.moment(figures.first)),
        ("Đến", formatting.moment(figures.last)),
        ("Thời gian giải quyết", f"trung vị {number(figures.median_days, 2)} ngày"),
        ("", f"95% hồ sơ không quá {number(figures.p95_days, 2)} ngày"),
        (
            "Đúng hạn",
            f"{number(figures.on_time)} trên {number(figures.with_deadline)} hồ sơ có hạn và ngày xong",
        ),
    ]
    if figures.unlikely_days:
        rows.append(("Ngày cần xem lại", figures.unlikely_days))
    return [f"{name:<22}{value}" for name, value in rows]
