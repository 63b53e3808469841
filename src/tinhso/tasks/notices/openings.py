"""What stands before the one who must, or before the verb (thành phần mở đầu): "Trong tháng 5, …", "Để …, …"."""

from __future__ import annotations

from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words

_AT_MOST = 3
_OPENING = pattern(r"[^,;:]{2,160}?,\s+")
_CONDITION = pattern(
    r"(?:trường\s+hợp|nếu|khi|đối\s+với|riêng)\s[^,;:]{2,120}?\s+thì\s+(?:đề\s+nghị\s+)?"
)
_WORDS = phrases(
    """
    trong | từ nay | đến | để | nhằm | trên cơ sở | căn cứ | ngay sau | trước | đối với | về |
    theo | cùng với | song song | với | sau khi | khi | quý | tháng | định kỳ | hằng | hàng |
    riêng | tại | nhận được | nếu | trường hợp | sau | từ ngày | chậm nhất | bên cạnh | ngoài |
    qua | thông qua | thực hiện tốt | thực hiện nghiêm | tiếp tục thực hiện
    """
)
_OPENINGS = pattern(rf"(?:(?:{words(*_WORDS)})|\d{{1,2}}/\d{{1,2}})\b")


def conditional_places(source: Source, clause: Span) -> list[int]:
    """The beginning, and what follows a condition: "Trường hợp không đồng thuận thì …"."""
    condition = source.match(_CONDITION, clause)
    return [clause.start, *([source.span(condition).end] if condition else [])]


def subject_places(source: Source, clause: Span) -> list[int]:
    """Where the subject or the verb may stand: at the beginning, or after an opening phrase."""
    places = conditional_places(source, clause)
    opening = source.match(_OPENING, clause)
    while opening and len(places) <= _AT_MOST:
        places.append(source.span(opening).end)
        opening = source.match(_OPENING, Span(places[-1], clause.end))
    return places


def is_opening(source: Source, span: Span) -> bool:
    """Whether that part is such an opening, or nothing."""
    return not len(span) or source.match(_OPENINGS, span) is not None
