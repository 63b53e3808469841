"""The only writer of published versions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.packs.errors import (
    PacksInvalid,
    PublishedEntryChanged,
    PublishedEntryGone,
    PublishedPackChanged,
    VersionLowered,
)
from tinhso.packs.events import APPLIED
from tinhso.packs.kinds import Applied, kinds
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.packs.permissions import PackPermission
from tinhso.packs.queries import published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.loading import Book, Pack
    from tinhso.packs.queries import Published
    from tinhso.packs.sources import Problem, Source

Parts = tuple[int, ...]
_LOCK = int.from_bytes(hashlib.sha256(b"tinhso.packs.apply").digest()[:8], signed=True)


@dataclass(frozen=True)
class PackPlan:
    """What applying a pack will publish: itself, and its entries whose content is new."""

    pack: Pack
    entries: tuple[Source, ...]


@dataclass(frozen=True)
class AppliedEntry:
    """One entry that was applied, and what it did to the tables of its app."""

    source: Source
    applied: Applied


@dataclass(frozen=True)
class AppliedPack:
    """One version of a pack that was published now."""

    version: PackVersion
    entries: tuple[AppliedEntry, ...]


def plan_apply(book: Book, now: Published) -> list[PackPlan]:
    """What is new in the folder, in the order of application. Pure: no database, no clock.

    Refuses changed content under a published version, a lower version, and a published entry that
    has disappeared.
    """
    return [plan for pack in book.packs if (plan := _plan_pack(pack, now))]


def _plan_pack(pack: Pack, now: Published) -> PackPlan | None:
    code, version = pack.header.code, pack.header.version
    digest = now.packs.get((code, version))
    latest = now.latest.get(code)
    if latest is not None and parts_of(version) < parts_of(latest):
        raise VersionLowered(pack=code, version=version, published=latest)
    if digest == pack.digest:
        return None
    if digest is not None:
        raise PublishedPackChanged(pack=code, version=version)
    _refuse_gone(pack, now)
    return PackPlan(pack, tuple(source for source in pack.sources if _is_new(source, now)))


def _refuse_gone(pack: Pack, now: Published) -> None:
    here = {(pack.header.code, source.kind, source.code) for source in pack.sources}
    for key in now.entries:
        if key[0] == pack.header.code and key not in here:
            raise PublishedEntryGone(pack=key[0], kind=key[1], entry=key[2])


def _is_new(source: Source, now: Published) -> bool:
    if now.digest_in_force(source) == source.digest:
        return False
    known = now.entries.get((source.pack.code, source.kind, source.code), {})
    if source.version in known:
        raise PublishedEntryChanged(kind=source.kind, entry=source.code, version=source.version)
    return True


def parts_of(version: str) -> Parts:
    """`1.10` as (1, 10, 0), so that 1.10 is above 1.9."""
    parts = [int(part) for part in version.split(".")]
    return (*parts, *[0] * (3 - len(parts)))


@transaction.atomic
def apply(book: Book, *, actor: Actor, at: datetime) -> list[AppliedPack]:
    """Publish what is new in the folder (áp dụng gói nghiệp vụ), all packs or none.

    Applying the same folder again publishes nothing. Refuses with `PacksInvalid` when the folder
    has problems or a new entry does not fit this house, and with the conflicts of `plan_apply`.
    """
    require(actor, PackPermission.APPLY, at=at)
    if book.problems:
        raise PacksInvalid(book.problems)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    plans = plan_apply(book, published())
    if unfitting := [problem for plan in plans for problem in _unfitting(plan)]:
        raise PacksInvalid(unfitting)
    return [_publish(plan, actor=actor, at=at) for plan in plans]


def _unfitting(plan: PackPlan) -> Iterator[Problem]:
    """What of the new entries this house does not know."""
    for source in plan.entries:
        if fits := kinds[source.kind].fits:
            yield from fits(source)


def _publish(plan: PackPlan, *, actor: Actor, at: datetime) -> AppliedPack:
    header = plan.pack.header
    version = PackVersion.objects.create(
        pack=header.code,
        version=header.version,
        digest=plan.pack.digest,
        content=header.document.value,
        applied_at=at,
        applied_by=actor.key,
    )
    entries = [
        AppliedEntry(source, kinds[source.kind].apply(source, at=at, actor=actor))
        for source in plan.entries
    ]
    PackEntry.objects.bulk_create(_row(source, version) for source in plan.entries)
    record(
        APPLIED,
        subject=version.uuid,
        actor=actor,
        at=at,
        payload={"pack": header.code, "version": header.version, "entries": len(entries)},
    )
    return AppliedPack(version, tuple(entries))


def _row(source: Source, version: PackVersion) -> PackEntry:
    return PackEntry(
        published_in=version,
        pack=source.pack.code,
        kind=source.kind,
        code=source.code,
        version=source.version,
        digest=source.digest,
        content=source.value,
        files={name: hashlib.sha256(each).hexdigest() for name, each in source.files.items()},
    )
