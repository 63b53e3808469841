"""What was published: versions of packs and of their entries. Insert-only."""

from __future__ import annotations

import uuid

from django.db import models

from tinhso.ui.languages import worded


class PackVersion(models.Model):
    """A published version of a pack (phiên bản gói nghiệp vụ); `content` is its `pack.yaml`."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pack = models.TextField()
    version = models.TextField()
    digest = models.TextField()
    content = models.JSONField()
    applied_at = models.DateTimeField()
    applied_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "version"], name="pack_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(str(self.content["name"]), self.content.get("name_en", ""))

    @property
    def said(self) -> str:
        """What it holds, in the language of the page; empty where the pack does not say."""
        written = str(self.content.get("description", ""))
        return worded(written, self.content.get("description_en", ""))


class PackEntry(models.Model):
    """A published version of an entry (mục của gói), kept with its declared content.

    `published_in` is the version of the pack in which it first stood; it stands in all later ones
    until another version of the same entry takes its place. `files` maps the files beside it to
    their SHA-256.
    """

    id = models.BigAutoField(primary_key=True)
    published_in = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="entries")
    pack = models.TextField()
    kind = models.TextField()
    code = models.TextField()
    version = models.TextField()
    digest = models.TextField()
    content = models.JSONField()
    files = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "kind", "code", "version"], name="pack_entry_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code} {self.version}"

    @property
    def label(self) -> str:
        """The name that the entry gives itself in the language of the page, else its code."""
        written = str(self.content.get("name", self.code))
        return worded(written, str(self.content.get("name_en", "")))
