"""What a clause orders, and whom: from its first words (mệnh lệnh và người chủ trì)."""

from __future__ import annotations

from dataclasses import dataclass

from tinhso.tasks.notices.bodies import Named, bodies_at
from tinhso.tasks.notices.deadlines import DATED
from tinhso.tasks.notices.mentions import REFERENCE
from tinhso.tasks.notices.openings import is_opening, subject_places
from tinhso.tasks.notices.source import Source, Span, pattern, words
from tinhso.tasks.notices.splitting import NOUN_WORK, begins_work
from tinhso.tasks.notices.subjects import (
    ASKS_SOMEBODY,
    MUST_DO,
    acts,
    after_connectives,
    after_signs,
    asks_another,
    named_after,
    with_relative,
)
from tinhso.tasks.notices.telling import any_verb, judges, may_order, tells
from tinhso.tasks.notices.together import named_before
from tinhso.tasks.notices.verbs import (
    ACTIONS,
    FORBIDDING,
    LEADING,
    NOT_AN_ORDER,
    PRAISE,
    REQUEST,
    action_at,
)


@dataclass(frozen=True, slots=True)
class Order:
    """A clause that orders: its words, who leads by it (or None), and what told so."""

    words: Span
    lead: Named | None
    because: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: in a text that has begun to order, as an item of a list of orders, after that list.

    An item orders by its place whatever its verb; after the list only who names the body orders.
    """

    in_orders: bool = False
    is_item: bool = False
    is_after: bool = False


def order(source: Source, clause: Span, place: Place) -> Order | None:
    """What the clause orders, or None."""
    start = after_connectives(source, clause)
    clause = Span(start, clause.end)
    if source.match(NOT_AN_ORDER, clause) or source.match(PRAISE, clause):
        return None
    return (
        _requested(source, clause)
        or _led(source, clause, place)
        or _asked(source, clause)
        or _obliged(source, clause)
        or (_imperative(source, clause, is_item=place.is_item) if place.in_orders else None)
        or (_continued(source, clause) if place.in_orders else None)
    )


def lead_of_heading(source: Source, heading: Span) -> Named | None:
    """The bodies that a heading names: "Sở Xây dựng:", "Giao Sở Y tế:", "nhiệm vụ của các cơ quan"."""
    place = after_connectives(source, heading)
    about = source.match(_ABOUT, Span(place, heading.end))
    place = source.span(about).end if about else place
    requested = source.match(REQUEST, Span(place, heading.end))
    if requested:
        place = after_signs(source, Span(source.span(requested).end, heading.end))
    named = bodies_at(source, Span(place, heading.end))
    if named and source.match(ASKS_SOMEBODY, Span(named.words.end, heading.end)) is None:
        return named
    for expression in (_OF, _ASKED):
        for match in source.every(expression, heading):
            named = bodies_at(source, Span(source.span(match).end, heading.end))
            if named:
                return named
    return None


_ABOUT = pattern(r"(?:đối\s+với|về\s+phía)\s+")
_OF = pattern(r"(?:nhiệm\s+vụ|trách\s+nhiệm|nội\s+dung)\s+(?:\w+\s+){0,3}?(?:của|đối\s+với)\s+")
_ASKED = pattern(
    rf"\b{words('đề nghị', 'yêu cầu', 'giao', 'giao cho', 'lưu ý', 'nhắc', 'phân công')}\s+"
)


def title(source: Source, item: Span) -> Span | None:
    """What heads an item before a colon ("Về nhân lực: …"): neither a body nor work, before one that orders."""
    match = source.match(_TITLE, item)
    if match is None:
        return None
    head, rest = source.span(match, "head"), Span(source.span(match).end, item.end)
    if bodies_at(source, head) or source.match(REQUEST, head):
        return None
    is_named = source.match(_NAMED_FIELD, head) is not None
    return head if is_named or (not action_at(source, head) and begins_work(source, rest)) else None


_TITLE = pattern(r"(?P<head>[^:;.()]{3,120}?)\s*:\s+(?=\S)")
_NAMED_FIELD = pattern(r"(?:về|công\s+tác|đối\s+với|lĩnh\s+vực)\s")


def _requested(source: Source, clause: Span) -> Order | None:
    """As in "Giao Sở A …"."""
    for place in subject_places(source, clause):
        at_start = source.match(REQUEST, Span(place, clause.end))
        if at_start is None or not is_opening(source, Span(clause.start, place)):
            continue
        rest = Span(source.span(at_start).end, clause.end)
        named = named_after(source, rest)
        if named or action_at(source, Span(after_signs(source, rest), clause.end)):
            return Order(clause, named, source.span(at_start))
    return None


def _asked(source: Source, clause: Span) -> Order | None:
    """As in "…, ông X đề nghị UBND tỉnh …" in reported speech."""
    if source.match(REQUEST, clause):
        return None
    for match in source.every(_ASKED, clause):
        span = source.span(match)
        named = named_after(source, Span(span.end, clause.end))
        told_before = source.of(Span(clause.start, span.start)).casefold()
        if (
            named
            and acts(source, Span(named.words.end, clause.end))
            and " đã " not in told_before[-40:]
        ):
            return Order(Span(span.start, clause.end), named, source.trimmed(span))
    return None


def _led(source: Source, clause: Span, at: Place) -> Order | None:
    """As in "Sở A chủ trì …", "Sở A cần …", "Sở A: …"; in a text that orders also "Sở A rà soát …"."""
    for place in subject_places(source, clause):
        named = bodies_at(source, Span(place, clause.end))
        if named is None or not is_opening(source, Span(clause.start, place)):
            continue
        named = with_relative(source, named, clause)
        after = Span(named.words.end, clause.end)
        office = source.match(_BY_OFFICE, after) or source.match(_BY_DOCUMENT, after)
        rest = Span(source.span(office).end if office else named.words.end, clause.end)
        if source.match(PRAISE, Span(after_signs(source, rest), rest.end)) or asks_another(
            source, rest
        ):
            return None
        because = _does(source, rest, at)
        if because and not judges(source, clause):
            return Order(clause, named, because)
    return None


def _does(source: Source, rest: Span, at: Place) -> Span | None:
    """What after a body's name says that it is to act."""
    match = source.match(LEADING, rest) or source.match(MUST_DO, rest)
    if match is None and at.in_orders:
        match = source.match(_TITLED, rest)
    if match:
        return source.trimmed(source.span(match))
    after = Span(_after_comma(source, rest), rest.end)
    if at.in_orders or at.is_after:
        forbidden = source.match(FORBIDDING, after)
        return (
            source.span(forbidden)
            if forbidden
            else action_at(source, after) or (any_verb(source, after) if at.is_item else None)
        )
    return None


