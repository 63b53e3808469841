"""Bodies as official texts name them (cơ quan, đơn vị): lists, abbreviations, "các Sở Tư pháp, Y tế và …".

Names told are as written, but for a list under one head ("Các Sở Tư pháp, Nội vụ"), whose members
are given the head: "Sở Tư pháp", "Sở Nội vụ".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinhso.tasks.notices.body_words import (
    ALONE,
    DEPARTMENTS,
    FIELD,
    GENERIC,
    GENERICS,
    HEAD,
    HEADS,
    NEXT_HEAD,
    OF_ALL,
)
from tinhso.tasks.notices.names import is_joined, name_end, proper_end
from tinhso.tasks.notices.source import Source, Span, folded, pattern, words

SAID_BEFORE = pattern(
    rf"(?:cả\s+)?(?P<count>các|những|hai|ba|bốn|năm|0?[2-9])\s+{words(*GENERICS)}\s+"
    r"(?:này|(?:đã\s+)?(?:nêu|kể|nói)\s+trên|trên(?!\s+(?:địa|toàn|cơ|mạng|môi|phạm))|đó)\b"
)
"""Bodies that were named before: "hai đơn vị này", "các đơn vị nêu trên"."""
OF_HEAD = pattern(r"(?:các\s+)?(?P<head>sở|bộ|phòng|p\.)\s*:?\s+")
JOIN = pattern(r"\s*(?:,\s*(?:và\s+)?|;\s*|\s+và\s+|\s+cùng\s+)(?:với\s+)?")
_ABOVE_IT = words(
    "sở", "tỉnh ủy", "thành ủy", "đảng ủy", "bộ", "ubnd tỉnh", "ubnd xã", "tỉnh", "xã", "phường"
)
TAIL = pattern(
    r"\s+(?:(?:có\s+)?liên\s+quan|chuyên\s+môn(?!\s+hóa)|"
    rf"(?:trực\s+)?thuộc(?:\s+{_ABOVE_IT})?|"
    r"trên\s+địa\s+bàn(?:\s+tỉnh|\s+thành\s+phố|\s+huyện|\s+xã)?|"
    r"các\s+(?:tỉnh|địa\s+phương)(?:,\s*thành\s+phố)?|cấp\s+(?:tỉnh|huyện|xã)|"
    r"(?:của\s+)?(?:ubnd\s+)?(?:tỉnh|thành\s+phố)\b(?!\s+\w+\s+hợp))"
)
_PLACES = pattern(
    r"\s+(?:các\s+)?(?:huyện,\s*(?:thị\s+xã,\s*)?thành\s+phố|xã,\s*phường(?:,\s*(?:thị\s+trấn|đặc\s+khu))?|"
    r"huyện|xã|các\s+cấp)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A body or a list of bodies: the names told, and the words that named them."""

    names: tuple[str, ...]
    words: Span


def bodies_at(source: Source, within: Span) -> Named | None:
    """The list of bodies that begins that part of the text, or None."""
    names: list[str] = []
    place, end = within.start, within.start
    while place < within.end:
        found = _one(source, Span(place, within.end))
        if found is None:
            break
        names.extend(found.names)
        end = found.words.end
        joined = source.match(JOIN, Span(end, within.end))
        if joined is None:
            break
        place = source.span(joined).end
    return Named(tuple(names), Span(within.start, end)) if names else None


def _one(source: Source, within: Span) -> Named | None:
    for reader in (_said_before, _fields, _generic, _headed):
        found = reader(source, within)
        if found:
            return found
    return None


def _said_before(source: Source, within: Span) -> Named | None:
    """As in "hai đơn vị này", "các cơ quan nêu trên"; whom they mean, what stands before says."""
    match = source.match(SAID_BEFORE, within)
    return Named((_clean(source.of(source.span(match))),), source.span(match)) if match else None


def how_many_said(name: str) -> int | None:
    """Of words that mean bodies named before, how many they are (0 when they do not say); None of any other name."""
    match = SAID_BEFORE.fullmatch(folded(name))
    return _COUNTS.get(match.group("count").lstrip("0"), 0) if match else None


