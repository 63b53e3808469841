"""Where the citizens' pages stand in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tinhso.portal.channels import national_band
from tinhso.portal.station import station_shown
from tinhso.ui import navigation, shell
from tinhso.ui.navigation import NavigationEntry

if TYPE_CHECKING:
    from django.http import HttpRequest

GROUP = _("Dịch vụ công")


def is_a_citizen(request: HttpRequest) -> bool:
    """Whether somebody with a citizen's account is signed in."""
    return request.user.is_authenticated and not request.user.is_officer


ENTRIES = (
    NavigationEntry(
        code="portal.procedures",
        group=GROUP,
        label=pgettext_lazy("danh mục", "Thủ tục"),
        url_name="portal:procedures",
        audience="portal",
        order=10,
    ),
    NavigationEntry(
        code="portal.look_up",
        group=GROUP,
        label=_("Tra cứu hồ sơ"),
        url_name="portal:look_up",
        audience="portal",
        order=20,
    ),
    NavigationEntry(
        code="portal.lateness",
        group=navigation.FOOTER,
        label=_("Công khai hồ sơ quá hạn"),
        url_name="portal:lateness",
        audience="portal",
        order=80,
    ),
    NavigationEntry(
        code="portal.own",
        group=GROUP,
        label=_("Hồ sơ của tôi"),
        url_name="portal:own",
        audience="portal",
        order=30,
        is_for=is_a_citizen,
    ),
)


def look_up_of(reference: str) -> str:
    """The short address under which an applicant sees their dossier."""
    return reverse("portal:short", args=[reference])


def draft_of(key: str) -> str:
    """Where an application being filled in goes on."""
    return reverse("portal:application", args=[key])


def appointment_of(key: str) -> str:
    """Where somebody sees their appointment."""
    return reverse("portal:appointment", args=[key])


def station_of(desk: str, key: str) -> str:
    """Where people file on line by themselves at a machine of that desk."""
    return reverse("portal:station", args=[desk, key])


def register() -> None:
    """Tell the layout of the entries, of the band and of the machine at a desk."""
    shell.declare_station(station_shown)
    for entry in ENTRIES:
        navigation.register(entry)
    shell.declare_band("portal.national", national_band)