_BLANK_COMMA = pattern(r"\s*,?\s*")


def _after_comma(source: Source, rest: Span) -> int:
    match = source.match(_BLANK_COMMA, rest)
    return source.span(match).end if match else rest.start


_BY_OFFICE = pattern(
    r"\s*,?\s*(?:căn\s+cứ|theo|trên\s+cơ\s+sở)\s+(?:vào\s+)?chức\s+năng(?:\s*,\s*|\s+và\s+|\s+)nhiệm\s+vụ"
    r"(?:\s*,\s*thẩm\s+quyền)?(?:\s+được\s+giao|\s+của\s+(?:mình|đơn\s+vị|cơ\s+quan))?\s*,?"
)
_BY_DOCUMENT = pattern(rf"\s+(?:tại|theo)\s+{REFERENCE.pattern}(?:\s+của\s+[^,;:]{{2,60}})?\s*,?")
_TITLED = pattern(r"(?:\s*[-,]\s*[^:;.]{3,120}?)?\s*:\s*(?=\S)")


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


def _imperative(source: Source, clause: Span, *, is_item: bool) -> Order | None:
    """As in "Rà soát …" where the text orders, also after "Trong tháng 5/2025, …" or "Để …, …"."""
    for place in subject_places(source, clause):
        rest = Span(place, clause.end)
        forbidden = source.match(FORBIDDING, rest)
        verb = source.span(forbidden) if forbidden else action_at(source, rest)
        is_role = source.match(_IS_ROLE, rest)
        verb = source.span(is_role) if is_role else verb
        if verb and is_opening(source, Span(clause.start, place)):
            return None if tells(source, clause) else Order(clause, None, verb)
    if source.match(NOUN_WORK, clause):
        return None if tells(source, clause) else Order(clause, None, _nothing(clause))
    if is_item and may_order(source, clause):
        return Order(clause, None, _nothing(clause))
    return None


_IS_ROLE = pattern(
    r"(?:là|làm)\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)(?:\s+(?:thường\s+trực|đầu\s+mối|chủ\s+trì))?\b"
)


def _nothing(clause: Span) -> Span:
    return Span(clause.start, clause.start)


def _continued(source: Source, clause: Span) -> Order | None:
    """What goes on after a semicolon with a verb that we do not know, and names a day."""
    if not len(clause) or not source.text[clause.start].islower():
        return None
    due = source.search(DATED, clause)
    return Order(clause, None, source.span(due)) if due else None
