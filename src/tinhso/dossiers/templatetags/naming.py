"""`{{ step|step_title:dossier }}`, `{{ charge|fee_title:dossier }}`: their names in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from tinhso.dossiers import naming

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier, Step, WorkItem
    from tinhso.payments.models import Charge

register = template.Library()


@register.filter
def step_title(step: Step | str, of: Dossier | WorkItem | None) -> str:
    """The name of a step of a dossier; nothing where a line shows no work."""
    return naming.step_title(step, of.procedure_id) if of and not isinstance(step, str) else ""


@register.filter
def fee_title(charge: Charge, dossier: Dossier) -> str:
    """The name of a charge of a dossier."""
    return naming.fee_title(charge, dossier.procedure_id)
