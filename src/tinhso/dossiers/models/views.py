"""How an officer likes to see the queue."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """Filters of the queue that an officer keeps under a name (bộ lọc đã lưu); theirs alone.

    `filters` are parameters of the queue's address, without what was searched for: a name that somebody looked for is
    not kept. The queue opens with the default one where there is one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_named_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="one_default_view"
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
