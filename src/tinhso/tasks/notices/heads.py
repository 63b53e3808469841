"""What a text says of itself (phần đầu văn bản): number, day, issuer, kind, subject. Empty where it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tinhso.kernel.folding import fold
from tinhso.tasks.notices.deadlines import dateline
from tinhso.tasks.notices.source import Source

_TOP = 3000
_NUMBER = re.compile(r"^\s*Số\s*:?\s*(\d{1,5}\s*[-/]\s*[\w&/-]+)", re.IGNORECASE | re.MULTILINE)
_OWN_NUMBER = 12  # lines: further down stand the numbers of other documents
_KINDS = (
    ("notice", "THÔNG BÁO"),
    ("plan", "KẾ HOẠCH"),
    ("resolution", "NGHỊ QUYẾT"),
    ("directive", "CHỈ THỊ"),
    ("decision", "QUYẾT ĐỊNH"),
)
_MOTTO = ("CỘNG HÒA", "CỘNG HOÀ", "ĐỘC LẬP", "ĐẢNG CỘNG SẢN")
_ISSUERS = (
    "ỦY BAN",
    "UỶ BAN",
    "UBND",
    "VĂN PHÒNG",
    "SỞ ",
    "BAN ",
    "HỘI ĐỒNG",
    "ĐẢNG ỦY",
    "TỈNH ỦY",
)
_LONGEST = 500
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_LEVELS = (
    (1, ("chinh phu", "thu tuong", "quoc hoi", "bo", "trung uong")),
    (2, ("tinh", "so")),
    (3, ("huyen", "thi xa")),
    (4, ("xa", "phuong", "dac khu")),
)
"""Numbers of `agencies.models.Level`; "thành phố" may be of two levels and says none."""


@dataclass(frozen=True)
class Head:
    """The head of a text as read; every field may be empty."""

    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    level: int | None = None


def read_head(text: str, *, today: date) -> Head:
    """What the first lines say; nothing is guessed. A day to come is a deadline, not the day of the text."""
    lines = [" ".join(line.split()) for line in text[:_TOP].splitlines()]
    lines = [line for line in lines if line]
    kind, title = _kind_and_title(lines)
    number = _NUMBER.search("\n".join(lines[:_OWN_NUMBER]))
    written, issuer = dateline(Source(text)), _issuer(lines)
    return Head(
        kind=kind,
        number=re.sub(r"\s+", "", number.group(1)) if number else "",
        issued_on=written if written and written <= today else None,
        issuer=issuer,
        title=title[:_LONGEST],
        level=level_of(issuer),
    )


def level_of(issuer: str) -> int | None:
    """The level (cấp ban hành) that the name of an issuer says, the lowest named; None where it says none."""
    said = f" {_NOT_WORDS.sub(' ', fold(issuer))} "
    found = [level for level, words in _LEVELS if any(f" {word} " in said for word in words)]
    return max(found, default=None)


def _kind_and_title(lines: list[str]) -> tuple[str, str]:
    for index, line in enumerate(lines):
        for kind, word in _KINDS:
            if line == word:
                return kind, lines[index + 1] if index + 1 < len(lines) else ""
            if line.startswith(f"{word} ") and line == line.upper():
                return kind, line.removeprefix(word).strip().capitalize()
    return "", ""


def _issuer(lines: list[str]) -> str:
    """The lines in capitals on top, but the motto of the state."""
    found = []
    for line in lines[:6]:
        upper = line.upper()
        if upper.startswith(_MOTTO) or _NUMBER.search(line) or line != upper:
            break
        if upper.startswith(_ISSUERS):
            found.append(line)
    return ", ".join(found)
