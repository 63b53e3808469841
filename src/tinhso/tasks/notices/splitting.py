"""Where a sentence falls into clauses that each order work of their own (tách câu thành từng nhiệm vụ)."""

from __future__ import annotations

from itertools import pairwise

from tinhso.tasks.notices.bodies import Named, bodies_at
from tinhso.tasks.notices.deadlines import DATED, is_only_deadline
from tinhso.tasks.notices.openings import conditional_places
from tinhso.tasks.notices.outline import semicolons
from tinhso.tasks.notices.source import Source, Span, pattern, words
from tinhso.tasks.notices.subjects import acts, after_connectives, after_request, after_signs
from tinhso.tasks.notices.telling import any_verb
from tinhso.tasks.notices.together import coordinators
from tinhso.tasks.notices.verbs import ACTION, FORBIDDING, REQUEST, action_at


def split(source: Source, sentence: Span) -> list[Span]:
    """The clauses of a sentence that each may order work of its own."""
    cuts = {
        at
        for at in semicolons(source, sentence)
        if begins_work(source, Span(at, sentence.end)) or _due_apart(source, sentence, at)
    }
    together = [named.words for named in coordinators(source, sentence)]
    for comma in source.every(_COMMA, sentence):
        at = source.span(comma)
        if any(span.start <= at.end < span.end for span in together):
            continue
        since = max([cut for cut in cuts if cut <= at.start], default=sentence.start)
        if _names_another(source, Span(since, sentence.end), at) or _asks_a_document(
            source, sentence, at, cuts
        ):
            cuts.add(at.end)
    edges = [sentence.start, *sorted(cuts), sentence.end]
    spans = [source.trimmed(Span(a, b), strip=" \t\r\n\xa0,;") for a, b in pairwise(edges)]
    return [span for span in spans if len(span)]


_COMMA = pattern(r",\s+")


def begins_work(source: Source, rest: Span) -> bool:
    """Whether what follows a semicolon is work of its own, and no more of the work before it."""
    if source.match(_WITHIN_IT, rest):
        return False
    rest = Span(after_connectives(source, source.trimmed(rest)), rest.end)
    if is_only_deadline(source, rest) or _only_hands_in(source, rest):
        return False
    for place in conditional_places(source, rest):
        start = Span(place, rest.end)
        if action_at(source, start) or any(
            source.match(one, start) for one in (REQUEST, FORBIDDING, NOUN_WORK, _WHOEVER)
        ):
            return True
    named = bodies_at(source, rest)
    after = Span(named.words.end, rest.end) if named else rest
    return named is not None and (acts(source, after) or _acts_somehow(source, named, after))


def _acts_somehow(source: Source, named: Named, after: Span) -> bool:
    """As in "…; Công an tỉnh phân luồng": a verb that we do not know after a name that bears a capital."""
    has_capital = source.text[named.words.start].isupper()
    return has_capital and any_verb(source, Span(after_signs(source, after), after.end)) is not None


NOUN_WORK = pattern(r"(?:công\s+tác|việc)\s+(?:\S+\s+){8,}")
_WHOEVER = pattern(
    r"(?:cơ\s+quan|đơn\s+vị|địa\s+phương|cá\s+nhân|chủ\s+đầu\s+tư)(?:,\s*(?:đơn\s+vị|địa\s+phương|cá\s+nhân))*\s+nào\b"
)
_WITHIN_IT = pattern(r"\s*(?:trong\s+đó|bao\s+gồm|gồm|nhất\s+là|đặc\s+biệt\s+là|như)\b")


def _due_apart(source: Source, sentence: Span, at: int) -> bool:
    """As in "nâng cấp … trong tháng 12/2026; mở hai lớp … trong Quý I/2027": each has a day of its own."""
    rest = source.trimmed(Span(at, sentence.end))
    if is_only_deadline(source, rest) or _only_hands_in(source, rest):
        return False
    return all(source.search(DATED, part) for part in (Span(sentence.start, at), rest))


def _only_hands_in(source: Source, rest: Span) -> bool:
    """As in "…; trình UBND tỉnh trong tháng 10/2025": whom and when, of what stands before it."""
    match = source.match(_HANDS_IN, rest)
    named = bodies_at(source, Span(source.span(match).end, rest.end)) if match else None
    return named is not None and is_only_deadline(source, Span(named.words.end, rest.end))


_HANDS_IN = pattern(r"(?:trình|báo\s+cáo|gửi)\s+(?:kết\s+quả\s+)?(?:về\s+|cho\s+)?")


def _names_another(source: Source, sentence: Span, comma: Span) -> bool:
    """As in "…, Sở B hướng dẫn …": another body with a verb of its own."""
    if source.text[comma.end] != source.text[comma.end].upper():
        return False
    named = bodies_at(source, Span(comma.end, sentence.end))
    if named is None or not acts(source, Span(named.words.end, sentence.end)):
        return False
    before = Span(sentence.start, comma.start)
    leads = bodies_at(source, Span(after_request(source, before), before.end))
    is_list = leads is not None and leads.words.end >= comma.start
    return not is_list and source.search(ACTION, before) is not None and _has_object(source, before)


def _asks_a_document(source: Source, sentence: Span, comma: Span, cuts: set[int]) -> bool:
    if source.match(_NEW_DOCUMENT, Span(comma.start, sentence.end)) is None:
        return False
    since = max([cut for cut in cuts if cut <= comma.start], default=sentence.start)
    before = Span(since, comma.start)
    return _has_object(source, before) and source.search(_PREPARES, before) is None


_DOCUMENT = (
    rf"(?:tham\s+mưu|xây\s+dựng|ban\s+hành|lập|trình)\s+(?:\w+\s+){{0,2}}?"
    rf"{words('lộ trình', 'kế hoạch', 'đề án', 'phương án', 'quy chế', 'danh mục', 'quy trình', 'nghị quyết')}\b"
)
_NEW_DOCUMENT = pattern(rf",\s+(?={_DOCUMENT})")
_PREPARES = pattern(
    words(
        *(
            "rà soát",
            "nghiên cứu",
            "tổng hợp",
            "khảo sát",
            "đánh giá",
            "thu thập",
            "căn cứ",
            "thống kê",
        ),
        *(
            "xem xét",
            "lấy ý kiến",
            "tiếp thu",
            "kiểm tra",
            "đề xuất",
            "tham mưu",
            "xây dựng",
            "đối chiếu",
        ),
    )
)
"""Work whose outcome is the document that is named next."""


def _has_object(source: Source, before: Span) -> bool:
    """Whether what stands before is work with an object, not only the first of several verbs."""
    verbs = source.every(ACTION, before)
    if not verbs:
        return False
    last = source.of(Span(source.span(verbs[0]).end, before.end))
    tail = last.rsplit(",", 1)[-1]
    return len(last.split()) > _OBJECT and len(tail.split()) > _OBJECT


_OBJECT = 5  # words: what stands before a new document must be work of its own
