"""Contents by their hash, and the files that were handed in with them."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Blob(models.Model):
    """One content (nội dung tệp), named by the SHA-256 of its bytes and kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("nội dung tệp")
        verbose_name_plural = _("nội dung tệp")

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return path_of(self.sha256)


class StoredFile(models.Model):
    """A file handed in (tệp): a content with a name, for a purpose, belonging to a subject.

    `subject_kind` names who answers for reading (see `access`), `subject` is that owner's uuid.
    `source` is the file of another subject of which this is the same content, taken over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    filename = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    purpose = models.SlugField()
    subject_kind = models.CharField(max_length=50)
    subject = models.UUIDField()
    stored_by = models.TextField()
    stored_at = models.DateTimeField()
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        indexes = [models.Index(fields=["subject", "subject_kind"], name="files_by_subject")]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a preview."""
        return self.content_type.startswith("image/")


def path_of(sha256: str) -> Path:
    """The place of a content below the files folder, two levels deep so that no folder grows."""
    root: Path = settings.FILES_ROOT
    return root / sha256[:2] / sha256[2:4] / sha256
