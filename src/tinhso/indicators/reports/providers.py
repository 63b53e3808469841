"""What sentences a report may be offered: apps above register what they know of an agency.

    providers.register(OfferProvider("late_tasks", _("Nhiệm vụ quá hạn"), late_tasks))

A regime names providers by their codes. Where nobody registered one, the page says "chưa có nguồn".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry


@dataclass(frozen=True)
class Offer:
    """One sentence that is offered: what it speaks of (`task:<uuid>`, never offered twice), its words, its page.

    The words are Vietnamese: they go into a paper.
    """

    source: str
    words: str
    link: str = ""


@dataclass(frozen=True)
class Asked:
    """For whom sentences are sought: the agency with those below it, the days of its figures, and the instant."""

    agencies: frozenset[int]
    first: date
    last: date
    at: datetime


@dataclass(frozen=True)
class OfferProvider:
    """A source of sentences: `offers(asked)` gives those that hold now, most pressing first."""

    code: str
    name: StrOrPromise
    offers: Callable[[Asked], Sequence[Offer]]


MISSED_TARGETS, WRITTEN = "missed_targets", "written"
NAMES: dict[str, StrOrPromise] = {
    MISSED_TARGETS: _("Chỉ tiêu chưa đạt"),
    "open_obstacles": _("Khó khăn, vướng mắc đang mở"),
    "late_tasks": _("Nhiệm vụ quá hạn"),
    "open_tasks": _("Nhiệm vụ đang thực hiện"),
    WRITTEN: _("Nội dung tự viết"),
}
"""What kinds of sentences are called, also those for which nobody registered a source."""
_registry: Registry[OfferProvider] = Registry("offer provider")


def register(*providers: OfferProvider) -> None:
    """Let an app offer sentences; called from its AppConfig."""
    for provider in providers:
        _registry.register(provider.code, provider)


def provider(code: str) -> OfferProvider | None:
    """The source of that code, if an app registered it."""
    return _registry.get(code)


def has_source(code: str) -> bool:
    """Whether sentences of that kind can be offered at all."""
    return code == MISSED_TARGETS or code in _registry


def name_of(code: str) -> str:
    """What a kind of sentence is called."""
    found = _registry.get(code)
    return str(found.name if found else NAMES.get(code, code))
