"""Reads for the review of a notice: its draft tasks with names, what is wrong with them, the text in marked pieces."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.accounts.models import User
from tinhso.accounts.queries import officers_at
from tinhso.agencies.models import Agency
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.drafts import standing
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.committees import by_field, members, of_words, proposals
from tinhso.tasks.queries.evidence import kinds_in_words
from tinhso.tasks.rhythms import Rhythm, rhythm_of
from tinhso.tasks.services.reviewing import items_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.tasks.drafts import Item
    from tinhso.tasks.models import Notice, Review
    from tinhso.tasks.queries.committees import Answering, Proposal

NAMED = 4
"""So many agencies are named one by one; of more their number is told."""


@dataclass(frozen=True)
class ShownItem:
    """A draft task as the review shows it; `blocks` are what keeps the tasks from being issued."""

    number: int
    item: Item
    leads: str
    coordinators: str
    follower: str
    blocks: list[str]
    doubts: list[str]
    proposed: list[Proposal]
    evidence: str


@dataclass(frozen=True)
class Piece:
    """A piece of the text; `number` is that of the draft task that it belongs to, 0 for none."""

    text: str
    number: int = 0
    is_first: bool = False


def shown_items(review: Review, *, at: datetime) -> list[ShownItem]:
    """The draft tasks of a review, numbered as they stand in the text; a dropped one has no number."""
    on = day_of(at)
    items = items_of(review)
    known, answering = proposals(review.notice, on), members(review.notice, on)
    keys = {key for item in items for key in (*item.leads, *item.coordinators)}
    names = names_of(keys, on)
    alive = set(Agency.objects.alive(on).filter(pk__in=keys).values_list("pk", flat=True))
    able = able_to_follow(review.notice, items, at=at)
    people = dict(
        User.objects.filter(pk__in=[i.follower for i in items if i.follower]).values_list(
            "pk", "name"
        )
    )
    numbers = {item.key: number for number, item in enumerate(standing(items), start=1)}
    return [
        ShownItem(
            number=numbers.get(item.key, 0),
            item=item,
            leads=together(item.leads, names),
            coordinators=together(item.coordinators, names),
            follower=people.get(item.follower or 0, ""),
            blocks=[] if item.is_dropped else blocks_of(item, alive, able),
            doubts=[] if item.is_dropped else [*doubts_of(item, on), *_followed(item, answering)],
            proposed=_proposed(item, known, review.notice.title),
            evidence=", ".join(kinds_in_words(item.evidence_kinds)),
        )
        for item in items
    ]


def _proposed(item: Item, known: Sequence[Proposal], title: str) -> list[Proposal]:
    """Who serves a subject that is named: as lead where nobody leads, else as coordinator by the task's own words."""
    if not item.leads:
        return of_words(known, item.text, title)
    taken = {*item.leads, *item.coordinators}
    return [one for one in of_words(known, item.text, "") if one.agency not in taken]


def _followed(item: Item, answering: Sequence[Answering]) -> list[str]:
    """Who is proposed to follow: the member of a committee whose field the task's words name."""
    if item.follower is not None or item.supervisor:
        return []
    said = _("Đề xuất theo dõi: %(post)s, phụ trách “%(field)s” ở %(committee)s.")
    return [said % asdict(one) for one in by_field(answering, item.text)]


def blocks_of(item: Item, alive: Collection[int], able: Collection[int]) -> list[str]:
    """Why a draft task cannot be issued."""
    if not item.leads:
        written = "; ".join(item.lead_names)
        if written:
            return [_("Chưa rõ cơ quan chủ trì: văn bản ghi “%(names)s”.") % {"names": written}]
        return [_("Chưa có cơ quan chủ trì.")]
    if not set(item.leads) <= set(alive):
        return [_("Cơ quan chủ trì không còn hoạt động.")]
    if item.follower is not None and item.follower not in able:
        return [_("Người theo dõi đã chọn không còn theo dõi được ở cơ quan giao việc: chọn lại.")]
    return []


def doubts_of(item: Item, on: date) -> list[str]:
    """What the reviewer should look at; it does not keep the tasks from being issued."""
    found = []
    if item.loose:
        found.append(_("Chưa khớp cơ quan phối hợp: %(names)s.") % {"names": "; ".join(item.loose)})
    if item.supervisor and item.follower is None:
        said = _(
            "Văn bản nêu người theo dõi “%(name)s”: chọn tài khoản ở “Sửa” để người đó được báo."
        )
        found.append(said % {"name": item.supervisor})
    if item.deadline_on is None and item.deadline_kind != DeadlineKind.RECURRING:
        words = item.deadline_words
        found.append(
            _("Thời hạn “%(words)s” chưa ra ngày.") % {"words": words}
            if words
            else _("Văn bản không nêu thời hạn.")
        )
    if item.deadline_kind == DeadlineKind.RECURRING and item.deadline_on is None:
        found.append(_recurs(item))
    if item.deadline_on is not None and item.deadline_on < on:
        found.append(_("Hạn đã qua khi giao."))
    return found


def _recurs(item: Item) -> str:
    """How a task that recurs will open its periods, as far as its words say."""
    rhythm = rhythm_of(item.deadline_words)
    if rhythm is None:
        return _("Việc thường xuyên: không mở kỳ. Ghi nhịp (hằng tuần, hằng tháng…) nếu cần.")
    told = {
        Rhythm.WEEKLY: _("Mở một kỳ mỗi tuần."),
        Rhythm.MONTHLY: _("Mở một kỳ mỗi tháng."),
        Rhythm.QUARTERLY: _("Mở một kỳ mỗi quý."),
        Rhythm.HALF_YEARLY: _("Mở một kỳ mỗi 6 tháng."),
        Rhythm.YEARLY: _("Mở một kỳ mỗi năm."),
    }
    return told[rhythm]


def together(keys: Sequence[int], names: Mapping[int, str]) -> str:
    """Agencies in a line: named where they are few, counted where they are many."""
    told = [names.get(key, "—") for key in keys]
    if len(told) <= NAMED:
        return "; ".join(told)
    return _("%(count)s cơ quan: %(names)s…") % {
        "count": len(told),
        "names": "; ".join(told[:NAMED]),
    }


def pieces(text: str, numbered: Iterable[tuple[int, int, int]]) -> list[Piece]:
    """The text cut at the spans (start, end, number); where two overlap, the later begins after the earlier."""
    found: list[Piece] = []
    at = 0
    for start, end, number in sorted(numbered):
        begin = max(start, at)
        if begin >= end:
            continue
        if begin > at:
            found.append(Piece(text[at:begin]))
        found.append(Piece(text[begin:end], number, is_first=True))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def able_to_follow(notice: Notice, items: Iterable[Item], *, at: datetime) -> set[int]:
    """Who of the chosen followers may still follow; nobody is asked for where none was chosen."""
    if not any(item.follower for item in items):
        return set()
    return {key for key, _ in followers(notice, at=at)}


def followers(notice: Notice, *, at: datetime) -> list[tuple[int, str]]:
    """Who may be named to follow: those who confirm tasks at the agency that gives them."""
    people = officers_at(notice.agency_id, permission=TaskPermission.CONFIRM, at=at)
    return [(user.pk, user.name) for user in people]
