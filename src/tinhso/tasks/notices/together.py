"""Bodies that work together with another's lead (phối hợp): "phối hợp với Sở A", "…, Sở A phối hợp"."""

from __future__ import annotations

from tinhso.tasks.notices.bodies import Named, bodies_at
from tinhso.tasks.notices.body_words import GENERIC, HEAD
from tinhso.tasks.notices.source import Source, Span, pattern
from tinhso.tasks.notices.verbs import TOGETHER


def coordinators(source: Source, within: Span) -> list[Named]:
    """Bodies to work together with, in either order of the words."""
    found: list[Named] = []
    place = within.start
    while match := source.search(TOGETHER, Span(place, within.end)):
        place = source.span(match).end
        named = bodies_at(source, Span(place, within.end))
        if named:
            found.append(named)
            place = named.words.end
    return [*found, *_beside(source, within)]


def _beside(source: Source, within: Span) -> list[Named]:
    """As in "Sở A chủ trì, Công an tỉnh phối hợp": the body after the one that leads."""
    found = []
    for match in source.every(_BESIDE, within):
        named = named_before(source, Span(within.start, source.span(match).start))
        if named and source.search(_LEADS, Span(within.start, named.words.start)):
            found.append(named)
    return found


def named_before(source: Source, before: Span) -> Named | None:
    """The bodies that stand right before a verb."""
    for match in source.every(_BODY_BEGINS, before):
        named = bodies_at(source, Span(source.span(match, "body").start, before.end))
        if named and not source.of(Span(named.words.end, before.end)).strip():
            return named
    return None


_BODY_BEGINS = pattern(rf"(?:^|(?<=\s))(?P<body>{GENERIC.pattern}|{HEAD.pattern})")
_BESIDE = pattern(
    r"\s+(?:cùng\s+)?(?:phối\s+hợp\b(?!\s+(?:chặt\s+chẽ\s+)?(?:cùng|với)\b)|hỗ\s+trợ(?=\s*(?:[.;,]|$)))"
)
_LEADS = pattern(r"\b(?:chủ\s+trì|đầu\s+mối|chịu\s+trách\s+nhiệm\s+chính)\b[^;]*,\s*$")
