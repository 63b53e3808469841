"""Who stands in the place of an agency that ended, for what it concluded: who follows it, or holds the field now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from tinhso.agencies.models import Level
from tinhso.agencies.queries import fields_over, followers, inherited
from tinhso.dossiers.places import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

NAMES = {level: name for name, level in LEVELS.items()}


def heritage(here: Collection[int], day: date) -> tuple[frozenset[int], Q]:
    """What these agencies inherit on a day: whole agencies, and a condition on `Dossier` for what was divided.

    Whole: nobody else follows it. Of one that several follow, or nobody, a dossier is the matter of the holder of its
    field and level, as in `places.competent_on`; of other dossiers of it nobody here learns.
    """
    whole = inherited(here, day)
    held = fields_over(settings.PROVINCE_KEY, day)
    theirs = [each for agency in here for each in held.get(agency, ()) if each[1] in NAMES]
    if not theirs:
        return whole, Q(pk__in=[])
    divided = [ended for ended, now in followers(day).items() if len(now) != 1]
    fields = Q(pk__in=[])
    for field, level in theirs:
        fields |= Q(procedure__field=field, procedure__level=NAMES[Level(level)])
    return whole, fields & Q(competent_agency__in=divided)
