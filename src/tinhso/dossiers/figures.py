"""What figures ask of dossiers: what is late, and what a leader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.calendars.clock import day_of, instant
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
    """The dossiers in work that are late at this instant, each once: as many as the page that it opens lists.

    For who oversees no agency the link is the queue, which lists pieces of work; the line says so.
    """
    oversight = question.actor.scope(DossierPermission.READ_OVERVIEW, at=question.at)
    scope = oversight or question.actor.scope(DossierPermission.READ_QUEUE, at=question.at)
    if not scope:
        return
    found, today = late_within(scope, at=question.at), instant(day_of(question.at), 0)
    if question.within is not None:
        found = found.filter(competent_agency__in=question.within)
    counted = found.aggregate(
        late=Count("pk"),
        of_today=Count("pk", filter=Q(due_at__gte=today)),
        agencies=Count("competent_agency", distinct=True),
    )
    if late := counted["late"]:
        words = ngettext("%(n)s hồ sơ quá hạn đến giờ này", "%(n)s hồ sơ quá hạn đến giờ này", late)
        listed = (
            [] if oversight else [_("mở ra danh sách theo việc, một hồ sơ có thể có nhiều việc")]
        )
        yield Matter(
            words % {"n": formatting.number(late)},
            _list_of(question) if oversight else f"{reverse('dossiers:queue')}?cua=&tab={LATE}",
            "; ".join([_place(counted["agencies"]), *_since(counted["of_today"]), *listed]),
        )


def _list_of(question: Question) -> str:
    """The list of what is late at the agencies that are asked about."""
    agencies = [("co-quan", each) for each in sorted(question.within or ())]
    page = reverse("dossiers:late")
    return f"{page}?{urlencode(agencies)}" if agencies else page


def _place(agencies: int) -> str:
    words = ngettext("tại %(n)s cơ quan", "tại %(n)s cơ quan", agencies)
    return words % {"n": formatting.number(agencies)}


def _since(late: int) -> list[str]:
    """What figures do not count yet: they know days, so what is due today is late from tomorrow on."""
    words = ngettext(
        "trong đó %(n)s hồ sơ hẹn trong hôm nay, số liệu theo ngày tính từ ngày mai",
        "trong đó %(n)s hồ sơ hẹn trong hôm nay, số liệu theo ngày tính từ ngày mai",
        late,
    )
    return [words % {"n": formatting.number(late)}] if late else []


def page_of(subject: UUID) -> str:
    """The page of a dossier."""
    return reverse("dossiers:dossier", args=[subject])


def register() -> None:
    """Answer the questions of figures; called from the AppConfig."""
    attention.register("dossiers", late_dossiers)
    changes.register(changes.Told("dossiers", TOLD, DossierPermission.READ, page_of))
