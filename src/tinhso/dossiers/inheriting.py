"""Who stands in the place of an agency that ended, for what it concluded: who follows it, or holds the field now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from tinhso.agencies.models import Competence, Level
from tinhso.agencies.queries import followers
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
    after = followers(day)
    whole = frozenset(ended for ended, now in after.items() if now and now <= frozenset(here))
    divided = [ended for ended, now in after.items() if len(now) != 1]
    if not divided:
        return whole, Q(pk__in=[])
    held = Competence.objects.on(day).filter(
        agency__in=here, place__key=settings.PROVINCE_KEY, level__in=NAMES
    )
    fields = Q(pk__in=[])
    for field, level in held.values_list("field__code", "level"):
        fields |= Q(procedure__field=field, procedure__level=NAMES[Level(level)])
    return whole, fields & Q(competent_agency__in=divided)
