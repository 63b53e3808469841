"""What a sentence refers to: documents by number and date, and who is to follow (văn bản, người theo dõi)."""

from __future__ import annotations

from tinhso.tasks.notices.source import Source, Span, pattern, words

_KINDS = (
    *(
        "nghị quyết",
        "nghị định",
        "quyết định",
        "chỉ thị",
        "kế hoạch",
        "công văn",
        "thông báo",
        "thông tư",
    ),
    *(
        "công điện",
        "kết luận",
        "quy định",
        "hướng dẫn",
        "báo cáo",
        "tờ trình",
        "chương trình",
        "văn bản",
        "luật",
    ),
)
REFERENCE = pattern(
    rf"{words(*_KINDS)}\s+(?:liên\s+tịch\s+)?(?:số\s*:?\s*)?\d{{1,5}}\s*[/-]\s*[\w&]+(?:\s?[/-]\s?[\w&]+)*"
    r"(?:,?\s+ngày\s+(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
)
_PERSON = r"(?:các\s+)?(?:đồng\s+chí|đ/c|ông|bà)\s+(?P<who>[^;:.]{3,140}?)"
FOLLOWED = pattern(
    rf"{_PERSON}\s*,?\s+(?:trực\s+tiếp\s+|thường\s+xuyên\s+)?"
    r"(?:theo\s+dõi|chỉ\s+đạo|phụ\s+trách|đôn\s+đốc|giám\s+sát)\s*(?:,|và|\s)\s*(?:theo\s+dõi|chỉ\s+đạo|đôn\s+đốc|kiểm\s+tra|phụ\s+trách|,|\s)*"
    r"(?:việc\s+)?(?:triển\s+khai\s+|thực\s+hiện\s+|tổ\s+chức\s+)*"
    r"(?:(?:các\s+|những\s+)?(?:nội\s+dung|nhiệm\s+vụ|việc|vấn\s+đề|công\s+tác|mục)\s*(?:này|trên|nêu\s+trên|nói\s+trên|"
    r"(?:tại\s+|ở\s+|của\s+)?(?:mục|điểm|khoản)\s+(?:\d|[ivx]+\b))|\s*[.;]?\s*$)"
)


def references(source: Source, within: Span) -> list[Span]:
    """The documents referred to, each with its kind, number and date as written."""
    return [source.trimmed(source.span(match)) for match in source.every(REFERENCE, within)]


def follower(source: Source, within: Span) -> Span | None:
    """The person named to follow what was just said; None where the sentence orders work of its own."""
    match = source.search(FOLLOWED, within)
    if match is None:
        return None
    who = source.span(match, "who")
    return who if source.text[who.start].isupper() else None
