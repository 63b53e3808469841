"""Where the name of a body ends (tên cơ quan dừng ở đâu): at a sign, at a verb, after the place that closes it."""

from __future__ import annotations

import re
import unicodedata

from tinhso.tasks.notices.body_words import FIELD, GENERIC, GENERICS, HEAD
from tinhso.tasks.notices.source import Source, Span, folded, pattern, phrases, words
from tinhso.tasks.notices.verbs import ACTIONS, PRAISE, SOFTENERS

_PART_OF_NAME = phrases(
    """
    quản lý | chỉ đạo | điều hành | phát triển | kiểm soát | thanh tra | hỗ trợ | bảo vệ |
    tổ chức | tuyên truyền | đăng ký | giám sát | phục vụ | xúc tiến | dự báo | đầu tư |
    tổng hợp | thông báo | đào tạo | kiểm tra | thường xuyên | ứng dụng | công bố | bảo trì |
    quy định | chi trả | tiếp nhận | khai thác | thực hành | lãnh đạo | xây dựng | triển khai |
    đầu mối | cung cấp | chia sẻ | kết nối | thực hiện | bảo tồn | lưu trữ | điều tra |
    quy hoạch | tư vấn | chuyển đổi | kiểm định | trợ giúp | điều phối | thiết kế | thi công |
    giám định | thường trực | đấu giá | xét nghiệm | thông tin | cứu trợ | phân loại | xử phạt |
    điều tiết
    """
)
_SHORT_VERBS = phrases(
    "đưa|tăng|giảm|mở|cử|lập|gửi|nộp|mời|dừng|ngừng|lấy|dành|nắm|cho|giữ|sửa|đặt|trả|lãnh đạo|giúp"
)
_PLAIN_VERBS = tuple(one for one in ACTIONS if one not in _PART_OF_NAME)
_CONNECTIVES = (
    *(
        "để",
        "nhằm",
        "trong",
        "về",
        "theo",
        "tại",
        "căn cứ",
        "trước ngày",
        "có liên quan",
        "liên quan",
    ),
    *("trực thuộc", "tập hợp", "được giao", "là", "với", "làm", "nào", "không", "chịu"),
)
"""Read with their accents: "Đề án" is not "để", nor is "Tài chính" "tại"."""
_STOP = pattern(
    r"\s*(?P<sign>[;:.(),\t]|$)|(?P<joined>\s+[-–]\s+)|\s+và\b"
    rf"|\s+(?P<verb>{words(*_PLAIN_VERBS, *SOFTENERS, *_SHORT_VERBS)})\b|\s+(?P<praise>{PRAISE.pattern})"
    rf"|\s+(?P<connective>{words(*_CONNECTIVES)})\b"
    rf"|\s+(?P<inner>{words(*_PART_OF_NAME)})\b"
)


def name_end(source: Source, within: Span) -> int:
    """Where the name ends: at a sign, at a verb that is not part of it, at a connective."""
    closed = _closed(source, within)
    for stop in source.every(_STOP, within):
        span = source.span(stop)
        word = source.of(span).strip()
        if span.start >= closed:
            return closed
        if (
            stop.group("connective")
            and unicodedata.normalize("NFC", word.lower()) not in _CONNECTIVES
        ):
            continue
        if stop.group("inner") and (word[:1].isupper() or _ends_open(source, span.start)):
            continue
        if stop.group("verb") and (word[:1].isupper() or _is_another_word(word)):
            continue
        if folded(word) == "va" and (
            _goes_on(source, Span(span.end, within.end))
            or _is_second_half(source, Span(span.end, within.end))
        ):
            continue
        if stop.group("joined") and is_joined(source, Span(span.start, within.end)):
            continue
        return span.start
    return min(closed, within.end)


def _is_second_half(source: Source, rest: Span) -> bool:
    """As in "Ban Tuyên giáo và Dân vận": a capital that begins no body of its own."""
    rest = Span(source.trimmed(rest).start, rest.end)
    return (
        len(rest) > 0
        and source.text[rest.start].isupper()
        and not any(source.match(one, rest) for one in (HEAD, FIELD, GENERIC))
    )


