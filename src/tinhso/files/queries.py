"""Reads that need no log: which files a subject has, not what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.files.models import StoredFile

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


def files_of(kind: str, subject: UUID) -> QuerySet[StoredFile]:
    """The files of a subject, oldest first; the caller has judged that they may be listed."""
    return (
        StoredFile.objects.filter(subject_kind=kind, subject=subject)
        .select_related("blob")
        .order_by("stored_at", "pk")
    )