def meant(
    said: Named | None, before: Iterable[tuple[Named | None, Sequence[Named]]]
) -> Named | None:
    """Of "hai đơn vị này" the leads before, else with coordinators; as written where they are not so many."""
    many = how_many_said(said.names[0]) if said and len(said.names) == 1 else None
    if said is None or many is None:
        return said
    for lead, together in before:
        leads = lead.names if lead else ()
        for names in (leads, (*leads, *(name for one in together for name in one.names))):
            if len(names) > 1 and many in {0, len(names)}:
                return Named(tuple(names), said.words)
    return said


_COUNTS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5} | {str(one): one for one in range(2, 10)}


def _fields(source: Source, within: Span) -> Named | None:
    """As in "Các Sở Tư pháp, Nội vụ và Y tế", "Sở: Tài chính, Xây dựng", "Sở Tài chính"."""
    headed = source.match(OF_HEAD, within)
    if headed is None:
        return None
    head = source.of(source.span(headed, "head")).capitalize()
    place = source.span(headed).end
    names: list[str] = []
    end = place
    while True:
        field = source.match(FIELD, Span(place, within.end))
        if field is None or _is_apart(source, source.span(field), head):
            break
        span = source.span(field)
        names.append(_clean(f"{head} {_as_a_name(source.of(span))}"))
        end = span.end
        joined = source.match(JOIN, Span(end, within.end))
        if joined is None:
            break
        place = source.span(joined).end
    if not names:
        return None
    if is_joined(source, Span(end, within.end)):
        return None  # "Phòng Tài chính - Kế toán" is one name
    span = Span(within.start, _tail(source, Span(end, within.end)))
    if len(names) == 1 and source.match(_EVERYWHERE, Span(end, within.end)):
        names = [_clean(source.of(span))]
    return Named(tuple(names), span)


_EVERYWHERE = pattern(r"\s+các\s")


def _is_apart(source: Source, field: Span, head: str) -> bool:
    """As in "Sở Nội vụ và Công an tỉnh": police and army are bodies of their own, but ministries."""
    if folded(source.of(field)) not in _FORCES:
        return False
    return folded(head) != "bo" or source.match(TAIL, Span(field.end, len(source.text))) is not None


_FORCES = ("cong an", "quoc phong")
_WRITTEN = {folded(one): one for one in DEPARTMENTS}


def _as_a_name(field: str) -> str:
    """A field in the capitals of a heading, as it is written elsewhere."""
    shadow = " ".join(folded(field).split())
    return _WRITTEN.get(shadow, field) if field.isupper() else field


def _generic(source: Source, within: Span) -> Named | None:
    """As in "các sở, ban, ngành", "các cơ quan, đơn vị có liên quan"."""
    match = source.match(GENERIC, within) or _alone(source, within)
    if match is None:
        return None
    if listed := _enumerated(source, source.span(match), within):
        return listed
    after = source.trimmed(Span(source.span(match).end, within.end))
    if source.match(HEAD, within) and source.of(after)[:1].isupper():
        return None  # "các trường THPT" bear a name
    end = _tail(source, Span(source.span(match).end, within.end))
    span = Span(within.start, end)
    name = _clean(source.of(span))
    return Named((name.capitalize() if name.isupper() else name,), span)


def _alone(source: Source, within: Span) -> re.Match[str] | None:
    """As in "Yêu cầu nhà thầu …", "Cơ quan, đơn vị nào …": without "các" at the beginning or when asked."""
    is_first = source.text[within.start : within.start + 1].isupper()
    before = Span(max(0, within.start - 12), within.start)
    match = source.match(ALONE, within)
    is_due = is_first or source.search(_ASKS, before) is not None
    if match is None:
        return None
    rest = Span(source.span(match).end, within.end)
    return match if is_due or source.match(_WHICHEVER, rest) else None


_WHICHEVER = pattern(r"\s+nào\b")
_ASKS = pattern(r"\b(?:giao|giao\s+cho|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo)\s+$")


