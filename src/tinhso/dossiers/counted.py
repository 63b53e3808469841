"""Dossiers by the agency that was competent when they were received, for figures across a reform."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from tinhso.agencies import counted_records
from tinhso.calendars.clock import instant
from tinhso.dossiers.facts import competence
from tinhso.dossiers.models import Dossier, Transfer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def register() -> None:
    """Let figures across a reform count dossiers."""
    counted_records.register(
        counted_records.CountedRecords(
            code="dossiers", name=_("Hồ sơ đã tiếp nhận"), count=received_by_agency
        )
    )


def received_by_agency(first: date, last: date) -> Mapping[int, int]:
    """How many dossiers (hồ sơ tiếp nhận) each agency received to settle on the days from `first` to `last`.

    A dossier that moved since counts at the agency that it came from.
    """
    begin, end = instant(first, 0), instant(last + timedelta(days=1), 0)
    received = Dossier.objects.filter(received_at__gte=begin, received_at__lt=end)
    counts = Counter[int]()
    for row in received.values("competent_agency").annotate(number=Count("pk")):
        counts[row["competent_agency"]] = row["number"]
    moved = Transfer.objects.filter(dossier__in=received)
    then = competence.at_receipt(moved)
    now = received.filter(pk__in=moved.values("dossier")).values_list("pk", "competent_agency")
    for dossier, agency in now:
        counts[agency] -= 1
        counts[then.get(dossier, agency)] += 1
    return {agency: count for agency, count in counts.items() if count}
