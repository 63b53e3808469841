"""Bodies as official texts name them (cơ quan, đơn vị): lists, abbreviations, "các Sở Tư pháp, Y tế và …".

Names told are as written, but for a list under one head ("Các Sở Tư pháp, Nội vụ"), whose members
are given the head: "Sở Tư pháp", "Sở Nội vụ".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words
from tinhso.tasks.notices.verbs import ACTIONS, PRAISE, SOFTENERS

DEPARTMENTS = phrases(
    """
    Lao động, Thương binh và Xã hội | Lao động - Thương binh và Xã hội | Lao động Thương binh và
    Xã hội | Văn hóa, Thể thao và Du lịch | Văn hóa Thể thao và Du lịch | Văn hóa và Thể thao |
    Văn hóa, Thể thao | Thông tin và Truyền thông | Thông tin - Truyền thông | Tài nguyên và Môi
    trường | Nông nghiệp và Phát triển nông thôn | Nông nghiệp và Môi trường | Khoa học và Công
    nghệ | Kế hoạch và Đầu tư | Giáo dục và Đào tạo | Giao thông vận tải | Giao thông Vận tải |
    Dân tộc và Tôn giáo | Công Thương | Xây dựng | Y tế | Tư pháp | Nội vụ | Tài chính | Ngoại
    vụ | Du lịch | Quy hoạch - Kiến trúc | An toàn thực phẩm | Văn hóa và Thông tin | Văn hóa, Khoa học và Thông tin |
    Văn hóa - Thông tin | Văn hóa - Xã hội | Văn hóa và Xã hội | Kinh tế và Hạ tầng | Kinh tế, Hạ tầng và Đô thị |
    Kinh tế | Quản lý đô thị | Tài chính - Kế hoạch | Tài chính và Kế hoạch | Công an | Quốc phòng | TT&TT |
    TTTT | TN&MT | TNMT | LĐTBXH | LĐTB&XH | LĐ-TB&XH | LĐ-TBXH | VHTTDL | VHTT&DL | VH,TT&DL |
    VH-TT&DL | NN&PTNT | NNPTNT | NN&MT | NNMT | KH&CN | KHCN | KH&ĐT | KHĐT | GD&ĐT | GDĐT |
    GTVT | DT&TG | DTTG | CT | TC | NV | TP | XD | YT
    """
)
"""Fields of ministries, departments and district offices; those with a comma or "và" could not be told from a list."""

_HEADS = phrases(
    """
    Sở | Bộ | Ban | Ban Chỉ đạo | Ban Quản lý | Văn phòng | Ủy ban nhân dân | Uỷ ban nhân dân |
    UBND | Hội đồng nhân dân | HĐND | Công an | Bộ Chỉ huy Quân sự | Bộ Chỉ huy Bộ đội Biên
    phòng | Bộ CHQS | Chi cục | Cục | Tổng cục | Trung tâm | Trường | Bệnh viện | Báo | Đài |
    Cổng Thông tin điện tử | Tổ Công tác | Tổ Công nghệ số | Tổ giúp việc | Bảo hiểm xã hội |
    BHXH | Kho bạc | Ngân hàng | Thanh tra | Ủy ban Mặt trận | UBMTTQ | Mặt trận Tổ quốc | Đoàn
    Thanh niên | Tỉnh đoàn | Tỉnh Đoàn | Hội Nông dân | Hội Liên hiệp Phụ nữ | Hội | Liên đoàn
    Lao động | Viện | Quỹ | Công ty | Tập đoàn | Chủ tịch | Phó Chủ tịch | Giám đốc | Phó Giám
    đốc | Thủ trưởng | Người đứng đầu | Trưởng ban | Bưu điện | VNPT | Viettel | Điện lực | Cục
    Thuế | Thuế | Hải quan | Tòa án | Viện Kiểm sát | Phòng | Đảng ủy | Thường trực | Ban Tổ
    chức | Ban Tuyên giáo | Tổng Công ty | Liên minh Hợp tác xã | Thành viên | Bộ phận Một cửa |
    Bộ phận | Đoàn kiểm tra | Cơ quan Thường trực | Đoàn công tác | đồng chí | các đồng chí |
    lãnh đạo | Hiệp hội | Chính phủ | Trưởng các | Chánh Văn phòng | Viễn thông | MobiFone |
    VinaPhone | FPT
    """
)
_GENERIC = phrases(
    """
    sở, ban, ngành | sở, ngành | sở ngành | sở, ban ngành | sở, phòng, ban | ban, ngành | ngành
    | cấp, ngành, đơn vị, địa phương | cấp, ngành, địa phương | cơ quan, địa phương | cấp chính
    quyền | cơ quan, đơn vị, địa phương | cơ quan đơn vị, địa phương | cơ quan, đơn vị | cơ quan
    | đơn vị | đơn vị, địa phương | địa phương | huyện, thị xã, thành phố | xã, phường, thị trấn
    | xã, phường | xã, phường, đặc khu | huyện, thành phố | huyện | xã | phường | doanh nghiệp
    viễn thông | cơ quan, doanh nghiệp viễn thông | cơ quan, doanh nghiệp | công ty viễn thông |
    doanh nghiệp, hợp tác xã | doanh nghiệp | tổ chức | hội, đoàn thể | đoàn thể | chủ đầu tư |
    nhà thầu | cấp, các ngành | chi bộ, cơ quan, đơn vị | chi bộ | tổ dân phố | thôn, tổ dân phố
    | thôn | cơ sở giáo dục | cơ sở y tế | trường | trường học | cơ quan báo chí | cấp ủy |
    thành viên | phòng, ban | sở | ngành, địa phương | cấp | ngành, các cấp | ngành, đơn vị | tổ
    chức chính trị - xã hội
    """
)
SAID_BEFORE = pattern(
    rf"(?:cả\s+)?(?P<count>các|những|hai|ba|bốn|năm|0?[2-9])\s+{words(*_GENERIC)}\s+"
    r"(?:này|(?:đã\s+)?(?:nêu|kể|nói)\s+trên|trên(?!\s+(?:địa|toàn|cơ|mạng|môi|phạm))|đó)\b"
)
"""Bodies that were named before: "hai đơn vị này", "các đơn vị nêu trên"."""
HEAD = pattern(rf"(?:các\s+|những\s+|toàn\s+bộ\s+)?{words(*_HEADS)}\b")
_NEXT_HEAD = pattern(rf"\s+(?:của\s+|các\s+)*(?P<head>{words(*_HEADS)})\b")
GENERIC = pattern(rf"(?:(?:tất\s+cả\s+)?(?:các|những|mỗi|từng|toàn\s+thể)\s+){words(*_GENERIC)}\b")
FIELD = pattern(rf"{words(*DEPARTMENTS)}(?!\w)")
OF_HEAD = pattern(r"(?:các\s+)?(?P<head>sở|bộ|phòng)\s*:?\s+")
_PART_OF_NAME = phrases(
    """
    quản lý | chỉ đạo | điều hành | phát triển | kiểm soát | thanh tra | hỗ trợ | bảo vệ | tổ
    chức | tuyên truyền | đăng ký | giám sát | phục vụ | xúc tiến | dự báo | đầu tư | tổng hợp |
    thông báo | đào tạo | kiểm tra | thường xuyên | ứng dụng | công bố | bảo trì | quy định |
    chi trả | tiếp nhận | khai thác | thực hành | lãnh đạo | xây dựng | triển khai | đầu mối |
    cung cấp | chia sẻ | kết nối | thực hiện
    """
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
    *("trực thuộc", "tập hợp", "được giao", "là"),
)
"""Read with their accents: "Đề án" is not "để", nor is "Tài chính" "tại"."""
STOP = pattern(
    r"\s*(?P<sign>[;:.()\n,]|\s-\s|$)|\s+và\b"
    rf"|\s+(?P<verb>{words(*_PLAIN_VERBS, *SOFTENERS)})\b|\s+(?P<praise>{PRAISE.pattern})"
    rf"|\s+(?P<connective>{words(*_CONNECTIVES)})\b"
    rf"|\s+(?P<inner>{words(*_PART_OF_NAME)})\b"
)
JOIN = pattern(r"\s*(?:,\s*(?:và\s+)?|;\s*|\s+và\s+|\s+cùng\s+)(?:với\s+)?")
TAIL = pattern(
    r"\s+(?:(?:có\s+)?liên\s+quan|trực\s+thuộc|trên\s+địa\s+bàn(?:\s+tỉnh|\s+thành\s+phố|\s+huyện|\s+xã)?|"
    r"thuộc\s+(?:ubnd\s+)?tỉnh|cấp\s+(?:tỉnh|huyện|xã)|(?:của\s+)?(?:ubnd\s+)?(?:tỉnh|thành\s+phố)\b(?!\s+\w+\s+hợp))"
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
    match = SAID_BEFORE.fullmatch(Source(name).shadow)
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
    tail = _tail(source, Span(end, within.end))
    return Named(tuple(names), Span(within.start, tail))


def _is_apart(source: Source, field: Span, head: str) -> bool:
    """As in "Sở Nội vụ và Công an tỉnh": police and army are bodies of their own, but ministries."""
    if Source(source.of(field)).shadow not in _FORCES:
        return False
    return (
        Source(head).shadow != "bo"
        or source.match(TAIL, Span(field.end, len(source.text))) is not None
    )


_FORCES = ("cong an", "quoc phong")
_WRITTEN = {Source(one).shadow: one for one in DEPARTMENTS}


def _as_a_name(field: str) -> str:
    """A field in the capitals of a heading, as it is written elsewhere."""
    shadow = " ".join(Source(field).shadow.split())
    return _WRITTEN.get(shadow, field) if field.isupper() else field


def _generic(source: Source, within: Span) -> Named | None:
    """As in "các sở, ban, ngành", "các cơ quan, đơn vị có liên quan"."""
    match = source.match(GENERIC, within)
    if match is None:
        return None
    end = _tail(source, Span(source.span(match).end, within.end))
    span = Span(within.start, end)
    name = _clean(source.of(span))
    return Named((name.capitalize() if name.isupper() else name,), span)


def _headed(source: Source, within: Span) -> Named | None:
    """As in "Công an tỉnh", "UBND các huyện, thị xã, thành phố", "Trung tâm Phục vụ hành chính công tỉnh"."""
    match = source.match(HEAD, within)
    if match is None or not _is_a_name(source, source.span(match)):
        return None
    place = _nested(source, Span(source.span(match).end, within.end))
    end = _name_end(source, Span(place, within.end))
    end = _tail(source, Span(end, within.end))
    span = source.trimmed(Span(within.start, end))
    if len(span) <= 1:
        return None
    return _enumerated(source, span, within) or Named((_clean(source.of(span)),), span)


def _enumerated(source: Source, head: Span, within: Span) -> Named | None:
    """As in "UBND các xã: Ba Tơ, Sơn Hà", "Giám đốc các Sở: Nội vụ, Tư pháp"."""
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
        member = source.match(FIELD, rest) or source.match(_MEMBER, rest)
        if member is None or not source.of(source.span(member))[0].isupper():
            break
        end = source.span(member).end
        if member.re is _MEMBER:
            capitals = _CAPITALS.match(source.text, place, within.end)
            end = capitals.end() if capitals else end
        names.append(_clean(f"{one} {source.of(Span(place, end))}"))
        joined = source.match(JOIN, Span(end, within.end))
        if joined is None:
            break
        place = source.span(joined).end
    return Named(tuple(names), Span(head.start, end)) if names else None


_ENUMERATES = pattern(r"\s*:\s+")
_PLURAL = pattern(r"(?:^|(?<=\s))các\s+(?P<kind>sở|xã|phường|huyện|thị\s+xã|thành\s+phố)$")
_MEMBER = pattern(r"\w")
_CAPITALS = re.compile(r"[^\W\d_]+(?:[ \xa0](?=[^\W\d_a-zà-ỹ])[^\W\d_]+)*")


def _nested(source: Source, within: Span) -> int:
    """Past heads that stand after the head ("Chủ tịch UBND các xã, phường")."""
    place = within.start
    while True:
        rest = Span(place, within.end)
        match = source.match(_PLACES, rest)
        if match is None:
            match = source.match(_NEXT_HEAD, rest)
            if match is None or not _is_a_name(source, source.span(match, "head")):
                return place
        place = source.span(match).end


def _name_end(source: Source, within: Span) -> int:
    """Where the name ends: at a sign, at a verb that is not part of it, at a connective."""
    for stop in source.every(STOP, within):
        span = source.span(stop)
        word = source.of(span).strip()
        if (
            stop.group("connective")
            and unicodedata.normalize("NFC", word.lower()) not in _CONNECTIVES
        ):
            continue
        if stop.group("inner") and (word[:1].isupper() or _ends_open(source, span.start)):
            continue
        if stop.group("verb") and word[:1].isupper():
            continue
        if Source(word).shadow == "va" and _goes_on(source, Span(span.end, within.end)):
            continue
        return span.start
    return within.end


def _goes_on(source: Source, rest: Span) -> bool:
    """As in "công trình dân dụng và công nghiệp": what follows "và" is neither a body nor work."""
    rest = Span(source.trimmed(rest).start, rest.end)
    if not len(rest) or not source.text[rest.start].islower():
        return False
    return not any(source.match(one, rest) for one in (GENERIC, _PLAIN_GENERIC, HEAD, _ANY_VERB))


_PLAIN_GENERIC = pattern(rf"(?:với|các|những|toàn\s+thể|{words(*_GENERIC)})\b")
_ANY_VERB = pattern(rf"{words(*ACTIONS, *SOFTENERS)}\b")
_NEEDS_MORE = phrases(
    """
    ban | trung tâm | phòng | cục | chi cục | tổ | viện | quỹ | bộ phận | cơ quan | trường | đoàn
    | hội | dự án | đầu tư
    """
)
_OPEN_ENDS = pattern(rf"(?:{words(*_NEEDS_MORE)})\s*$")


def _ends_open(source: Source, at: int) -> bool:
    return source.search(_OPEN_ENDS, Span(max(0, at - 14), at)) is not None


_EXACT = frozenset(head.lower() for head in _HEADS if " " not in head)


_CASE = pattern(r"trường\s+hợp\b")


def _is_a_name(source: Source, span: Span) -> bool:
    """A head word that may be an ordinary word ("sở", "bộ", "ban", "hội") must bear a capital.

    A head of one syllable must bear its own accents: "Trường" is a body, "Trưởng" a person.
    """
    word = source.of(span)
    plain = Source(word).shadow
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
