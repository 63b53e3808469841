"""What a clause orders, and whom: from its first words (mệnh lệnh và người chủ trì)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from tinhso.tasks.notices.bodies import Named, bodies_at
from tinhso.tasks.notices.deadlines import DATED, is_only_deadline
from tinhso.tasks.notices.outline import semicolons
from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words
from tinhso.tasks.notices.together import coordinators, named_before
from tinhso.tasks.notices.verbs import (
    ACTION,
    ACTIONS,
    CONNECTIVE,
    FORBIDDING,
    LEADING,
    NOT_AN_ORDER,
    PRAISE,
    REQUEST,
    SOFTENED_ACTION,
    TELLING,
)

_SPACE = pattern(r"[\s,:]*")
_URGED = words(
    "khẩn trương", "cần", "phải", "sớm", "tập trung", "tiếp tục", "chủ động", "nghiêm túc"
)
_RELATIVE = pattern(
    r"\s+(?:được\s+(?:giao|phân\s+công)|còn\s+lại|chưa|có\s+tên)\b[^,;:]{0,160}?"
    rf"(?=\s+tại\s|\s+{_URGED}\s|[,;:])"
)
_OPENING = pattern(r"[^,;:]{2,160}?,\s+")
_DOCUMENT = (
    rf"(?:tham\s+mưu|xây\s+dựng|ban\s+hành|lập|trình)\s+(?:\w+\s+){{0,2}}?"
    rf"{words('lộ trình', 'kế hoạch', 'đề án', 'phương án', 'quy chế', 'danh mục', 'quy trình', 'nghị quyết')}\b"
)
_NEW_DOCUMENT = pattern(rf",\s+(?={_DOCUMENT})")
_OBJECT = 5  # words: what stands before a new document must be work of its own
_NOUN_WORK = pattern(r"(?:công\s+tác|việc)\s+(?:\S+\s+){8,}")
_COMMA = pattern(r",\s+")


@dataclass(frozen=True, slots=True)
class Order:
    """A clause that orders: its words, who leads by it (or None), and what told so."""

    words: Span
    lead: Named | None
    because: Span


def split(source: Source, sentence: Span) -> list[Span]:
    """The clauses of a sentence that each may order work of its own."""
    cuts = {
        at
        for at in semicolons(source, sentence)
        if _begins_work(source, Span(at, sentence.end)) or _due_apart(source, sentence, at)
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


def order(source: Source, clause: Span, *, in_orders: bool) -> Order | None:
    """What the clause orders, or None; `in_orders` where the text has begun to order."""
    start = _after_connectives(source, clause)
    clause = Span(start, clause.end)
    if source.match(NOT_AN_ORDER, clause):
        return None
    return (
        _requested(source, clause)
        or _led(source, clause, in_orders=in_orders)
        or _asked(source, clause)
        or _obliged(source, clause)
        or (_imperative(source, clause) or _continued(source, clause) if in_orders else None)
    )


def lead_of_heading(source: Source, heading: Span) -> Named | None:
    """The bodies that a heading names: "Sở Xây dựng:", "Giao Sở Y tế:", "nhiệm vụ của các cơ quan"."""
    place = _after_connectives(source, heading)
    about = source.match(_ABOUT, Span(place, heading.end))
    place = source.span(about).end if about else place
    requested = source.match(REQUEST, Span(place, heading.end))
    if requested:
        place = _skip(source, Span(source.span(requested).end, heading.end))
    if named := bodies_at(source, Span(place, heading.end)):
        return named
    for expression in (_OF, _ASKED):
        for match in source.every(expression, heading):
            named = bodies_at(source, Span(source.span(match).end, heading.end))
            if named:
                return named
    return None


_ABOUT = pattern(r"(?:đối\s+với|về\s+phía)\s+")
_OF = pattern(r"(?:nhiệm\s+vụ|trách\s+nhiệm|nội\s+dung)\s+(?:\w+\s+){0,3}?(?:của|đối\s+với)\s+")
_ASKED = pattern(rf"\b{words('đề nghị', 'yêu cầu', 'giao', 'giao cho')}\s+")


def _requested(source: Source, clause: Span) -> Order | None:
    """As in "Giao Sở A …"."""
    at_start = source.match(REQUEST, clause)
    if at_start:
        named = _named_after(source, Span(source.span(at_start).end, clause.end))
        if named or source.match(
            SOFTENED_ACTION,
            Span(_skip(source, Span(source.span(at_start).end, clause.end)), clause.end),
        ):
            return Order(clause, named, source.span(at_start))
    return None


def _asked(source: Source, clause: Span) -> Order | None:
    """As in "…, ông X đề nghị UBND tỉnh …" in reported speech."""
    if source.match(REQUEST, clause):
        return None
    for match in source.every(_ASKED, clause):
        span = source.span(match)
        named = _named_after(source, Span(span.end, clause.end))
        told_before = source.of(Span(clause.start, span.start)).casefold()
        if (
            named
            and _acts(source, Span(named.words.end, clause.end))
            and " đã " not in told_before[-40:]
        ):
            return Order(Span(span.start, clause.end), named, source.trimmed(span))
    return None


def _led(source: Source, clause: Span, *, in_orders: bool) -> Order | None:
    """As in "Sở A chủ trì …", "Sở A cần …", "Sở A: …"; in a text that orders also "Sở A rà soát …"."""
    for place in _subject_places(source, clause):
        named = bodies_at(source, Span(place, clause.end))
        if named is None or not (
            place == clause.start or _is_opening(source, Span(clause.start, place))
        ):
            continue
        named = _with_relative(source, named, clause)
        office = source.match(_BY_OFFICE, Span(named.words.end, clause.end))
        rest = Span(source.span(office).end if office else named.words.end, clause.end)
        if source.match(PRAISE, Span(_skip(source, rest), rest.end)):
            return None
        because = source.match(LEADING, rest) or source.match(_MUST_DO, rest)
        if because is None and in_orders:
            because = source.match(_TITLED, rest) or source.match(_DOES, rest)
        if because:
            return Order(clause, named, source.trimmed(source.span(because)))
    return None


_BY_OFFICE = pattern(
    r"\s*,?\s*(?:căn\s+cứ|theo|trên\s+cơ\s+sở)\s+(?:vào\s+)?chức\s+năng(?:\s*,\s*|\s+và\s+|\s+)nhiệm\s+vụ"
    r"(?:\s*,\s*thẩm\s+quyền)?(?:\s+được\s+giao|\s+của\s+(?:mình|đơn\s+vị|cơ\s+quan))?\s*,?"
)
_MUST_DO = pattern(
    rf"\s*,?\s*(?:\w+\s+)?{words('cần phải', 'cần', 'phải', 'có trách nhiệm', 'có nhiệm vụ')}\s+"
)
_TITLED = pattern(r"(?:\s*[-,]\s*[^:;.]{3,120}?)?\s*:\s*(?=\S)")
_DOES = pattern(rf"\s*,?\s*(?={SOFTENED_ACTION.pattern})")


def _obliged(source: Source, clause: Span) -> Order | None:
    """As in "…, các cơ quan phải …"; without a subject "…, phải hoàn thành …"; a target to be reached."""
    for must in source.every(_MUST_WORD, clause):
        span = source.span(must)
        named = named_before(source, Span(clause.start, span.start))
        if named:
            return Order(_from(source, clause, named.words.start), named, source.trimmed(span))
    match = source.search(_SUBJECTLESS, clause) or source.match(_TARGET, clause)
    if match is None:
        return None
    because = source.trimmed(source.span(match), strip=" ,")
    return Order(_from(source, clause, because.start), None, because)


def _from(source: Source, clause: Span, start: int) -> Span:
    """The clause without the purpose or the subject matter that opens it; a deadline there stays."""
    before = Span(clause.start, start)
    is_reason = source.match(_REASONS, before)
    return Span(start, clause.end) if is_reason else clause


_REASONS = pattern(rf"{words('để', 'nhằm', 'đối với', 'với', 'trên cơ sở', 'căn cứ')}\b")


_MUST_WORD = pattern(
    rf"(?<=\s){words('cần phải', 'cần', 'phải', 'có trách nhiệm')}\s+(?={words(*ACTIONS)}\b)"
)
_VERB_AFTER = words(
    *(
        "hoàn thành",
        "phấn đấu",
        "tập trung",
        "rà soát",
        "đẩy mạnh",
        "khẩn trương",
        "triển khai",
        "thực hiện",
    ),
    *("nâng cao", "chủ động", "tham mưu", "tổ chức", "bảo đảm", "đảm bảo", "xây dựng"),
)
_SUBJECTLESS = pattern(
    rf"(?:(?<=,\s)|^|(?<=\.\s)){words('cần phải', 'cần', 'phải')}\s+(?={_VERB_AFTER}\b)"
)
_TARGET = pattern(r"(?:mục\s+tiêu|chỉ\s+tiêu)\b[^.;]{0,80}?\bphấn\s+đấu\b")


def _imperative(source: Source, clause: Span) -> Order | None:
    """As in "Rà soát …" where the text orders, also after "Trong tháng 5/2025, …" or "Để …, …"."""
    for place in _subject_places(source, clause):
        rest = Span(place, clause.end)
        match = source.match(SOFTENED_ACTION, rest) or source.match(FORBIDDING, rest)
        if match and (place == clause.start or _is_opening(source, Span(clause.start, place))):
            is_told = any(word in source.of(clause).casefold() for word in TELLING[:3]) and _tells(
                source, clause
            )
            return None if is_told else Order(clause, None, source.span(match))
    if source.match(_NOUN_WORK, clause):
        return Order(clause, None, Span(clause.start, clause.start))
    return None


def _tells(source: Source, clause: Span) -> bool:
    return bool(
        re.search(
            r"\bđã (?:đạt|được triển khai|có nhiều|cơ bản)|đạt được nhiều",
            source.of(clause).casefold(),
        )
    )


_OPENINGS_AT_MOST = 3


def _subject_places(source: Source, clause: Span) -> list[int]:
    """Where the subject or the verb may stand: at the beginning, or after an opening phrase."""
    places = [clause.start]
    opening = source.match(_OPENING, clause)
    while opening and len(places) <= _OPENINGS_AT_MOST:
        places.append(source.span(opening).end)
        opening = source.match(_OPENING, Span(places[-1], clause.end))
    return places


_OPENING_WORDS = phrases(
    """
    trong | từ nay | đến | để | nhằm | trên cơ sở | căn cứ | ngay sau | trước | đối với | về |
    theo | cùng với | song song | với | sau khi | khi | quý | tháng | định kỳ | hằng | hàng |
    riêng | tại
    """
)
_OPENINGS = pattern(rf"{words(*_OPENING_WORDS)}\b")


def _is_opening(source: Source, span: Span) -> bool:
    return source.match(_OPENINGS, span) is not None


def _begins_work(source: Source, rest: Span) -> bool:
    rest = Span(_after_connectives(source, source.trimmed(rest)), rest.end)
    if is_only_deadline(source, rest) or _only_hands_in(source, rest):
        return False
    if (
        source.match(SOFTENED_ACTION, rest)
        or source.match(REQUEST, rest)
        or source.match(_NOUN_WORK, rest)
    ):
        return True
    named = bodies_at(source, rest)
    return named is not None and _acts(source, Span(named.words.end, rest.end))


def _due_apart(source: Source, sentence: Span, at: int) -> bool:
    """As in "nâng cấp … trong tháng 12/2026; mở hai lớp … trong Quý I/2027": each has a day of its own."""
    rest = source.trimmed(Span(at, sentence.end))
    if is_only_deadline(source, rest) or _only_hands_in(source, rest):
        return False
    return all(source.search(DATED, part) for part in (Span(sentence.start, at), rest))


def _continued(source: Source, clause: Span) -> Order | None:
    """What goes on after a semicolon with a verb that we do not know, and names a day."""
    if not len(clause) or not source.text[clause.start].islower():
        return None
    due = source.search(DATED, clause)
    return Order(clause, None, source.span(due)) if due else None


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
    if named is None or not _acts(source, Span(named.words.end, sentence.end)):
        return False
    before = Span(sentence.start, comma.start)
    leads = bodies_at(source, Span(after_request(source, before), before.end))
    is_list = leads is not None and leads.words.end >= comma.start
    return not is_list and source.search(ACTION, before) is not None and _has_object(source, before)


def _asks_a_document(source: Source, sentence: Span, comma: Span, cuts: set[int]) -> bool:
    if source.match(_NEW_DOCUMENT, Span(comma.start, sentence.end)) is None:
        return False
    since = max([cut for cut in cuts if cut <= comma.start], default=sentence.start)
    return _has_object(source, Span(since, comma.start))


def _has_object(source: Source, before: Span) -> bool:
    """Whether what stands before is work with an object, not only the first of several verbs."""
    verbs = source.every(ACTION, before)
    if not verbs:
        return False
    last = source.of(Span(source.span(verbs[0]).end, before.end))
    tail = last.rsplit(",", 1)[-1]
    return len(last.split()) > _OBJECT and len(tail.split()) > _OBJECT


def _named_after(source: Source, rest: Span) -> Named | None:
    named = bodies_at(source, Span(_skip(source, rest), rest.end))
    return _with_relative(source, named, rest) if named else None


def _with_relative(source: Source, named: Named, within: Span) -> Named:
    """As in "Các đơn vị được giao chủ trì mô hình …": the phrase says which."""
    match = source.match(_RELATIVE, Span(named.words.end, within.end))
    if match is None or len(named.names) > 1:
        return named
    span = Span(named.words.start, source.span(match).end)
    return Named((" ".join(source.of(span).split()),), span)


def _acts(source: Source, rest: Span) -> bool:
    return bool(
        source.match(LEADING, rest)
        or source.match(_MUST_DO, rest)
        or source.match(SOFTENED_ACTION, Span(_skip(source, rest), rest.end))
    )


def after_request(source: Source, span: Span) -> int:
    """Where a clause goes on after its connectives and the words that request."""
    place = _after_connectives(source, span)
    match = source.match(REQUEST, Span(place, span.end))
    return _skip(source, Span(source.span(match).end, span.end)) if match else place


def _after_connectives(source: Source, span: Span) -> int:
    match = source.match(CONNECTIVE, span)
    return source.span(match).end if match else span.start


def _skip(source: Source, rest: Span) -> int:
    match = source.match(_SPACE, rest)
    return source.span(match).end if match else rest.start
