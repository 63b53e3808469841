"""What a reform does to the directory, and what is wrong with it. Pure: no database, no clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.agencies.models import Level
from tinhso.agencies.reform_days import doubts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from tinhso.agencies.reform_documents import Begin, FieldMove, Follow, ReformDocument

FieldPlace = tuple[str, Level, str]
"""A field's code, a level, and the key of the unit within which it is decided."""


@dataclass(frozen=True)
class Stood:
    """An agency as it stands before the reform; `period` is the row to close."""

    period: int
    since: date | None
    until: date | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """A competence as it stands before the reform."""

    competence: int
    agency: str
    since: date | None


@dataclass(frozen=True)
class Standing:
    """The directory on the day of the reform, by key; `known` holds the last names of all agencies of all times.

    `fields` are names by code; `reformed` is the last day for which a reform was carried out.
    """

    agencies: Mapping[str, Stood]
    known: Mapping[str, str]
    fields: Mapping[str, str]
    holders: Mapping[FieldPlace, Held]
    reformed: date | None = None


@dataclass(frozen=True)
class Transfer:
    """Work in hand goes to another agency: one field's, or with an empty field the rest."""

    predecessor: str
    successor: str
    field: str = ""


@dataclass(frozen=True)
class ReformRows:
    """The rows that a reform adds and closes."""

    begun: tuple[Begin, ...]
    amended: tuple[tuple[str, Mapping[str, Any]], ...]
    ended: tuple[str, ...]
    closed_periods: tuple[int, ...]
    successions: tuple[Follow, ...]
    closed_competences: tuple[int, ...]
    new_competences: tuple[FieldMove, ...]
    transfers: tuple[Transfer, ...]


def plan_reform(document: ReformDocument, standing: Standing) -> ReformRows:
    """The rows of a reform that has no `problems`."""
    touched = [*(a.key for a in document.amend), *document.end]
    moved = _moved(document, standing)
    return ReformRows(
        begun=document.begin,
        amended=tuple(
            (a.key, amended_facts(standing.agencies[a.key].facts, a.facts)) for a in document.amend
        ),
        ended=document.end,
        closed_periods=tuple(standing.agencies[key].period for key in touched),
        successions=document.follow,
        closed_competences=tuple(sorted(held.competence for _move, held in moved)),
        new_competences=tuple(move for move in document.fields if move.to),
        transfers=tuple(_transfers(document, moved)),
    )


