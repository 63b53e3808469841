"""`build_demo`: the demo province, with a progress line."""

from __future__ import annotations

import json
import sys
from datetime import datetime, time
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from tinhso.calendars import clock
from tinhso.dossiers.models import Dossier
from tinhso.kernel.errors import DomainError
from tinhso.packs.errors import PacksInvalid
from tinhso.packs.loading import load
from tinhso.packs.services import apply
from tinhso.site.province.building import ACTOR, Builder, Sizes, write_note
from tinhso.site.province.catching_up import CatchingUp, Mark
from tinhso.site.province.figures import bring_in
from tinhso.site.province.leash import Leash
from tinhso.site.province.national import open_way
from tinhso.site.province.past import play_past
from tinhso.site.province.sharing import play_beside
from tinhso.site.province.signing_in import give_passwords

if TYPE_CHECKING:
    from argparse import ArgumentParser

BAR = 30


class Command(BaseCommand):
    """Dựng tỉnh mẫu."""

    help = "Dựng tỉnh mẫu: đơn vị, gói nghiệp vụ, người, hồ sơ mô phỏng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help="ngày nghiệp vụ của ngôi nhà (năm-tháng-ngày)")
        parser.add_argument("--history", type=int, default=Sizes.history)
        parser.add_argument("--live", type=int, default=Sizes.live)
        parser.add_argument("--by-services", type=int, default=Sizes.by_services)
        parser.add_argument(
            "--part",
            choices=["all", "history", "go-on", "way", "packs", "passwords"],
            default="all",
            help="phần việc của tiến trình này",
        )
        parser.add_argument(
            "--catalogue",
            type=Path,
            help="danh mục thủ tục quốc gia cần nhập (xem import-procedures)",
        )
        parser.add_argument("--until", help="thời điểm dừng, khi chỉ dựng một phần")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("chỉ dựng tỉnh mẫu trong ngôi nhà của ./tinhso demo")
        if options["part"] == "history":
            until = datetime.fromisoformat(options["until"])
            sizes = Sizes(options["history"], options["live"], options["by_services"])
            builder = Builder(until, sizes, self._progress, catalogue=options["catalogue"])
            leash = Leash(sys.stdin.fileno())
            play_past(builder)
            play_beside(builder, leash.wait)
            return
        if options["part"] == "way":
            open_way(actor=ACTOR, now=timezone.now())
            return
        if options["part"] == "passwords":
            give_passwords(settings.HOME, at=clock.now())
            return
        if options["part"] == "go-on":
            self._go_on()
            return
        if options["part"] == "packs":
            self._apply_packs()
            return
        if Dossier.objects.exists():
            raise CommandError("đã có hồ sơ; ./tinhso demo --fresh để dựng lại từ đầu")
        began = monotonic()
        sizes = Sizes(options["history"], options["live"], options["by_services"])
        builder = Builder(
            _until(options["at"]), sizes, self._progress, catalogue=options["catalogue"]
        )
        builder.build()
        open_way(actor=ACTOR, now=timezone.now())
        self._progress("Số liệu", 0, 1)
        bring_in(builder.until, actor=ACTOR)
        self._progress("Số liệu", 1, 1)
        self._progress("Kiểm tra, vướng mắc", 0, 1)
        builder.inspect()
        self._progress("Kiểm tra, vướng mắc", 1, 1)
        write_note(builder, settings.HOME)
        _make_durable()
        self._tell(Dossier.objects.count(), monotonic() - began)

    def _go_on(self) -> None:
        """A house that was built before there was a mark stays as it is."""
        began = monotonic()
        note = json.loads((settings.HOME / "demo.json").read_text())
        if "parties" not in note:
            return
        first, last = note["parties"]
        mark = Mark(note["last_event"], (first, last))
        moved = CatchingUp(mark, clock.now(), self._progress).catch_up()
        if moved:
            self._tell(moved, monotonic() - began)

    def _apply_packs(self) -> None:
        """Refused, it is said why: a house keeps what was published in it."""
        try:
            apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=clock.now())
        except PacksInvalid as refusal:
            raise CommandError("\n".join(map(str, (*refusal.problems, refusal)))) from None
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None

    def _tell(self, dossiers: int, seconds: float) -> None:
        said = f"  {dossiers:,} hồ sơ trong {seconds:.0f} giây.".replace(",", ".")
        self.stdout.write(f"{said} / {dossiers} dossiers in {seconds:.0f} s.")

    def _progress(self, what: str, done: int, whole: int) -> None:
        filled = BAR * done // whole if whole else BAR
        share = f"{done:,}/{whole:,}".replace(",", ".")
        # Two processes write here: a line each time, none over another.
        self.stdout.write(f"  [{'█' * filled}{'·' * (BAR - filled)}] {what} {share}")
        self.stdout.flush()


def _make_durable() -> None:
    """What was committed without waiting for the disk is there once a later commit has waited for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_current_xact_id()")


def _until(day: str | None) -> datetime:
    """Now, or the end of work on the day that is played."""
    now = clock.now()
    if day is None:
        return now
    played = datetime.fromisoformat(day).date()
    return (
        now
        if clock.day_of(now) == played
        else datetime.combine(played, time(16, 30), tzinfo=clock.OFFICIAL_ZONE)
    )
