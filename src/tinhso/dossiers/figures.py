"""What figures ask of dossiers: what is late, and what a leader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import LATE
from tinhso.dossiers.queries.lateness import late_within
from tinhso.indicators import attention, changes
from tinhso.indicators.attention import Matter
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.indicators.attention import Question

TOLD = (
    "dossiers.received",
    "dossiers.refused",
    "dossiers.decided",
    "dossiers.handed_over",
    "dossiers.extended",
    "dossiers.apologised",
    "dossiers.complained",
)


def late_dossiers(question: Question) -> Iterator[Matter]:
    """The dossiers in work that are late, of the agencies whose queue the actor may read."""
    scope = question.actor.scope(DossierPermission.READ_QUEUE, at=question.at)
    if not scope:
        return
    found = late_within(scope, at=question.at)
    if question.within is not None:
        found = found.filter(competent_agency__in=question.within)
    counted = found.aggregate(late=Count("pk"), agencies=Count("competent_agency", distinct=True))
    if late := counted["late"]:
        words = ngettext("%(n)s hồ sơ quá hạn đến giờ này", "%(n)s hồ sơ quá hạn đến giờ này", late)
        agencies = counted["agencies"]
        place = ngettext("tại %(n)s cơ quan", "tại %(n)s cơ quan", agencies)
        oversees = question.actor.holds(DossierPermission.READ_OVERVIEW, at=question.at)
        queue = f"{reverse('dossiers:queue')}?cua=&tab={LATE}"
        yield Matter(
            words % {"n": formatting.number(late)},
            reverse("dossiers:late") if oversees else queue,
            place % {"n": formatting.number(agencies)},
        )


def page_of(subject: UUID) -> str:
    """The page of a dossier."""
    return reverse("dossiers:dossier", args=[subject])


def register() -> None:
    """Answer the questions of figures; called from the AppConfig."""
    attention.register("dossiers", late_dossiers)
    changes.register(changes.Told("dossiers", TOLD, DossierPermission.READ, page_of))
