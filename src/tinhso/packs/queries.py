"""What is published, and how a folder differs from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Max

from tinhso.packs.kinds import kinds
from tinhso.packs.models import PackEntry, PackVersion

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from tinhso.packs.kinds import Change
    from tinhso.packs.loading import Book
    from tinhso.packs.sources import Source

EntryKey = tuple[str, str, str]
"""Pack, kind and code of an entry."""


@dataclass(frozen=True)
class Published:
    """All that is published, as values: digests by pack version and by entry version."""

    packs: dict[tuple[str, str], str] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    entries: dict[EntryKey, dict[str, str]] = field(default_factory=dict)

    def digest_in_force(self, source: Source) -> str | None:
        """Digest of the version of the entry that was published last, or None."""
        versions = self.entries.get((source.pack.code, source.kind, source.code))
        return list(versions.values())[-1] if versions else None


@dataclass(frozen=True)
class EntryDifference:
    """How one entry of the folder stands to what is in force."""

    source: Source
    state: Literal["new", "changed", "unchanged"]
    changes: tuple[Change, ...] = ()


def published() -> Published:
    """All published versions, in the order of publication."""
    found = Published()
    for pack in PackVersion.objects.order_by("id").values_list("pack", "version", "digest"):
        found.packs[pack[0], pack[1]] = pack[2]
        found.latest[pack[0]] = pack[1]
    rows = PackEntry.objects.order_by("id").values_list("pack", "kind", "code", "version", "digest")
    for pack_code, kind, code, version, digest in rows:
        found.entries.setdefault((pack_code, kind, code), {})[version] = digest
    return found


def differences(book: Book) -> list[EntryDifference]:
    """Every entry of the folder against what is in force, in the order of application."""
    now = published()
    return [_difference(source, now) for pack in book.packs for source in pack.sources]


def _difference(source: Source, now: Published) -> EntryDifference:
    digest = now.digest_in_force(source)
    if digest == source.digest:
        return EntryDifference(source, "unchanged")
    changes = tuple(kinds[source.kind].diff(source))
    return EntryDifference(source, "changed" if digest else "new", changes)


def versions() -> QuerySet[PackVersion]:
    """The version in force of each pack, by code."""
    last = PackVersion.objects.values("pack").annotate(last=Max("id")).values("last")
    return PackVersion.objects.filter(id__in=last).order_by("pack")


def history(pack: str) -> QuerySet[PackVersion]:
    """All versions of a pack, newest first."""
    return PackVersion.objects.filter(pack=pack).order_by("-id")


def entries(pack: str) -> QuerySet[PackEntry]:
    """The entries of a pack in force, by kind and code."""
    of_pack = PackEntry.objects.filter(pack=pack)
    last = of_pack.values("kind", "code").annotate(last=Max("id")).values("last")
    return PackEntry.objects.filter(id__in=last).order_by("kind", "code")


@dataclass(frozen=True)
class CitedArticle:
    """One article as a published entry or pack cites it (căn cứ pháp lý)."""

    where: str
    document: str
    article: str
    is_verified: bool


@dataclass(frozen=True)
class PackInForce:
    """A pack as it is in force now: its version, its entries, all that they rest on."""

    version: PackVersion
    entries: tuple[PackEntry, ...]

    @property
    def articles(self) -> list[CitedArticle]:
        """Every article cited by the pack and by its entries."""
        cited = _cited(self.version.title, self.version.content)
        for entry in self.entries:
            cited += _cited(entry.label, entry.content)
        return cited

    @property
    def unverified(self) -> list[CitedArticle]:
        """Articles that nobody has yet compared with the text of the law."""
        return [article for article in self.articles if not article.is_verified]


def _cited(where: str, content: dict[str, Any]) -> list[CitedArticle]:
    return [
        CitedArticle(where, each["document"], each.get("article", ""), each["verified"])
        for each in content.get("legal_basis", ())
    ]


def titles() -> dict[str, str]:
    """What every pack is called in the language of the page, by code."""
    return {version.pack: version.title for version in PackVersion.objects.order_by("id")}


def in_force() -> list[PackInForce]:
    """Every pack in force with its entries, by code; three queries whatever the number of packs."""
    by_pack: dict[str, list[PackEntry]] = {}
    last = PackEntry.objects.values("pack", "kind", "code").annotate(last=Max("id")).values("last")
    for entry in PackEntry.objects.filter(id__in=last).order_by("kind", "code"):
        by_pack.setdefault(entry.pack, []).append(entry)
    return [PackInForce(each, tuple(by_pack.get(each.pack, ()))) for each in versions()]


def newest_of_kind(kind: str) -> int | None:
    """A number that rises whenever an entry of the kind is published; None before the first."""
    newest: int | None = PackEntry.objects.filter(kind=kind).aggregate(newest=Max("id"))["newest"]
    return newest


def entries_of_kind(kind: str) -> QuerySet[PackEntry]:
    """The entries of a kind in force in all packs, in the order of publication."""
    of_kind = PackEntry.objects.filter(kind=kind)
    last = of_kind.values("pack", "code").annotate(last=Max("id")).values("last")
    return of_kind.filter(id__in=last).order_by("id")


def entry_version(kind: str, code: str, version: str) -> PackEntry | None:
    """One published version of an entry, also a former one."""
    return PackEntry.objects.filter(kind=kind, code=code, version=version).order_by("id").last()


def entry_versions(
    kind: str, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], PackEntry]:
    """The same of several, by code and version, in one question; without what was never published."""
    codes, versions = {code for code, _version in wanted}, {version for _code, version in wanted}
    found = PackEntry.objects.filter(kind=kind, code__in=codes, version__in=versions).order_by("id")
    return {
        (each.code, each.version): each for each in found if (each.code, each.version) in wanted
    }
