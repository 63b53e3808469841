"""Acts that every page of work offers at its foot (việc có ở mọi trang): apps above register them.

    page_acts.register(PageAct("tasks.obstacle", _("Báo vướng mắc"), "tasks:obstacle_raising", permission))

The link carries the address of the page, without its query, as `trang`: what is done there knows where it came up.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django_stubs_ext import StrOrPromise

from tinhso.kernel.permissions import Permission
from tinhso.kernel.registry import Registry

FROM = "trang"


@dataclass(frozen=True)
class PageAct:
    """One link at the foot of a page of work, for whoever holds the right anywhere."""

    code: str
    label: StrOrPromise
    url_name: str
    permission: Permission


@dataclass(frozen=True)
class ShownPageAct:
    """The link as this person sees it on this page."""

    label: StrOrPromise
    url: str


_registry: Registry[PageAct] = Registry("act of every page")


def register(act: PageAct) -> None:
    """Offer it on every page of work; called from the AppConfig of the app whose page it opens."""
    _registry.register(act.code, act)


def shown(request: HttpRequest) -> list[ShownPageAct]:
    """What this person may do from this page; nothing on the pages of the acts themselves."""
    actor, at = getattr(request, "actor", None), getattr(request, "at", None)
    if actor is None or at is None:
        return []
    return [
        ShownPageAct(act.label, f"{url}?{urlencode({FROM: request.path})}")
        for act in _registry.values()
        if actor.holds(act.permission, at=at)
        and not request.path.startswith(url := reverse(act.url_name))
    ]
