"""Sentences about work that was ordered before them (câu nói về việc đã giao): by when it is done, who follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tinhso.tasks.notices.bodies import bodies_at
from tinhso.tasks.notices.body_words import GENERIC
from tinhso.tasks.notices.deadlines import Deadline, find_deadline, is_only_deadline
from tinhso.tasks.notices.mentions import follower
from tinhso.tasks.notices.source import Source, Span, pattern, words
from tinhso.tasks.notices.verbs import REQUEST


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said, and of which work: the items of these numbers, all that stands above, or the last."""

    deadline: Deadline | None = None
    follower: Span | None = None
    items: tuple[str, ...] = ()
    is_of_all: bool = False


def closing(source: Source, sentence: Span, *, written: date | None) -> Closing | None:
    """What a sentence says of work before it, or None where it orders work of its own."""
    who = follower(source, sentence)
    if who:
        of_all = source.search(_SEVERAL, sentence) is not None
        return Closing(follower=who, items=_items(source, sentence), is_of_all=of_all)
    is_all = source.match(_ALL_ABOVE, sentence) or source.search(_COMPLETES, sentence)
    items = _items(source, sentence) if source.match(_OF_ITEMS, sentence) else ()
    if not (is_only_deadline(source, sentence) or is_all or items) or _orders(source, sentence):
        return None
    deadline = find_deadline(source, sentence, written=written, taken=[])
    is_of_all = is_all is not None
    return Closing(deadline=deadline, items=items, is_of_all=is_of_all) if deadline else None


def is_among(items: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether what stands under these numbers ("II", "3", "a") is of one of those items ("3", "II.3")."""
    return any(_stands_in(item, path) for item in items)


def _stands_in(item: str, path: tuple[str, ...]) -> bool:
    roman, dot, number = item.partition(".")
    if dot and roman.isalpha():
        return roman in path and _stands_in(number, path)
    return any(label == item or label.startswith(f"{item}.") for label in path)


def _orders(source: Source, sentence: Span) -> bool:
    """As in "Các nhiệm vụ tại mục 3, giao Sở Y tế …": a body of its own is asked."""
    for asked in source.every(REQUEST, sentence):
        rest = source.trimmed(Span(source.span(asked).end, sentence.end))
        if bodies_at(source, rest) and source.match(GENERIC, rest) is None:
            return True
    return False


def _items(source: Source, sentence: Span) -> tuple[str, ...]:
    named = source.search(_ITEMS, sentence)
    if named is None:
        return ()
    said = source.of(source.span(named, "list"))
    ranges = _RANGE.fullmatch(said.strip())
    if ranges:
        first, last = (int(ranges.group(name)) for name in ("first", "last"))
        return tuple(str(one) for one in range(first, last + 1))
    return tuple(_NUMBERS.findall(said))


_WORK = words("nội dung", "nhiệm vụ", "công việc", "việc", "phần việc", "yêu cầu", "vấn đề")
_BEGINS = (
    r"(?:(?:đối\s+với|riêng|về)\s+)?"
    rf"(?:{words('thời hạn', 'thời gian', 'hạn', 'tiến độ')}\s+(?:(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo)\s+)?"
    r"(?:(?:của|đối\s+với|cho)\s+)?)?(?:tất\s+cả\s+|toàn\s+bộ\s+)?(?:(?:các|những)\s+)?"
)
_ABOVE = r"(?:(?:nêu|nói|kể)\s+trên|trên(?!\s+(?:địa|toàn|cơ|mạng|môi))|này)\b"
_ALL_ABOVE = pattern(rf"{_BEGINS}{_WORK}\s+{_ABOVE}")
_COMPLETES = pattern(
    rf"(?:hoàn\s+thành|thực\s+hiện\s+xong)\s+(?:các|những|toàn\s+bộ)\s+{_WORK}\s+{_ABOVE}"
)
_SEVERAL = pattern(rf"(?:các|những)\s+{_WORK}")
_NUMBER = r"(?:[ivx]{1,4}\.)?\d{1,2}(?:\.\d{1,2})*(?!\d|\s*[/%]|\s+(?:năm|tháng|ngày))|[ivx]{1,4}\b|[a-zđ]\b"
_PLACE = words("mục", "điểm", "khoản", "ý", "mục số", "nhiệm vụ số", "nội dung số", "số thứ tự")
_ITEMS = pattern(
    rf"\b{_PLACE}\s+(?P<list>(?:{_NUMBER})(?:\s*(?:,|;|và|-|đến)\s*(?:{_PLACE}\s+)?(?:{_NUMBER}))*)"
)
_OF_ITEMS = pattern(
    rf"{_BEGINS}(?:{_WORK}\s+)?(?:(?:nêu\s+)?(?:tại|ở|trong|thuộc)\s+)?(?:các\s+)?{_PLACE}\s+(?:{_NUMBER})"
)
_NUMBERS = re.compile(r"(?:[IVX]{1,4}\.)?\d{1,2}(?:\.\d{1,2})*|\b[IVX]{1,4}\b|\b[a-zđ]\b")
_RANGE = re.compile(r"(?P<first>\d{1,2})\s*(?:-|–|đến)\s*(?P<last>\d{1,2})")
