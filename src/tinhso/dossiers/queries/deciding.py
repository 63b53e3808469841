"""What lies before whoever decides: proposals of the appraisal and opinions of other agencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Opinion, OpinionRequest, Step
from tinhso.dossiers.naming import outcome_title, step_title
from tinhso.dossiers.queries.telling import reopened_at
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Dossier

FEW = 5
AGREES, DISAGREES = _("Đồng ý"), _("Không đồng ý")
SILENT = _("Coi như đồng ý, vì không trả lời trong hạn")
PREPARING = ("forward", "give_opinion", "record_answer")


@dataclass(frozen=True)
class Awaited:
    """An opinion that was asked for beside the workflow and is not there yet (chưa trả lời)."""

    agency: int
    name: str
    question: str
    due_at: datetime

    def __str__(self) -> str:
        words = {"agency": self.name, "until": moment(self.due_at)}
        return gettext("%(agency)s (hạn trả lời %(until)s)") % words


def awaited_opinions(dossier: int, *, at: datetime) -> list[Awaited]:
    """Who was asked about a dossier and has not answered, the first to answer first."""
    asked = OpinionRequest.objects.filter(dossier=dossier, step__closed_at=None)
    found = list(asked.select_related("step").order_by("due_at", "pk"))
    names = names_of({one.step.agency_id for one in found}, day_of(at))
    return [
        Awaited(place, names.get(place, ""), one.question, one.due_at)
        for one in found
        for place in [one.step.agency_id]
    ]


def asked_before(agency: int) -> list[int]:
    """The few agencies that this one asked last for their opinion, the latest first."""
    asked = OpinionRequest.objects.filter(dossier__competent_agency=agency)
    last = asked.values("agency").annotate(last=Max("at")).order_by("-last")
    return list(last.values_list("agency", flat=True)[:FEW])


def proposals_of(
    dossier: Dossier, acts: Sequence[str] = PREPARING
) -> list[tuple[StrOrPromise, str]]:
    """Each finished step that prepared the decision, in order: its name; its outcome and the words given with it."""
    since = reopened_at(dossier) or dossier.submitted_at
    done = Step.objects.filter(dossier=dossier.pk, act__in=acts, closed_at__gte=since)
    said = {one.step_id: one for one in Opinion.objects.filter(dossier=dossier.pk)}
    names = names_of({step.agency_id for step in done}, day_of(since))
    lines: list[tuple[StrOrPromise, str]] = []
    for step in done.order_by("ordinal"):
        opinion = said.get(step.pk)
        outcome, words = outcome_title(step), step.note
        if opinion is not None:
            outcome, words = AGREES if opinion.agrees else DISAGREES, opinion.content
            if opinion.is_silence:
                outcome, words = SILENT, ""
        name = step_title(step, dossier.procedure_id)
        if opinion is not None or step.act == "give_opinion":
            name = f"{name} ({names.get(step.agency_id, '')})"
        lines.append((name, f"{outcome}: {words}" if words else str(outcome)))
    return lines
