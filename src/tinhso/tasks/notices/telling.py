"""Whether a clause only tells (câu chỉ tường thuật): what was done, what is judged, what a report is about."""

from __future__ import annotations

import re
import unicodedata

from tinhso.tasks.notices.source import Source, Span, pattern, phrases
from tinhso.tasks.notices.verbs import TELLING

_FEWEST = 5  # words: less than that is a title


def tells(source: Source, clause: Span) -> bool:
    """Whether the clause tells of what was done or lacks."""
    return _TOLD.search(unicodedata.normalize("NFC", source.of(clause)).casefold()) is not None


_TOLD = re.compile(
    r"\bđã (?:đạt|được triển khai|có nhiều|cơ bản|hoàn thành)|đạt được nhiều|"
    r"\bcòn (?:chậm|thiếu|thấp|hạn chế|nhiều hạn chế|lúng túng|chưa)|\bvẫn còn\b|\bchưa (?:cao|tốt|nghiêm)\b"
)


def may_order(source: Source, clause: Span) -> bool:
    """Whether an item that begins with a verb unknown to us orders: no telling word, no noun that opens a report."""
    words_ = unicodedata.normalize("NFC", source.of(clause)).casefold()
    return len(words_.split()) > _FEWEST and not (
        any(word in words_ for word in TELLING) or _TOLD.search(words_) or _NOUNS.match(words_)
    )


_NOUNS = re.compile(
    r"(?:việc|công tác|tình hình|kết quả|nội dung|thời gian|địa điểm|thành phần|kinh phí|tổng|số|tỷ lệ|tỉ lệ|"
    r"về|một số|nhiều|có|đã|đang|còn|chưa|các|những|mọi|tại|do|đây|trên|qua|nhìn chung|tuy nhiên|sau|"
    r"hiện|đến|năm|tháng|mục tiêu|chỉ tiêu|căn cứ|dự án|là|như|lưu|ubnd|tt|văn phòng|theo)\b|\W|\d"
)


def judges(source: Source, clause: Span) -> bool:
    """As in "Ban Thường vụ đánh giá UBND xã đã phối hợp tốt"."""
    return source.search(_JUDGED, clause) is not None


_JUDGED = pattern(r"\bđánh\s+giá\b[^,;:.]{0,80}(?:,[^,;:.]{0,80})?\sđã\s")


def any_verb(source: Source, rest: Span) -> Span | None:
    """The word after a body's name in an item, unless it only tells."""
    match = source.match(_WORD, rest)
    if match is None:
        return None
    word = source.of(source.span(match))
    is_verb = word[0].islower() and unicodedata.normalize("NFC", word) not in _NO_VERBS
    return source.span(match) if is_verb else None


_WORD = pattern(r"[^\W\d_]+")
_NO_VERBS = frozenset(
    phrases(
        """
        đã | đang | còn | chưa | vẫn | được | bị | là | có | cũng | thì | và | với | của | tại |
        trong | theo | về | do | để | trên
        """
    )
)