def _headed(source: Source, within: Span) -> Named | None:
    """As in "Công an tỉnh", "UBND các huyện, thị xã, thành phố", "Trung tâm Phục vụ hành chính công tỉnh"."""
    match = source.match(HEAD, within)
    if match is None or not _is_a_name(source, source.span(match)):
        return None
    place = _nested(source, Span(source.span(match).end, within.end))
    if listed := _enumerated(source, Span(within.start, place), within):
        return listed
    end = name_end(source, Span(place, within.end))
    end = _tail(source, Span(end, within.end))
    span = source.trimmed(Span(within.start, end))
    if len(span) <= 1:
        return None
    return Named((_clean(source.of(span)),), span)


def _enumerated(source: Source, head: Span, within: Span) -> Named | None:
    """As in "UBND các xã: Ba Tơ, Sơn Hà", "các xã Ba Tơ, Sơn Hà", "Giám đốc các Sở: Nội vụ, Tư pháp"."""
    opened = source.match(_ENUMERATES, Span(head.end, within.end))
    each_of = source.search(_PLURAL, head)
    if opened is None or each_of is None:
        return None
    one = source.of(Span(head.start, source.span(each_of).start)) + source.of(
        source.span(each_of, "kind")
    )
    names, place, end = [], source.span(opened).end, head.end
    while True:
        rest = Span(place, within.end)
        field = source.match(FIELD, rest)
        member = field or source.match(_MEMBER, rest)
        if member is None or not source.of(source.span(member))[0].isupper():
            break
        if field is None and source.match(HEAD, rest):
            break
        end = source.span(member).end
        if field is None:
            end = max(end, proper_end(source, rest))
        names.append(_clean(f"{one} {source.of(Span(place, end))}"))
        joined = source.match(JOIN, Span(end, within.end))
        if joined is None:
            break
        place = source.span(joined).end
    return Named(tuple(names), Span(head.start, end)) if names else None


_ENUMERATES = pattern(r"\s*:\s+|\s+")
_PLURAL = pattern(r"(?:^|(?<=\s))các\s+(?P<kind>sở|bộ|xã|phường|huyện|thị\s+xã|thành\s+phố)$")
_MEMBER = pattern(r"\w")


def _nested(source: Source, within: Span) -> int:
    """Past heads that stand after the head ("Chủ tịch UBND các xã, phường")."""
    place = within.start
    while True:
        rest = Span(place, within.end)
        match = source.match(_PLACES, rest) or source.match(OF_ALL, rest)
        if match is None:
            match = source.match(NEXT_HEAD, rest)
            if match is None or not _is_a_name(source, source.span(match, "head")):
                return place
            if not match.group().strip().startswith(("cua", "cac")) and (
                source.text[source.span(match, "head").start].islower()
            ):
                return place  # "Đảng ủy xã lãnh đạo UBND xã": what it does
        place = source.span(match).end


_EXACT = frozenset(head.lower() for head in HEADS if " " not in head)


_CASE = pattern(r"trường\s+hợp\b")


def _is_a_name(source: Source, span: Span) -> bool:
    """A head word that may be an ordinary word ("sở", "bộ", "ban", "hội") must bear a capital.

    A head of one syllable must bear its own accents: "Trường" is a body, "Trưởng" a person.
    """
    word = source.of(span)
    plain = folded(word)
    last = unicodedata.normalize("NFC", word.lower()).split()[-1]
    if len(plain.split()) == 1 and last not in _EXACT:
        return False
    if plain == "truong" and source.match(_CASE, Span(span.start, len(source.text))):
        return False
    if plain.startswith(
        ("cac ", "nhung ", "dong chi", "lanh dao", "nguoi dung dau", "thu truong", "thanh vien")
    ):
        return True
    return word[:1].isupper()


def _tail(source: Source, within: Span) -> int:
    end = within.start
    while True:
        match = source.match(TAIL, Span(end, within.end))
        if match is None:
            return end
        end = source.span(match).end


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" ,;:-")
