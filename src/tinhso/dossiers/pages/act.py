"""An officer's act as an entry of the table (ADR 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.errors import CompetenceUnknown
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.places import competent_on

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.pages import forms
    from tinhso.kernel.errors import DomainError
    from tinhso.kernel.permissions import Permission

Service = Callable[..., Dossier]


@dataclass(frozen=True)
class Act:
    """An act as a page: `slug` in the address, the right that shows its button (None: that of the step), form, service.

    `states` say when the button of an act on the whole dossier shows; an act on a step shows at the steps that wait
    for one of `at_steps`. `is_at_desk`: its right is that of the desk, also after receipt; `is_rare`: its button stands
    among “Việc khác”; `refused`: why it is not its hour, where the state alone does not say it. The service judges
    everything again.
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
    refused: Callable[[Dossier, datetime], DomainError | None] = lambda _dossier, _at: None


def place_of(act: Act, dossier: Dossier, at: datetime) -> int:
    """The agency at which the right of an act on the whole dossier is asked, for its button and for its page.

    What is concluded is the matter of who stands in its agency's place that day.
    """
    if act.is_at_desk or not dossier.received_at:
        return dossier.receiving_agency_id
    if State(dossier.state).is_open:
        return dossier.competent_agency_id
    try:
        return competent_on(dossier, of_version(dossier.procedure_id), day_of(at))
    except CompetenceUnknown:
        return dossier.competent_agency_id
