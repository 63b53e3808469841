"""What surrounds every page: the administration's name, the bands, the account links.

The ui app knows no agency, no clock and no account: the apps above declare here who tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry
from tinhso.ui import navigation, page_acts

SYSTEM = _("Hệ thống một cửa điện tử")
PORTAL = _("Cổng dịch vụ công")


@dataclass(frozen=True)
class Administration:
    """Whose house this is on the date shown: `province` in the masthead, `name` in the footer."""

    province: StrOrPromise
    name: StrOrPromise
    system: StrOrPromise = SYSTEM
    portal: StrOrPromise = PORTAL
    phone: str = ""


@dataclass(frozen=True)
class Band:
    """A line that nobody may overlook: simulated data, a role played, a shifted clock."""

    text: StrOrPromise
    kind: Literal["demo", "role", "clock"] = "role"


@dataclass(frozen=True)
class AccountLinks:
    """URL names of signing in, signing out (a POST) and the person's own page."""

    sign_in: str = "account_login"
    sign_out: str = "account_logout"
    own_page: str = ""


class Station(NamedTuple):
    """A machine that people use after one another: whose it is, the page at which it forgets, how long it waits (s)."""

    name: StrOrPromise
    end: str
    untouched: int
    unscripted: int


AdministrationSource = Callable[[HttpRequest], Administration]
BandSource = Callable[[HttpRequest], Band | None]
StationSource = Callable[[HttpRequest], Station | None]

sources: Registry[AdministrationSource] = Registry("source of the administration's name")
bands: Registry[BandSource] = Registry("band")
accounts: Registry[AccountLinks] = Registry("account links")
stations: Registry[StationSource] = Registry("source of the shared machine")

NAMELESS = Administration(province=_("Tỉnh"), name=_("Ủy ban nhân dân tỉnh"))


def declare_administration(source: AdministrationSource) -> None:
    """Say who names the administration of the date shown; one source for the whole system."""
    sources.register("administration", source)


def declare_band(code: str, source: BandSource) -> None:
    """Say who decides whether a band shows on a request."""
    bands.register(code, source)


def declare_accounts(links: AccountLinks) -> None:
    """Say which pages sign a person in and out."""
    accounts.register("accounts", links)


def declare_station(source: StationSource) -> None:
    """Say who knows whether a page is shown at a machine that people share."""
    stations.register("station", source)


def simulated_data(request: HttpRequest) -> Band | None:
    """The band of a demonstration: no figure and no person on the page is real."""
    del request
    return Band(_("Dữ liệu mô phỏng"), "demo") if getattr(settings, "DEMO", False) else None


class Kept(NamedTuple):
    """Under which name, and sealed with which key, a browser keeps what this person typed (keep.js)."""

    owner: str
    lock: str


class Shell:
    """What base templates ask for; each answer is worked out once, and only if it is asked."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def administration(self) -> Administration:
        """Whose house this is."""
        source = sources.get("administration")
        return source(self._request) if source else NAMELESS

    @cached_property
    def bands(self) -> list[Band]:
        """The bands that show on this page."""
        asked = [
            simulated_data(self._request),
            *(source(self._request) for source in bands.values()),
        ]
        return [band for band in asked if band]

    @cached_property
    def station(self) -> Station | None:
        """The shared machine at which the page is shown; None on a device of one's own."""
        source = stations.get("station")
        return source(self._request) if source else None

    @cached_property
    def page_acts(self) -> list[page_acts.ShownPageAct]:
        """What may be done from every page of work."""
        return page_acts.shown(self._request)

    @cached_property
    def workspace_entries(self) -> list[navigation.ShownEntry]:
        """The officer's entries."""
        return navigation.shown(self._request, "workspace")

    @cached_property
    def workspace_groups(self) -> list[navigation.ShownGroup]:
        """The officer's entries under their headings."""
        return navigation.grouped(self.workspace_entries)

    @cached_property
    def side(self) -> SafeString:
        """The officer's entries under their headings, as the page shows them."""
        return navigation.drawn(self.workspace_groups)

    @cached_property
    def portal_entries(self) -> list[navigation.ShownEntry]:
        """The citizen's entries, without those of masthead and footer."""
        elsewhere = {navigation.MASTHEAD, navigation.FOOTER}
        return [e for e in self._of_portal if e.group not in elsewhere]

    @cached_property
    def footer_entries(self) -> list[navigation.ShownEntry]:
        """The entries at the end of citizens' pages."""
        return [e for e in self._of_portal if e.group == navigation.FOOTER]

    @cached_property
    def _of_portal(self) -> list[navigation.ShownEntry]:
        return navigation.shown(self._request, "portal")

    @cached_property
    def masthead_entries(self) -> list[navigation.ShownEntry]:
        """The entries beside the user's name."""
        known = self.workspace_entries if self.is_workspace else self._of_portal
        return [e for e in known if e.group == navigation.MASTHEAD]

    @property
    def own_entries(self) -> list[navigation.ShownEntry]:
        """The entries on one's own account page: what one may choose for oneself elsewhere."""
        return [
            e for e in navigation.shown(self._request, "workspace") if e.group == navigation.OWN
        ]

    @cached_property
    def is_workspace(self) -> bool:
        """Whether the person works here: signed in, and at least one entry behind a right is theirs."""
        actor, at = getattr(self._request, "actor", None), getattr(self._request, "at", None)
        return (
            actor is not None
            and at is not None
            and any(
                entry.permission is not None and actor.holds(entry.permission, at=at)
                for entry in navigation.entries.values()
                if entry.audience == "workspace"
            )
        )

    @property
    def layout(self) -> str:
        """The layout of pages that both kinds of people meet, such as refusals."""
        return "ui/workspace.html" if self.is_workspace else "ui/portal.html"

    @cached_property
    def person(self) -> str:
        """The name of whoever is signed in; empty for a visitor."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        return str(getattr(user, "name", "") or user)

    @property
    def kept(self) -> Kept:
        """Of whoever acts here; the key stands in no table and in nobody else's pages."""
        key = str(getattr(getattr(self._request, "actor", None), "key", ""))
        owner, lock = (
            salted_hmac(f"tinhso.ui.kept.{part}", key, algorithm="sha256").hexdigest()
            for part in ("owner", "lock")
        )
        return Kept(owner[:16], lock)

    @property
    def initials(self) -> str:
        """The last two words' first letters, as Vietnamese names are abbreviated."""
        return "".join(word[0] for word in self.person.split()[-2:]).upper()

    @property
    def sign_in_url(self) -> str:
        """Address of the sign-in page, or empty."""
        return _address(self._links.sign_in)

    @property
    def sign_out_url(self) -> str:
        """Address that signs out by POST, or empty."""
        return _address(self._links.sign_out)

    @property
    def own_page_url(self) -> str:
        """Address of the person's own account page, or empty."""
        return _address(self._links.own_page)

    @property
    def _links(self) -> AccountLinks:
        return accounts.get("accounts") or AccountLinks()


def _address(url_name: str) -> str:
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""