def amended_facts(facts: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts after a change; the older form of a code does not outlive the code."""
    stale = {"reversed_code"} if "agency_code" in changes else set()
    return {key: said for key, said in facts.items() if key not in stale} | dict(changes)


def _moved(document: ReformDocument, standing: Standing) -> list[tuple[FieldMove | None, Held]]:
    """Competences that the reform closes: moved by name, or within a place that ends."""
    moves = {(move.field, move.level, move.place): move for move in document.fields}
    ended = set(document.end)
    return [
        (moves.get(where), held)
        for where, held in standing.holders.items()
        if where in moves or where[2] in ended
    ]


def _transfers(
    document: ReformDocument, moved: list[tuple[FieldMove | None, Held]]
) -> Iterator[Transfer]:
    """Fields go with their new holder; the rest to the named receiver, else to a sole follower."""
    for move, held in moved:
        if move is not None and move.to and move.to != held.agency:
            yield Transfer(held.agency, move.to, move.field)
    followers: dict[str, list[str]] = defaultdict(list)
    for follow in document.follow:
        if follow.successor:
            followers[follow.predecessor].append(follow.successor)
    for key in document.end:
        receiver = document.rest.get(key, "")
        if not receiver and len(followers[key]) == 1:
            receiver = followers[key][0]
        if receiver:
            yield Transfer(key, receiver)


def problems(document: ReformDocument, standing: Standing) -> list[str]:
    """Everything in which the reform and the directory disagree, in words; empty: it fits."""
    judged = _Judged(document, standing)
    return [
        *judged.identities(),
        *judged.days(),
        *judged.parents(),
        *judged.codes(),
        *judged.followers(),
        *judged.fields(),
    ]


def warnings(document: ReformDocument, standing: Standing) -> list[str]:
    """What the reform may be carried out with, but should be looked at first."""
    found = []
    if not _changes(document, standing):
        found.append(_("phương án không thay đổi gì trong danh bạ"))
    if standing.reformed is not None and document.on < standing.reformed:
        said = _("ngày có hiệu lực %(on)s đứng trước %(done)s, ngày của một phương án đã thực hiện")
        both = {"on": f"{document.on:%d/%m/%Y}", "done": f"{standing.reformed:%d/%m/%Y}"}
        found.append(said % both)
    days = doubts(document.signed_on, document.on)
    return [*found, *days, *_without_fields(document, standing)]


def _without_fields(document: ReformDocument, standing: Standing) -> Iterator[str]:
    """Units that begin in the place of others whose fields end with them, and are given none."""
    holding = {held.agency for held in standing.holders.values()} & set(document.end)
    given = {move.to for move in document.fields}
    followed = {follow.successor for follow in document.follow if follow.predecessor in holding}
    for begin in document.begin:
        if begin.key in followed - given:
            said = _(
                "“%(name)s” chưa được giao lĩnh vực nào nên chưa nhận được hồ sơ:"
                " thêm dòng chuyển lĩnh vực, địa bàn là chính đơn vị ấy"
            )
            yield said % {"name": begin.facts["name"]}


def _changes(document: ReformDocument, standing: Standing) -> bool:
    """Whether anything in the directory would be otherwise."""
    amended = any(
        standing.agencies[amend.key].facts.get(name) != said
        for amend in document.amend
        if amend.key in standing.agencies
        for name, said in amend.facts.items()
    )
    held = standing.holders
    moved = any(
        move.to != (held[where].agency if where in held else "")
        for move in document.fields
        for where in [(move.field, move.level, move.place)]
    )
    return bool(document.begin or document.end or document.follow) or amended or moved


class _Judged:
    """A reform held against the directory of its day."""

    def __init__(self, document: ReformDocument, standing: Standing) -> None:
        self.document = document
        self.standing = standing
        self.begun = {begin.key: begin for begin in document.begin}
        self.ended = set(document.end)
        self.after = self._after()

    def _after(self) -> dict[str, Mapping[str, Any]]:
        """The facts of every agency that lives on the day after the reform."""
        after = {key: stood.facts for key, stood in self.standing.agencies.items()}
        for amend in self.document.amend:
            after[amend.key] = {**after.get(amend.key, {}), **amend.facts}
        after |= {begin.key: begin.facts for begin in self.document.begin}
        for key in self.document.end:
            after.pop(key, None)
        return after

    def name(self, key: str) -> str:
        """What the agency with this key is called; the key itself where nobody knows it."""
        if key in self.begun:
            return str(self.begun[key].facts["name"])
        stood = self.standing.agencies.get(key)
        return str(stood.facts["name"]) if stood else self.standing.known.get(key, key)

    def field(self, code: str) -> str:
        return self.standing.fields.get(code, code)

    def identities(self) -> Iterator[str]:
        begun = [begin.key for begin in self.document.begin]
        touched = [*(amend.key for amend in self.document.amend), *self.document.end]
        for key in begun:
            if key in self.standing.known:
                said = _("cơ quan mới “%(name)s” đã có trong danh mục (khóa %(key)s)")
                yield said % {"name": self.name(key), "key": key}
        for key, times in Counter([*begun, *touched]).items():
            if times > 1:
                yield _("“%(name)s” được nêu %(times)s lần") % {
                    "name": self.name(key),
                    "times": times,
                }
        for key in touched:
            if key not in self.standing.agencies:
                yield _("“%(name)s” không hoạt động vào ngày này") % {"name": self.name(key)}

    def days(self) -> Iterator[str]:
        for key in [*(amend.key for amend in self.document.amend), *self.document.end]:
            stood = self.standing.agencies.get(key)
            if stood is None:
                continue
            if stood.since is not None and stood.since >= self.document.on:
                yield _("“%(name)s” vừa thay đổi đúng ngày này") % {"name": self.name(key)}
            if stood.until is not None:
                yield _("“%(name)s” đã có thay đổi sau ngày này") % {"name": self.name(key)}
        for (code, _level, place), held in self.standing.holders.items():
            if place in self.ended and self._just_moved(held):
                yield self._moved_today(code, place)

    def _just_moved(self, held: Held) -> bool:
        return held.since is not None and held.since >= self.document.on

    def _moved_today(self, code: str, place: str) -> str:
        said = _("thẩm quyền “%(field)s” tại “%(place)s” vừa thay đổi đúng ngày này")
        return said % {"field": self.field(code), "place": self.name(place)}

    def parents(self) -> Iterator[str]:
        for key, facts in self.after.items():
            parent = facts.get("parent", "")
            names = {"name": self.name(key), "parent": self.name(parent)}
            if parent in self.ended:
                said = _(
                    "“%(name)s” vẫn trực thuộc “%(parent)s” là cơ quan kết thúc:"
                    " nêu cấp trên mới, hoặc cho kết thúc luôn"
                )
                yield said % names
            elif parent and parent not in self.after and key in self.begun:
                yield _("cơ quan cấp trên “%(parent)s” của “%(name)s” không có") % names

    def codes(self) -> Iterator[str]:
        named: dict[str, list[str]] = defaultdict(list)
        for key, facts in self.after.items():
            named[facts.get("agency_code") or ""].append(self.name(key))
        for code, names in named.items():
            if code and len(names) > 1:
                said = _("mã “%(code)s” được cấp cho nhiều cơ quan: %(names)s")
                yield said % {"code": code, "names": ", ".join(names)}

    def followers(self) -> Iterator[str]:
        followed = {follow.predecessor for follow in self.document.follow}
        for key in self.document.end:
            if key not in followed:
                yield _("không nêu cơ quan nào kế thừa “%(name)s”") % {"name": self.name(key)}
        yield from self._follows()
        for ended, receiver in self.document.rest.items():
            if ended not in self.ended:
                said = _("“%(name)s” không kết thúc nên không cần cơ quan nhận việc còn lại")
                yield said % {"name": self.name(ended)}
            if receiver not in self.after:
                said = _("cơ quan nhận việc còn lại “%(name)s” không có")
                yield said % {"name": self.name(receiver)}

    def _follows(self) -> Iterator[str]:
        shares: dict[str, Any] = defaultdict(int)
        yield from self._successors()
        for follow in self.document.follow:
            if follow.predecessor not in self.standing.agencies and (
                follow.predecessor not in self.ended
            ):
                yield _("“%(name)s” không hoạt động vào ngày này") % {
                    "name": self.name(follow.predecessor)
                }
            shares[follow.predecessor] += follow.share or 0
        for key, total in shares.items():
            if total > 1:
                yield _("các tỷ lệ của “%(name)s” cộng lại quá 100%%") % {"name": self.name(key)}

    def _successors(self) -> Iterator[str]:
        for key in dict.fromkeys(follow.successor for follow in self.document.follow):
            if key in self.ended:
                said = _(
                    "“%(name)s” vừa kết thúc vừa kế thừa: nếu vẫn hoạt động thì bỏ khỏi"
                    " các đơn vị kết thúc, nếu lập mới thì thêm dòng thành lập"
                )
                yield said % {"name": self.name(key)}
            elif key and key not in self.after:
                yield _("cơ quan kế thừa “%(name)s” không có") % {"name": self.name(key)}

    def fields(self) -> Iterator[str]:
        moves = {(move.field, move.level, move.place) for move in self.document.fields}
        for move in self.document.fields:
            yield from self._move(move)
        if len(moves) < len(self.document.fields):
            yield _("có lĩnh vực được chuyển hai lần tại cùng địa bàn")
        for where, held in self.standing.holders.items():
            if held.agency in self.ended and where[2] not in self.ended and where not in moves:
                said = _(
                    "lĩnh vực “%(field)s” của “%(name)s” chưa có cơ quan nhận:"
                    " thêm dòng chuyển lĩnh vực"
                )
                yield said % {"field": self.field(where[0]), "name": self.name(held.agency)}

    def _move(self, move: FieldMove) -> Iterator[str]:
        if move.field not in self.standing.fields:
            yield _("lĩnh vực “%(field)s” không có") % {"field": move.field}
        if move.to and move.to not in self.after:
            yield _("cơ quan nhận lĩnh vực “%(name)s” không có") % {"name": self.name(move.to)}
        if move.place not in self.after and move.place not in self.ended:
            yield _("địa bàn “%(place)s” không có") % {"place": self.name(move.place)}
        held = self.standing.holders.get((move.field, move.level, move.place))
        if held is not None and self._just_moved(held):
            yield self._moved_today(move.field, move.place)
