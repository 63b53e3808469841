"""A reform as rows of changes (dòng thay đổi), as officials write it: to a document and back. Pure.

A row says one change in the words of the form. What the form does not show of a row (coordinates, a legal basis of its
own) is kept beside it, so that nothing of a document is lost when it is opened, edited and saved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tinhso.agencies import reform_documents
from tinhso.agencies.models import AgencyKind, Level, SuccessionKind
from tinhso.agencies.reform_documents import Follow, ReformDocument
from tinhso.agencies.reform_plan import Standing
from tinhso.kernel.folding import fold

MOST = 100
"""As many rows as one page of the form holds."""


class RowKind(TextChoices):
    """The changes that a plan knows, in the words of the form."""

    BEGIN = "begin", _("Thành lập đơn vị mới")
    MERGE = "merge", _("Sáp nhập, hợp nhất (đơn vị trước kết thúc)")
    SPLIT = "split", _("Chia (đơn vị trước kết thúc)")
    PART = "part", _("Tách một phần (đơn vị trước vẫn hoạt động)")
    AMEND = "amend", _("Đổi tên, mã hoặc cấp trên (vẫn là đơn vị ấy)")
    RENAME = "rename", _("Tổ chức lại thành đơn vị khác (đơn vị trước kết thúc)")
    TRANSFER = "transfer", _("Chuyển giao toàn bộ (đơn vị trước kết thúc)")
    HAND = "hand", _("Chuyển giao một phần (đơn vị trước vẫn hoạt động)")
    ABOLISH = "abolish", _("Chấm dứt, không có đơn vị kế thừa")
    FIELD = "field", _("Chuyển lĩnh vực")
    REST = "rest", _("Giao việc còn lại của đơn vị kết thúc")


FOLLOWED: Mapping[RowKind, tuple[SuccessionKind, bool]] = {
    RowKind.MERGE: (SuccessionKind.MERGE, True),
    RowKind.SPLIT: (SuccessionKind.SPLIT, True),
    RowKind.PART: (SuccessionKind.SPLIT, False),
    RowKind.RENAME: (SuccessionKind.RENAME, True),
    RowKind.TRANSFER: (SuccessionKind.TRANSFER, True),
    RowKind.HAND: (SuccessionKind.TRANSFER, False),
    RowKind.ABOLISH: (SuccessionKind.ABOLISH, True),
}
"""The rows that are successions: of which kind, and whether the former agency ends."""
SHARED = frozenset({RowKind.SPLIT, RowKind.PART, RowKind.HAND})
"""The rows where a share may be declared."""
_ROW_OF = {said: kind for kind, said in FOLLOWED.items()}
_BEGUN = ("name", "kind", "parent", "agency_code")
_AMENDED = ("name", "agency_code", "parent")
_MOVED = ("field", "level", "place", "to")


@dataclass(frozen=True)
class Row:
    """One change: what the form shows of it, agencies by key, and what is kept beside."""

    kind: RowKind
    said: Mapping[str, Any]
    kept: Mapping[str, Any] = field(default_factory=dict)


def to_document(head: Mapping[str, Any], rows: Sequence[Row]) -> ReformDocument:
    """The document that head and rows make; refuses with `ReformMalformed` as any other."""
    value: dict[str, Any] = {
        **head, "begin": [], "amend": [], "end": [], "follow": [], "fields": [], "rest": {}
    }  # fmt: skip
    for row in rows:
        if row.kind is RowKind.BEGIN:
            told = {key: said for key, said in row.said.items() if said}
            value["begin"].append({**row.kept, **told})
        elif row.kind is RowKind.AMEND:
            changed = {key: row.said[key] for key in _AMENDED if row.said.get(key)}
            value["amend"].append({**row.kept, "key": row.said["before"], **changed})
        elif row.kind is RowKind.FIELD:
            value["fields"].append({**row.kept, **row.said})
        elif row.kind is RowKind.REST:
            value["rest"][row.said["before"]] = row.said["after"]
        else:
            _follow(value, row)
    value["end"] = list(dict.fromkeys(value["end"]))
    return reform_documents.from_json(value)


def _follow(value: dict[str, Any], row: Row) -> None:
    kind, ends = FOLLOWED[row.kind]
    before = row.said["before"]
    share = row.said.get("share")
    declared = {} if share is None else {"share": str(share)}
    for former in before if isinstance(before, list) else [before]:
        follow = {"from": former, "to": row.said.get("after", ""), "kind": kind.value}
        value["follow"].append({**row.kept, **follow, **declared})
        if ends:
            value["end"].append(former)


def from_document(document: ReformDocument) -> list[Row] | None:
    """The rows of a document; None where the form has no words for it, or no room."""
    ended = set(document.end)
    if ended - {follow.predecessor for follow in document.follow}:
        return None
    follows = _followed(document, ended)
    if follows is None:
        return None
    rows = [*_agencies(document), *follows, *_fields(document)]
    return rows if len(rows) <= MOST else None


def _agencies(document: ReformDocument) -> Iterator[Row]:
    value = reform_documents.to_json(document)
    for begin in value["begin"]:
        yield Row(RowKind.BEGIN, _shown(begin, _BEGUN), _others(begin, _BEGUN))
    for amend in value["amend"]:
        said = {"before": amend["key"], **_shown(amend, _AMENDED)}
        yield Row(RowKind.AMEND, said, _others(amend, (*_AMENDED, "key")))


def _fields(document: ReformDocument) -> Iterator[Row]:
    for move, said in zip(
        document.fields, reform_documents.to_json(document)["fields"], strict=True
    ):
        yield Row(RowKind.FIELD, _shown(said, _MOVED), _own(document, move))
    for before, after in document.rest.items():
        yield Row(RowKind.REST, {"before": before, "after": after})


def _followed(document: ReformDocument, ended: set[str]) -> list[Row] | None:
    """Successions as rows; agencies that merge into one on the same basis share a row."""
    merged: dict[tuple[str, str], list[Follow]] = defaultdict(list)
    rows = []
    for follow in document.follow:
        kind = _ROW_OF.get((follow.kind, follow.predecessor in ended))
        if kind is None or bool(follow.successor) is (kind is RowKind.ABOLISH):
            return None
        own = _own(document, follow)
        if follow.share is not None and kind not in SHARED:
            own = {**own, "share": str(follow.share)}
        if kind is RowKind.MERGE and not own:
            merged[follow.successor, follow.kind].append(follow)
            continue
        several = kind is RowKind.ABOLISH or kind is RowKind.MERGE
        before = [follow.predecessor] if several else follow.predecessor
        said: dict[str, Any] = {"before": before, "after": follow.successor}
        rows.append(Row(kind, {**said, "share": follow.share} if kind in SHARED else said, own))
    for (after, _kind), follows in merged.items():
        former = [follow.predecessor for follow in follows]
        rows.append(Row(RowKind.MERGE, {"before": former, "after": after}))
    return rows


def _own(document: ReformDocument, row: Any) -> dict[str, Any]:
    """What a row says otherwise than the whole: its legal basis, whether it was compared."""
    own: dict[str, Any] = {}
    if row.legal_basis != document.citation:
        own["legal_basis"] = row.legal_basis
    if row.verified != document.verified:
        own["verified"] = row.verified
    return own


def _shown(said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: said[name] for name in names if name in said}


def _others(said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}


def new_key(name: str, parent: str, taken: Iterable[str]) -> str:
    """A key for an agency that begins, below its parent's, that no other has."""
    slug = "-".join("".join(char if char.isalnum() else " " for char in fold(name)).split())
    wanted = f"{parent}/{slug}" if parent else slug
    used, number, key = set(taken), 1, wanted
    while key in used:
        number += 1
        key = f"{wanted}-{number}"
    return key


def level_of(
    kind: str, parent: str, standing: Standing, begun: Mapping[str, Mapping[str, Any]]
) -> str:
    """The level of government of an agency that begins: its kind's, else that of its parent.

    `begun` are the kind and parent of those that begin with it, by key: the parent may be one of them.
    """
    own = {
        AgencyKind.MINISTRY: Level.CENTRAL,
        AgencyKind.DISTRICT: Level.DISTRICT,
        AgencyKind.COMMUNE: Level.COMMUNE,
    }
    level = own.get(AgencyKind(kind), Level.PROVINCE)
    if kind not in {AgencyKind.DIVISION, AgencyKind.CENTRE}:
        return level.name.lower()
    if parent in begun:
        others = {key: said for key, said in begun.items() if key != parent}
        above = begun[parent]
        return level_of(above["kind"], above["parent"], standing, others)
    stood = standing.agencies.get(parent)
    return (Level(stood.facts["level"]) if stood else level).name.lower()


def as_percent(share: Decimal | None) -> str:
    """A share as the form shows it: 0.6 is `60`; empty when not known."""
    return "" if share is None else f"{(share * 100).normalize():f}".replace(".", ",")
