"""Where the dossier pages stand in the menus, and what surrounds every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import title_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.surroundings import Surroundings, open_work, surroundings_of
from tinhso.payments import subjects
from tinhso.ui import navigation, shell
from tinhso.ui.navigation import Count, NavigationEntry
from tinhso.ui.shell import Administration

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest

ONE_STOP = _("Một cửa")


def _surroundings(request: HttpRequest) -> Surroundings:
    """Asked once a request."""
    known: Surroundings | None = getattr(request, "surroundings", None)
    if known is None:
        acted = cast("ActedRequest", request)
        known = surroundings_of(acted.actor, at=acted.at)
        request.surroundings = known  # type: ignore[attr-defined]
    return known


def waiting(request: HttpRequest) -> Count | None:
    """Open work at the actor's agencies: how much is late, in red, else how much there is."""
    acted = cast("ActedRequest", request)
    if late := _surroundings(request).late:
        return Count(late, is_late=True, word=_("việc trễ"))
    return Count(open_work(acted.actor, at=acted.at))


def administration(request: HttpRequest) -> Administration:
    """The province by its name on the business day."""
    known = title_of(settings.PROVINCE_KEY, day_of(cast("ActedRequest", request).at))
    return Administration(*known) if known else shell.NAMELESS


def has_history(request: HttpRequest) -> bool:
    """Whether anything was brought in from another system at all."""
    return _surroundings(request).has_history


ENTRIES = (
    NavigationEntry(
        code="dossiers.mornings",
        group=navigation.OWN,
        label=_("Thư mỗi sáng: quá hạn, sắp đến hạn, việc đang giữ"),
        url_name="dossiers:mornings",
        permission=DossierPermission.READ_OVERVIEW,
        order=90,
    ),
    NavigationEntry(
        "queue",
        ONE_STOP,
        _("Hồ sơ chờ xử lý"),
        "dossiers:queue",
        permission=DossierPermission.READ_QUEUE,
        order=10,
        count=waiting,
        begins_for=DossierPermission.READ_QUEUE,
    ),
    NavigationEntry(
        "counter",
        ONE_STOP,
        _("Tiếp nhận tại quầy"),
        "dossiers:counter",
        permission=DossierPermission.SUBMIT_FOR,
        order=20,
    ),
    NavigationEntry(
        "book",
        ONE_STOP,
        _("Sổ theo dõi hồ sơ"),
        "dossiers:book",
        permission=DossierPermission.RECEIVE,
        order=25,
    ),
    NavigationEntry(
        "overview",
        ONE_STOP,
        _("Tình hình giải quyết"),
        "dossiers:overview",
        permission=DossierPermission.READ_OVERVIEW,
        order=30,
    ),
    NavigationEntry(
        "online_ranking",
        ONE_STOP,
        _("Bắt buộc nộp trực tuyến"),
        "dossiers:online_ranking",
        permission=DossierPermission.READ_OVERVIEW,
        order=35,
    ),
    NavigationEntry(
        "history_dossiers",
        ONE_STOP,
        _("Hồ sơ lịch sử"),
        "dossiers:history_dossiers",
        permission=DossierPermission.READ,
        order=40,
        is_for=has_history,
    ),
    NavigationEntry(
        "history",
        ONE_STOP,
        _("Đợt nhập lịch sử"),
        "dossiers:history",
        permission=DossierPermission.IMPORT_HISTORY,
        order=50,
    ),
    NavigationEntry(
        "national",
        _("Quản trị"),
        _("Đồng bộ Cổng quốc gia"),
        "dossiers:national",
        permission=DossierPermission.OPERATE_NATIONAL,
        order=860,
    ),
)
"""The lines of the menu."""


def page_of(subject: UUID) -> str:
    """The address of a dossier's page: where what is owed for it leads back to."""
    return reverse("dossiers:dossier", args=[subject])


def charge_of(subject: UUID, code: str) -> str:
    """What the fee of that code is called for this dossier, in the language of the page; empty when it has none."""
    version = Dossier.objects.filter(uuid=subject).values_list("procedure", flat=True).first()
    fees = of_version(version).fees if version is not None else ()
    return next((fee.title for fee in fees if fee.code == code), "")


def register() -> None:
    """Register entries, the administration's name and the page that owed money leads to."""
    for entry in ENTRIES:
        navigation.register(entry)
    shell.declare_administration(administration)
    subjects.register("dossiers", page_of, charge_of)
