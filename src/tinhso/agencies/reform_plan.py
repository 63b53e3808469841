"""What a reform does to the directory, and what is wrong with it. Pure: no database, no clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import Level

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
    """The directory on the day of the reform, by key; `known` holds the keys of all times."""

    agencies: Mapping[str, Stood]
    known: frozenset[str]
    fields: frozenset[str]
    holders: Mapping[FieldPlace, Held]


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
    """Everything in which the reform and the directory disagree, in Vietnamese; empty: it fits."""
    after = _after(document, standing)
    return [
        *_identities(document, standing),
        *_days(document, standing),
        *_parents(document, after),
        *_codes(after),
        *_followers(document, after),
        *_fields(document, standing, after),
    ]


def _after(document: ReformDocument, standing: Standing) -> dict[str, Mapping[str, Any]]:
    """The facts of every agency that lives on the day after the reform."""
    after = {key: stood.facts for key, stood in standing.agencies.items()}
    for amend in document.amend:
        after[amend.key] = {**after.get(amend.key, {}), **amend.facts}
    for begin in document.begin:
        after[begin.key] = begin.facts
    for key in document.end:
        after.pop(key, None)
    return after


def _identities(document: ReformDocument, standing: Standing) -> Iterator[str]:
    for begin in document.begin:
        if begin.key in standing.known:
            yield f"cơ quan mới “{begin.key}” đã có trong danh mục"
    named = [*(b.key for b in document.begin), *(a.key for a in document.amend), *document.end]
    for key, times in Counter(named).items():
        if times > 1:
            yield f"“{key}” được nêu {times} lần"
    for key in [*(a.key for a in document.amend), *document.end]:
        if key not in standing.agencies:
            yield f"“{key}” không hoạt động vào ngày này"


def _days(document: ReformDocument, standing: Standing) -> Iterator[str]:
    for key in [*(a.key for a in document.amend), *document.end]:
        stood = standing.agencies.get(key)
        if stood is None:
            continue
        if stood.since is not None and stood.since >= document.on:
            yield f"“{key}” vừa thay đổi đúng ngày này"
        if stood.until is not None:
            yield f"“{key}” đã có thay đổi sau ngày này"
    for (code, _level, place), held in standing.holders.items():
        if place in document.end and held.since is not None and held.since >= document.on:
            yield f"thẩm quyền “{code}” tại “{place}” vừa thay đổi đúng ngày này"


def _parents(document: ReformDocument, after: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    ended = set(document.end)
    begun = {begin.key for begin in document.begin}
    for key, facts in after.items():
        parent = facts.get("parent", "")
        if parent in ended:
            yield f"“{key}” vẫn trực thuộc “{parent}” là cơ quan kết thúc"
        elif parent and parent not in after and key in begun:
            yield f"cơ quan cấp trên “{parent}” của “{key}” không có"


def _codes(after: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    codes = Counter(facts.get("agency_code") or "" for facts in after.values())
    for code, times in codes.items():
        if code and times > 1:
            yield f"mã “{code}” được cấp cho {times} cơ quan"


def _followers(document: ReformDocument, after: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    followed = {follow.predecessor for follow in document.follow}
    for key in document.end:
        if key not in followed:
            yield f"không nêu cơ quan nào kế thừa “{key}”"
    shares: dict[str, Any] = defaultdict(int)
    for follow in document.follow:
        if follow.successor and follow.successor not in after:
            yield f"cơ quan kế thừa “{follow.successor}” không có"
        shares[follow.predecessor] += follow.share or 0
    for key, total in shares.items():
        if total > 1:
            yield f"các tỷ lệ của “{key}” cộng lại quá 1"
    for ended, receiver in document.rest.items():
        if ended not in document.end:
            yield f"“{ended}” không kết thúc nên không cần cơ quan nhận việc còn lại"
        if receiver not in after:
            yield f"cơ quan nhận việc còn lại “{receiver}” không có"


def _fields(
    document: ReformDocument, standing: Standing, after: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    moves = {(move.field, move.level, move.place) for move in document.fields}
    for move in document.fields:
        if move.field not in standing.fields:
            yield f"lĩnh vực “{move.field}” không có"
        if move.to and move.to not in after:
            yield f"cơ quan nhận lĩnh vực “{move.to}” không có"
        if move.place not in after and move.place not in document.end:
            yield f"địa bàn “{move.place}” không có"
        held = standing.holders.get((move.field, move.level, move.place))
        if held is not None and held.since is not None and held.since >= document.on:
            yield f"thẩm quyền “{move.field}” tại “{move.place}” vừa thay đổi đúng ngày này"
    if len(moves) < len(document.fields):
        yield "có lĩnh vực được chuyển hai lần tại cùng địa bàn"
    ended = set(document.end)
    for where, held in standing.holders.items():
        if held.agency in ended and where[2] not in ended and where not in moves:
            yield f"lĩnh vực “{where[0]}” của “{held.agency}” chưa có cơ quan nhận"
