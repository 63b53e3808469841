"""The guides of the packs, published as `packs apply` does."""

from __future__ import annotations

from tinhso.dossiers.tests.factories import AT, SYSTEM, pack_book
from tinhso.packs import services
from tinhso.packs.loading import Book


def publish_guides() -> None:
    """Publish the pack of guides alone."""
    pack = next(pack for pack in pack_book().packs if pack.header.code == "life-events")
    services.apply(Book(packs=[pack]), actor=SYSTEM, at=AT)
