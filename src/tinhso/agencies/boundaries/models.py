"""Outlines of units (ranh giới đơn vị) as they are kept: dated, with their source and licence."""

from __future__ import annotations

import uuid

from django.db import models


class BoundarySet(models.Model):
    """Outlines of units that were loaded together from one file (bộ ranh giới), with their source and licence.

    `on` is the day whose units they are. The newest set that has a unit is the one by which it is drawn.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField()
    source = models.TextField()
    licence = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        app_label = "agencies"

    def __str__(self) -> str:
        return f"{self.source} {self.on}"


class UnitOutline(models.Model):
    """The outline of one unit (ranh giới đơn vị), simplified for drawing; it proves no border.

    `rings` are lists of corners as whole ten-thousandths of a degree: longitude and latitude of each.
    """

    loaded_in = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="outlines")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    rings = models.JSONField()

    class Meta:
        app_label = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["loaded_in", "agency"], name="outline_once_in_a_set")
        ]

    def __str__(self) -> str:
        return str(self.agency_id)
