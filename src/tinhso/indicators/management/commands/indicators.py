"""`indicators verify | list | close | restatements`: figures by hand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.calendars import clock
from tinhso.indicators import catalogue, restating, services, verifying
from tinhso.indicators.definitions import Status
from tinhso.indicators.pages import intervals, restated
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError

ACTOR = SystemActor("indicators")
SHOWN = 20
_STATUS = {
    Status.COMPUTED: "tính được",
    Status.ESTIMATE: "ước tính nội bộ",
    Status.NO_SOURCE: "chưa có nguồn",
}


class Command(BaseCommand):
    """Look at figures (chỉ tiêu), or count every cell again."""

    help = "Chỉ tiêu: liệt kê; đếm lại từng ô và đối chiếu; chốt kỳ; số đã chốt nay khác đi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        verify = acts.add_parser("verify", help="đếm lại từng ô từ cơ sở dữ liệu và đối chiếu")
        verify.add_argument(
            "codes", nargs="*", metavar="MÃ", help="mã chỉ tiêu; không ghi là tất cả"
        )
        verify.add_argument("--from", dest="first", type=date.fromisoformat, help="từ ngày")
        verify.add_argument("--until", dest="last", type=date.fromisoformat, help="đến ngày")
        verify.add_argument(
            "--json", action="store_true", dest="as_json", help="in kết quả dạng JSON"
        )
        acts.add_parser("list", help="mọi chỉ tiêu: tính được, ước tính, chưa có nguồn")
        close = acts.add_parser("close", help="chốt số liệu một kỳ")
        told = acts.add_parser("restatements", help="số đã chốt nay khác đi, vì sao")
        for one in (close, told):
            one.add_argument("period", metavar="KỲ", help="2026-10, 2026-Q3, 2026, ngày_ngày")
            one.add_argument(
                "--json", action="store_true", dest="as_json", help="in kết quả dạng JSON"
            )

    def handle(self, *_: Any, act: str, **options: Any) -> None:
        """`verify` ends with status 1 when any cell differs."""
        try:
            match act:
                case "list":
                    self._list()
                case "close":
                    self._close(**options)
                case "restatements":
                    self._restatements(**options)
                case _:
                    self._verify(**options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self) -> None:
        for each in catalogue.in_force().values():
            figures = ", ".join(each.figures) or "—"
            told = f"{each.code} {each.version}: {each.name} ({each.unit}); {_STATUS[each.status]}"
            waits = f"; cần: {each.needs}" if each.needs else ""
            self.stdout.write(f"{told}; {figures}{waits}")

    def _close(self, *, period: str, as_json: bool, **_: Any) -> None:
        interval = intervals.named(period)
        closing = services.close_period(
            interval.first, interval.last, title=interval.name, actor=ACTOR, at=clock.now()
        )
        figures = closing.figures.count()
        if as_json:
            told = {"period": interval.key, "figures": figures, "at": closing.at.isoformat()}
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(f"Đã chốt {interval.name}: {figures} số liệu.")

    def _restatements(self, *, period: str, as_json: bool, **_: Any) -> None:
        interval = intervals.named(period)
        closing = restating.closing_of(interval.first, interval.last)
        found = restating.restatements(closing, actor=ACTOR, at=clock.now())
        if as_json:
            self.stdout.write(json.dumps([restated.plain(each) for each in found]))
            return
        for each in restated.told(interval, found, at=clock.now()):
            reasons = "; ".join(f"{word}: {n}" if n else word for word, n, _href in each.reasons)
            self.stdout.write(
                f"{each.title}, {each.agency}: {each.closed} → {each.now} ({reasons})"
            )
        self.stdout.write(f"{interval.name}: {len(found)} số đã chốt nay khác đi.")

    def _verify(
        self,
        *,
        codes: list[str],
        first: date | None,
        last: date | None,
        as_json: bool,
        **_: Any,
    ) -> None:
        known = catalogue.in_force()
        chosen = [catalogue.indicator(code) for code in codes] or list(known.values())
        told = (lambda _line: None) if as_json else self.stdout.write
        done = verifying.verify(chosen, at=clock.now(), first=first, last=last, told=told)
        different = len(done.different)
        if as_json:
            answer = {"cells": done.cells, "equal": done.equal, "different": different}
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(f"{done.cells} ô, {done.equal} khớp, {different} lệch.")
        for each in done.different[:SHOWN]:
            self.stderr.write(f"{each.cell} ({each.by}): {each.shown} ≠ {each.found}")
        if different:
            raise CommandError("Có ô không khớp với bản ghi.")
