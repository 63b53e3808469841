"""What lies before whoever decides: proposals of the appraisal and opinions of other agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models import Opinion, OpinionRequest, Step
from tinhso.dossiers.naming import outcome_title, step_title
from tinhso.dossiers.queries.telling import reopened_at

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Dossier

FEW = 5
AGREES, DISAGREES = _("Đồng ý"), _("Không đồng ý")
SILENT = _("Coi như đồng ý, vì không trả lời trong hạn")
PREPARING = ("forward", "give_opinion", "record_answer")


def asked_before(agency: int) -> list[int]:
    """The few agencies that this one asked last for their opinion, the latest first."""
    asked = OpinionRequest.objects.filter(dossier__competent_agency=agency)
    last = asked.values("agency").annotate(last=Max("at")).order_by("-last")
    return list(last.values_list("agency", flat=True)[:FEW])


def proposals_of(dossier: Dossier) -> list[tuple[StrOrPromise, str]]:
    """Each finished step that prepared the decision, in order: its name; its outcome and the words given with it."""
    since = reopened_at(dossier) or dossier.submitted_at
    done = Step.objects.filter(dossier=dossier.pk, act__in=PREPARING, closed_at__gte=since)
    said = {one.step_id: one for one in Opinion.objects.filter(dossier=dossier.pk)}
    lines: list[tuple[StrOrPromise, str]] = []
    for step in done.order_by("ordinal"):
        opinion = said.get(step.pk)
        outcome, words = outcome_title(step), step.note
        if opinion is not None:
            outcome, words = AGREES if opinion.agrees else DISAGREES, opinion.content
            if opinion.is_silence:
                outcome, words = SILENT, ""
        name = step_title(step, dossier.procedure_id)
        lines.append((name, f"{outcome}: {words}" if words else str(outcome)))
    return lines
