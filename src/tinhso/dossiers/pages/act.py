"""An officer's act as an entry of the table (ADR 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinhso.dossiers.models import Dossier, State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.pages import forms
    from tinhso.kernel.permissions import Permission

Service = Callable[..., Dossier]


@dataclass(frozen=True)
class Act:
    """An act as a page: `slug` in the address, the right that shows its button (None: that of the step), form, service.

    `states` say when the button of an act on the whole dossier shows; an act on a step shows at the steps that wait
    for one of `at_steps`. `is_at_desk`: its right is that of the desk, also after receipt; `is_rare`: its button stands
    among “Việc khác”. The service judges everything again.
    """

    slug: str
    label: StrOrPromise
    done: StrOrPromise
    right: Permission | None
    form: type[forms.ActForm]
    service: Service
    states: frozenset[State] = frozenset()
    at_steps: frozenset[str] = frozenset()
    kind: str = ""
    is_at_desk: bool = False
    is_rare: bool = False
    keeps: frozenset[str] = field(default_factory=frozenset)


def place_of(act: Act, dossier: Dossier) -> int:
    """The agency at which the right of an act on the whole dossier is asked, for its button and for its page."""
    if act.is_at_desk or not dossier.received_at:
        return dossier.receiving_agency_id
    return dossier.competent_agency_id
