"""Navigation (điều hướng): apps above register entries; each shows only to whoever may use it.

An entry is registered when its page works, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from tinhso.kernel.actors import Actor
from tinhso.kernel.permissions import Permission
from tinhso.kernel.registry import Registry
from tinhso.ui import formatting

MASTHEAD = "masthead"
FOOTER = "footer"
OWN = "own"
_CURRENT = SafeString(' aria-current="page"')


@dataclass(frozen=True)
class Count:
    """How many wait behind an entry; a late one in red with `word`, by itself "trễ"."""

    value: int
    is_late: bool = False
    word: StrOrPromise = ""


@dataclass(frozen=True)
class NavigationEntry:
    """One line of a menu.

    `group` is the Vietnamese heading that the line stands under, or `MASTHEAD` for a place beside
    the user's name, `FOOTER` for one at the end of citizens' pages, `OWN` for a choice that stands on one's own account
    page. `permission` None shows the entry to everybody of the audience for whom `is_for` holds. `count` is asked at
    each page: keep it to one query. In the masthead of a phone an entry with an `icon` shows the icon alone.
    Whoever holds `begins_for` begins the day there; of several the first in order.
    """

    code: str
    group: StrOrPromise
    label: StrOrPromise
    url_name: str
    audience: Literal["workspace", "portal"] = "workspace"
    permission: Permission | None = None
    order: int = 100
    count: Callable[[HttpRequest], Count | None] | None = None
    icon: str = ""
    is_for: Callable[[HttpRequest], bool] | None = None
    begins_for: Permission | None = None


@dataclass(frozen=True)
class ShownEntry:
    """An entry as this person sees it on this page."""

    label: StrOrPromise
    url: str
    group: StrOrPromise
    count: Count | None
    icon: str
    is_current: bool


@dataclass(frozen=True)
class ShownGroup:
    """Entries under one heading."""

    label: StrOrPromise
    entries: list[ShownEntry]


entries: Registry[NavigationEntry] = Registry("navigation entry")


def register(entry: NavigationEntry) -> NavigationEntry:
    """Add an entry; called from the AppConfig of the app whose page it opens."""
    return entries.register(entry.code, entry)


def shown(request: HttpRequest, audience: str) -> list[ShownEntry]:
    """The entries that this person may use, in order; the one that the page lies under is current.

    The actor and the instant are `request.actor` and `request.at`; without them only entries open
    to everybody show.
    """
    usable = [
        (entry, url) for entry in _allowed(request, audience) if (url := _address(entry.url_name))
    ]
    current = max(
        (url for _, url in usable if _lies_under(request.path, url)), key=len, default=None
    )
    return [
        ShownEntry(
            label=entry.label,
            url=url,
            group=entry.group,
            count=entry.count(request) if entry.count else None,
            icon=entry.icon,
            is_current=url == current,
        )
        for entry, url in usable
    ]


def beginning(request: HttpRequest) -> str | None:
    """Where an officer's day begins: where their right says, else at the first page of the menu."""
    usable = [
        (entry, url)
        for entry in _allowed(request, "workspace")
        if entry.group != MASTHEAD and (url := _address(entry.url_name))
    ]
    theirs = (
        url for entry, url in usable if entry.begins_for and _holds(request, entry.begins_for)
    )
    return next(theirs, usable[0][1] if usable else None)


def grouped(shown_entries: list[ShownEntry]) -> list[ShownGroup]:
    """Entries under headings, in order of first appearance; those of masthead, footer and own page left out."""
    groups: dict[str, list[ShownEntry]] = {}
    for entry in shown_entries:
        if entry.group not in {MASTHEAD, FOOTER, OWN}:
            groups.setdefault(str(entry.group), []).append(entry)
    return [ShownGroup(label=label, entries=members) for label, members in groups.items()]


def drawn(groups: Iterable[ShownGroup]) -> SafeString:
    """The side of a page of work: each heading and the entries under it. A page shows it twice, for wide and narrow."""
    return format_html_join(
        "",
        "<h2>{}</h2><ul>{}</ul>",
        (
            (
                group.label,
                format_html_join(
                    "",
                    '<li><a href="{}"{}>{}{}</a></li>',
                    (
                        (
                            entry.url,
                            _CURRENT if entry.is_current else "",
                            entry.label,
                            _counted(entry.count),
                        )
                        for entry in group.entries
                    ),
                ),
            )
            for group in groups
        ),
    )


def _counted(count: Count | None) -> SafeString | str:
    if count is None:
        return ""
    if count.is_late and count.value:
        late = '<span class="side__count side__count--late">{} {}</span>'
        return format_html(late, formatting.number(count.value), count.word or gettext("trễ"))
    return format_html('<span class="side__count">{}</span>', formatting.number(count.value))


def _allowed(request: HttpRequest, audience: str) -> list[NavigationEntry]:
    ordered = sorted(entries.values(), key=lambda entry: entry.order)
    return [
        entry
        for entry in ordered
        if entry.audience == audience
        and (entry.permission is None or _holds(request, entry.permission))
        and (entry.is_for is None or entry.is_for(request))
    ]


def _holds(request: HttpRequest, permission: Permission) -> bool:
    actor: Actor | None = getattr(request, "actor", None)
    at: datetime | None = getattr(request, "at", None)
    return actor is not None and at is not None and actor.holds(permission, at=at)


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
