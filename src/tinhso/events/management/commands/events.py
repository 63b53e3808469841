"""`events verify | restamp`: judge the log, and let a restored one go on."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tinhso.events import anchors, sealing
from tinhso.events.verifying import Finding, verify
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError
from tinhso.kernel.progress import ProgressLine
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from tinhso.events.chains import Range
    from tinhso.events.verifying import Verification

_SENTENCES = {
    "altered": "Sự kiện ở vị trí {position} đã bị sửa (uuid {event}).",
    "missing": "Sự kiện ở vị trí {position} đã bị xóa.",
    "added": "Sự kiện {event} bị chèn vào nhật ký, ở vị trí {position}.",
    "unplaced": "Sự kiện {event} bị chèn vào nhật ký, không qua việc xếp vị trí.",
    "chain_broken": "Chuỗi niêm phong đứt ở lô {number}, từ vị trí {position}.",
    "other_log": (
        "Thư mục neo có tệp {file} không phải của nhật ký này: chuỗi niêm phong trong cơ sở dữ liệu "
        "đã bị xóa hoặc đặt tên lại, hoặc thư mục dùng chung với nhà khác."
    ),
    "not_covered": "Không có neo cho các sự kiện từ vị trí {position}.",
}
_RENAMED = (
    "Theo tệp neo {file}, không mang tên nhật ký này: chuỗi niêm phong trong cơ sở dữ liệu đã bị xóa "
    "hoặc đặt tên lại."
)


class Command(BaseCommand):
    """Verify the log, or resume it after a restore (nhật ký)."""

    help = "Nhật ký: đối chiếu với tệp neo; tiếp tục sau khôi phục."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        check = acts.add_parser("verify", help="đối chiếu từng sự kiện với giá trị băm")
        check.add_argument(
            "--anchors",
            nargs="?",
            type=Path,
            metavar="THƯ_MỤC",
            const=settings.ANCHORS,
            help="đối chiếu với tệp neo trong thư mục (mặc định: TINHSO_ANCHORS)",
        )
        restamp = acts.add_parser("restamp", help="sau khi khôi phục cơ sở dữ liệu")
        restamp.add_argument(
            "--at",
            type=datetime.fromisoformat,
            metavar="LÚC",
            help="thời điểm, có múi giờ",
        )
        for act in (check, restamp):
            act.add_argument(
                "--json", action="store_true", dest="as_json", help="in kết quả dạng JSON"
            )

    def handle(self, *_: Any, act: str, as_json: bool, **options: Any) -> None:
        """Do the act; `verify` ends with status 1 when anything is wrong."""
        if act == "verify":
            self._verify(options["anchors"], as_json=as_json)
        else:
            self._restamp(options["at"] or timezone.now(), as_json=as_json)

    def _verify(self, folder: Path | None, *, as_json: bool) -> None:
        line = ProgressLine()
        try:
            found = verify(folder, partial(line.tell, "Đối chiếu / verifying"))
        finally:
            line.close()
        if as_json:
            self._print_json({"status": found.status, **asdict(found)})
        else:
            self._tell(found, folder)
        if found.finding is None:
            return
        if as_json:
            raise SystemExit(1)
        raise CommandError(_sentence(found.finding))

    def _tell(self, found: Verification, folder: Path | None) -> None:
        if folder:
            name = sealing.known_name()
            path = anchors.path_of(folder, name) if name else folder
            self.stdout.write(f"Tệp neo: {path}" if path.is_file() else f"Chưa có tệp neo: {path}")
        else:
            self.stdout.write(
                "Chỉ đối chiếu bên trong cơ sở dữ liệu; thêm --anchors để đối chiếu với neo."
            )
        if found.lost:
            self.stdout.write(f"Đã mất khi khôi phục: {number(found.lost)} sự kiện.")
        covered = _ranges(found.covered)
        self.stdout.write(f"Khớp {number(found.checked)} sự kiện; phạm vi: {covered}.")
        if found.finding:
            self.stdout.write("Dừng ở chỗ sai đầu tiên: những vị trí sau nó chưa đối chiếu.")
        if found.last_anchor_at:
            self.stdout.write(f"Neo cuối lúc {_moment(found.last_anchor_at)}.")
        self.stdout.write(f"Chưa được bảo vệ: {_ranges(found.uncovered)}.")
        if found.waiting:
            self.stdout.write(
                f"Đang chờ xếp vị trí, chưa được bảo vệ: {number(found.waiting)} sự kiện."
            )

    def _restamp(self, at: datetime, *, as_json: bool) -> None:
        if timezone.is_naive(at):
            raise CommandError("--at cần múi giờ, ví dụ 2025-06-30T08:00:00+07:00")
        try:
            done = sealing.resume(actor=SystemActor("restore"), at=at)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self._print_json(asdict(done))
            return
        self.stdout.write(
            f"Nhật ký tiếp tục sau vị trí {done.last}, {number(done.waiting)} sự kiện chờ xếp,"
            " chưa kể chính sự kiện khôi phục vừa ghi."
        )
        self.stdout.write(_loss(done))

    def _print_json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def _loss(done: sealing.Resumed) -> str:
    """What the anchors know and the database does not; they hold hashes, so no more than number and time."""
    if done.lost is None:
        return "Mất so với tệp neo: không rõ, không có tệp neo cũ."
    if not done.lost:
        return f"Mất so với tệp neo {done.anchors}: không mất sự kiện nào đã niêm phong."
    return (
        f"Mất so với tệp neo {done.anchors}: {number(done.lost)} sự kiện,"
        f" niêm phong từ {_moment(done.lost_since)} đến {_moment(done.lost_until)}."
        " Tệp neo chỉ giữ giá trị băm, không nói được là việc gì: hỏi người đã làm việc trong khoảng ấy để làm lại."
    )


def _moment(text: str) -> str:
    """An instant of the anchor file in the official zone, as the house writes it."""
    return f"{timezone.localtime(datetime.fromisoformat(text)):%H:%M:%S ngày %d/%m/%Y}"


def _sentence(finding: Finding) -> str:
    unplaced = finding.status == "added" and finding.position is None
    said = _SENTENCES["unplaced" if unplaced else finding.status].format(**asdict(finding))
    if finding.file is None:
        return said
    if finding.status != "other_log":
        return f"{said} {_RENAMED.format(file=finding.file)}"
    if finding.position is None:
        return said
    event = finding.event or "không còn"
    return f"{said} Vị trí đầu tiên khác tệp ấy: {finding.position} (uuid {event})."


def _ranges(found: list[Range]) -> str:
    return ", ".join(f"{first}–{last}" for first, last in found) or "không có"