def proper_end(source: Source, within: Span) -> int:
    """Where a run of syllables that bear capitals ends: "Sơn Động"."""
    end = within.start
    for found in _TOKEN.finditer(source.text, within.start, within.end):
        if not found.group()[0].isupper() or source.text[end : found.start()].strip(" \xa0\n"):
            break
        end = found.end()
    return end


def is_joined(source: Source, rest: Span) -> bool:
    """As in "Kế hoạch - Tài chính": the dash stands within a name, not before a title of the body."""
    dash = source.match(_DASH, rest)
    after = Span(source.span(dash).end, rest.end) if dash else rest
    return dash is not None and source.of(after)[:1].isupper() and source.match(HEAD, after) is None


_DASH = pattern(r"\s+[-–]\s+")


def _closed(source: Source, within: Span) -> int:
    """Where a name is closed by the place that it is of: after "An Biên" or "tỉnh", before a small letter.

    A place bears a capital on every syllable ("Sông Lam"), other words of a name on their first ("Điện lực").
    """
    capitals, before = 0, within.start
    for found in _TOKEN.finditer(source.text, within.start, within.end):
        token = found.group()
        word = unicodedata.normalize("NFC", token)
        if word[0].isupper():
            capitals = 0 if word.isupper() and len(word) > 1 else capitals + 1
        elif word[0].islower() or word.isdigit():
            gap = source.text[before : found.start()]
            if capitals > 1 and not gap.strip() and word not in _GOES_ON:
                return before
            if word in _LEVELS and _is_closing(source, found.end(), within.end):
                return found.end()
            capitals = 0
        before = found.end()
    return within.end


def _is_closing(source: Source, at: int, end: int) -> bool:
    """Whether after "tỉnh" or "xã" comes another word than its name or the rest of "xã hội"."""
    follows = _TOKEN.match(source.text, at + 1, end) if at + 1 < end else None
    if follows is None or source.text[at].strip():
        return False
    word = unicodedata.normalize("NFC", follows.group())
    return word[0].islower() and word not in _NOT_AFTER_LEVEL


_TOKEN = re.compile(r"[^\W_]+")
_LEVELS = frozenset(("tỉnh", "xã", "phường", "huyện"))
_NOT_AFTER_LEVEL = frozenset(
    phrases(
        """
        hội | viên | ủy | uỷ | đoàn | đội | lộ | đã | có | và | nghèo | đảo
        """
    )
)
_GOES_ON = frozenset(
    phrases(
        """
        tỉnh | thành | xã | phường | huyện | thị | đặc | trung | khu | số | chi | tại | cấp |
        trực | thuộc | của | các | và | khóa | ủy | uỷ
        """
    )
)


def _is_another_word(word: str) -> bool:
    """As "cán" of "cán bộ", which without its accents is "cần"."""
    return " " not in word and unicodedata.normalize("NFC", word) not in _VERBS


_VERBS = frozenset((*ACTIONS, *SOFTENERS, *_SHORT_VERBS))


def _goes_on(source: Source, rest: Span) -> bool:
    """As in "công trình dân dụng và công nghiệp": what follows "và" is neither a body nor work."""
    rest = Span(source.trimmed(rest).start, rest.end)
    if not len(rest) or not source.text[rest.start].islower():
        return False
    return not any(source.match(one, rest) for one in (GENERIC, _PLAIN_GENERIC, HEAD, _ANY_VERB))


_PLAIN_GENERIC = pattern(rf"(?:với|các|những|toàn\s+thể|{words(*GENERICS)})\b")
_ANY_VERB = pattern(rf"{words(*ACTIONS, *SOFTENERS)}\b")
_NEEDS_MORE = phrases(
    """
    ban | trung tâm | phòng | cục | chi cục | tổ | viện | quỹ | bộ phận | cơ quan | trường |
    đoàn | hội | dự án | đầu tư
    """
)
_OPEN_ENDS = pattern(rf"(?:{words(*_NEEDS_MORE)})\s*$")


def _ends_open(source: Source, at: int) -> bool:
    return source.search(_OPEN_ENDS, Span(max(0, at - 14), at)) is not None
