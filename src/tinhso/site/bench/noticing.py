"""`./tinhso bench notice`: how long a long notice takes to be read, from file to tasks. No database is asked."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.arguments import Arguments
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET_S = 2.0
LETTERS = 3_000
"""Letters of a page of A4 in the size of official papers."""
HEAD = """ỦY BAN NHÂN DÂN TỈNH
THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh tại phiên họp về chuyển đổi số
Số: 900/TB-UBND
ngày 04 tháng 8 năm 2025
Đồng chí Chủ tịch UBND tỉnh kết luận, chỉ đạo như sau:
"""
GROUP = """{n}. Sở Khoa học và Công nghệ:
a) Chủ trì, phối hợp với Công an tỉnh, Sở Tài chính rà soát {n} hệ thống theo Kế hoạch số {n}/KH-UBND ngày \
22/01/2025, hoàn thành trước ngày 15/9/2025.
b) Nâng cấp đường truyền cho {n} xã miền núi, báo cáo kết quả định kỳ hằng tháng.
{n}.1. Các Sở Tư pháp, Y tế, Nông nghiệp và Môi trường số hóa hồ sơ còn hiệu lực, xong trong quý IV/2025.
- UBND các xã, phường, đặc khu bố trí tối thiểu hai quầy tiếp nhận; công khai số hồ sơ trễ hạn, cập nhật hằng tuần.
Trong thời gian qua, các cơ quan đã tích cực triển khai; tỷ lệ hồ sơ đúng hạn tăng so với cùng kỳ năm trước.
"""


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = Arguments("bench notice")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    found = measure(wanted.pages, wanted.samples)
    say(json.dumps(found, ensure_ascii=False, indent=None if wanted.json else 1))
    return 0


def measure(pages: int, samples: int) -> dict[str, Any]:
    """The median and the slowest of the readings, from plain text and from a Word file."""
    text = written(pages)
    load = [round(each, 2) for each in os.getloadavg()]
    with tempfile.TemporaryDirectory(prefix="tinhso-bench-") as folder:
        plain, word = Path(folder) / "notice.txt", Path(folder) / "notice.docx"
        plain.write_text(text, encoding="utf-8")
        _as_word(text, word)
        taken = {path.suffix[1:]: _read(path, samples) for path in (plain, word)}
    return {
        "pages": pages,
        "letters": len(text),
        **taken,
        "target_s": TARGET_S,
        "load_average": [load, [round(each, 2) for each in os.getloadavg()]],
    }


def written(pages: int) -> str:
    """A notice of so many pages: orders to many bodies, with days, references, praise between them."""
    made, number = HEAD, 0
    while len(made) < pages * LETTERS:
        number += 1
        made += GROUP.format(n=number)
    return made


def _as_word(text: str, path: Path) -> None:
    import docx  # noqa: PLC0415 - heavy: only this measure pays for it

    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(line)
    paper.save(str(path))


def _read(path: Path, samples: int) -> dict[str, Any]:
    from tinhso.tasks.notices.extraction import extract  # noqa: PLC0415 - asks Django's settings
    from tinhso.tasks.notices.intake import read_file  # noqa: PLC0415

    taken, tasks = [], 0
    for _ in range(samples):
        began = time.perf_counter()
        tasks = len(extract(read_file(path)))
        taken.append(time.perf_counter() - began)
    taken.sort()
    return {
        "tasks": tasks,
        "p50_s": round(taken[len(taken) // 2], 2),
        "worst_s": round(taken[-1], 2),
    }
