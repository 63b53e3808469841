"""The filters of the queue as its address carries them, and the choices that the page offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.acts import ACT_NAMES
from tinhso.dossiers.models import Channel, SavedView
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import (
    FINISHED,
    FROM_OTHERS,
    LATE,
    NEAR,
    ON_TIME,
    PAUSED,
    UNAPPOINTED,
    QueueFilter,
)
from tinhso.dossiers.queries.officers import officers_at
from tinhso.dossiers.queries.procedures import newest_versions
from tinhso.dossiers.queries.waiting import MINE, TO_SIGN
from tinhso.kernel.days import days_in
from tinhso.kernel.folding import alphabetical
from tinhso.kernel.identifiers import read_number
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import QueryDict

    from tinhso.dossiers.queries.worklist import QueueCounts, WhoseCounts
    from tinhso.kernel.actors import Actor

PARAMETERS: Mapping[str, str] = {
    "tim": "search",
    "cua": "whose",
    "tab": "tab",
    "thu-tuc": "procedure",
    "buoc": "act",
    "nguoi": "person",
    "co-quan": "agency",
    "kenh": "channel",
    "tu": "since",
    "den": "until",
}
"""What the address calls each filter."""
FURTHER = ("agency", "channel", "since", "until")
"""Filters that stand folded away until one of them is chosen."""
LONGEST = 200
MANY_AGENCIES = 300
Choices = list[tuple[str, object]]


def chosen_in(query: QueryDict) -> QueueFilter:
    """The filters that the address carries. Raises `DayUnreadable`."""
    first, last = days_in(query)
    found = {
        name: query.get(given, "")[:LONGEST].replace("\0", "") for given, name in PARAMETERS.items()
    }
    days = {"since": first, "until": last}
    return QueueFilter(**found | {end: day.isoformat() for end, day in days.items() if day})


def parameters_of(chosen: QueueFilter) -> dict[str, str]:
    """The same as parameters of an address, without empty ones."""
    found = {given: getattr(chosen, name) for given, name in PARAMETERS.items()}
    return {given: value for given, value in found.items() if value}


def is_narrowed(chosen: QueueFilter) -> bool:
    """Whether anything but the tabs is chosen."""
    return any(
        getattr(chosen, name) for name in PARAMETERS.values() if name not in {"tab", "whose"}
    )


def whose_tabs(counts: WhoseCounts, chosen: QueueFilter, query: QueryDict) -> list[Tab]:
    """Whose work it is, with exact counts: the tabs by time below keep to the one that is chosen."""

    def tab(label: str, whose: str, number: int) -> Tab:
        kept = query.copy()
        kept.pop("trang", None)
        kept.pop("tab", None)
        kept["cua"] = whose
        return Tab(label, f"?{kept.urlencode()}", number, "", chosen.whose == whose)

    return [
        tab(_("Chờ tôi"), MINE, counts.mine),
        tab(_("Chờ tôi ký"), TO_SIGN, counts.to_sign),
        tab(_("Của đơn vị"), "", counts.everything),
    ]


def time_tabs(counts: QueueCounts, chosen: QueueFilter, query: QueryDict) -> list[Tab]:
    """The tabs by time with their exact counts; the other filters stay in the address."""

    def href(tab: str) -> str:
        kept = query.copy()
        kept.pop("trang", None)
        kept["tab"] = tab
        return f"?{kept.urlencode()}"

    return [
        Tab(_("Tất cả"), href(""), counts.everything, "", not chosen.tab),
        Tab(_("Quá hạn"), href(LATE), counts.late, "late", chosen.tab == LATE),
        Tab(_("Sắp đến hạn"), href(NEAR), counts.near, "near", chosen.tab == NEAR),
        Tab(_("Trong hạn"), href(ON_TIME), counts.on_time, "ok", chosen.tab == ON_TIME),
        Tab(_("Chưa hẹn"), href(UNAPPOINTED), counts.unappointed, "", chosen.tab == UNAPPOINTED),
        Tab(_("Chờ trả"), href(FINISHED), counts.finished, "", chosen.tab == FINISHED),
        Tab(_("Tạm dừng"), href(PAUSED), counts.paused, "", chosen.tab == PAUSED),
    ]


def choices(actor: Actor, chosen: QueueFilter, at: datetime) -> dict[str, Choices]:
    """The choices of the filters; officers by name where the list is of one agency."""
    agencies = _agencies(actor, at)
    here = read_number(chosen.agency)
    one = next(iter(agencies)) if here is None and len(agencies) == 1 else here
    is_one = one is not None and one in agencies
    officers = officers_at(one or 0, at=at) if is_one else User.objects.none()
    return {
        "procedures": [("", _("Tất cả thủ tục")), *_procedures()],
        "acts": [("", _("Tất cả bước")), *ACT_NAMES.items()],
        "people": [
            ("", _("Cả đơn vị")),
            ("me", _("Việc của tôi")),
            ("nobody", _("Chưa phân công")),
            (FROM_OTHERS, _("Quầy khác chuyển đến")),
            *((str(officer.pk), officer.name) for officer in officers),
        ],
        "agencies": [("", _("Tất cả cơ quan")), *((str(key), agencies[key]) for key in agencies)]
        if len(agencies) > 1
        else [],
        "channels": [("", _("Tất cả cách nộp")), *Channel.choices],
    }


def _agencies(actor: Actor, at: datetime) -> dict[int, str]:
    """The agencies whose queue the actor reads, by name; none for who reads everywhere or too many to choose from."""
    scope = actor.scope(DossierPermission.READ_QUEUE, at=at)
    if len(scope.agencies) > MANY_AGENCIES:
        return {}
    names = names_of(scope.agencies, day_of(at)) if scope.agencies else {}
    return dict(sorted(names.items(), key=lambda pair: alphabetical(pair[1])))


def _procedures() -> list[tuple[str, object]]:
    """Procedures by code, with the title of their newest version."""
    return [(code, definitions.of_version(pk).title) for code, pk in newest_versions().items()]


def views_of(actor: Actor) -> list[SavedView]:
    """The saved views of the officer, by name."""
    person = getattr(actor, "user", None)
    return list(SavedView.objects.filter(owner=person)) if person is not None else []
