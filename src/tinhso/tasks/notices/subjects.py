"""Who is to act, and what shows it (chủ thể của mệnh lệnh): "Giao Sở A …", "các đơn vị được giao …"."""

from __future__ import annotations

from tinhso.tasks.notices.bodies import Named, bodies_at
from tinhso.tasks.notices.source import Source, Span, pattern, words
from tinhso.tasks.notices.verbs import (
    CONNECTIVE,
    FORBIDDING,
    LEADING,
    REQUEST,
    SOFTENED_ACTION,
    action_at,
)


def named_after(source: Source, rest: Span) -> Named | None:
    """The bodies that stand after a request, with the phrase that says which."""
    named = bodies_at(source, Span(after_signs(source, rest), rest.end))
    return with_relative(source, named, rest) if named else None


def with_relative(source: Source, named: Named, within: Span) -> Named:
    """As in "Các đơn vị được giao chủ trì mô hình …": the phrase says which."""
    match = source.match(_RELATIVE, Span(named.words.end, within.end))
    if match is None or len(named.names) > 1:
        return named
    span = Span(named.words.start, source.span(match).end)
    return Named((" ".join(source.of(span).split()),), span)


_URGED = words(
    "khẩn trương", "cần", "phải", "sớm", "tập trung", "tiếp tục", "chủ động", "nghiêm túc"
)
_RELATIVE = pattern(
    r"\s+(?:được\s+(?:giao|phân\s+công)|còn\s+lại|chưa|có\s+tên)\b[^,;:]{0,160}?"
    rf"(?=\s+tại\s|\s+{_URGED}\s|\s+(?:không\s+được|chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm|thì)\s|[,;:])"
    rf"|\s+phụ\s+trách\b[^,;:]{{2,60}}?(?=\s+{SOFTENED_ACTION.pattern}|[,;:])"
)


def acts(source: Source, rest: Span) -> bool:
    """Whether a verb of work follows the name of a body."""
    return bool(
        source.match(LEADING, rest)
        or source.match(MUST_DO, rest)
        or source.match(FORBIDDING, Span(after_signs(source, rest), rest.end))
        or action_at(source, Span(after_signs(source, rest), rest.end))
    )


MUST_DO = pattern(
    rf"\s*,?\s*(?:\w+\s+)?{words('cần phải', 'cần', 'phải', 'có trách nhiệm', 'có nhiệm vụ')}\s+"
)


def asks_another(source: Source, rest: Span) -> bool:
    """As in "Chủ tịch UBND tỉnh cũng yêu cầu Sở Y tế …": whoever stands before only asks another."""
    match = source.match(_ASKS_ANOTHER, rest)
    return match is not None and bool(bodies_at(source, Span(source.span(match).end, rest.end)))


_ASKING = words("yêu cầu", "đề nghị", "giao", "giao cho", "lưu ý", "nhắc", "phân công", "kết luận")
ASKS_SOMEBODY = pattern(
    rf"\s*,?\s*(?:(?:cũng|còn|đồng\s+thời|tiếp\s+tục|thống\s+nhất|nhất\s+trí|có\s+ý\s+kiến)\s+)*{_ASKING}\b"
)
_ASKS_ANOTHER = pattern(rf"{ASKS_SOMEBODY.pattern}\s+")


def after_request(source: Source, span: Span) -> int:
    """Where a clause goes on after its connectives and the words that request."""
    place = after_connectives(source, span)
    match = source.match(REQUEST, Span(place, span.end))
    return after_signs(source, Span(source.span(match).end, span.end)) if match else place


def after_connectives(source: Source, span: Span) -> int:
    """Where a clause begins after "đồng thời", "riêng", "(2)"."""
    match = source.match(CONNECTIVE, span)
    return source.span(match).end if match else span.start


def after_signs(source: Source, rest: Span) -> int:
    """Past blanks, commas and colons."""
    match = source.match(_SPACE, rest)
    return source.span(match).end if match else rest.start


_SPACE = pattern(r"[\s,:]*")
