"""One dossier (hồ sơ) as an officer works on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.explained import told
from tinhso.dossiers import definitions
from tinhso.dossiers.asked import came_of, changed_of
from tinhso.dossiers.definitions import Silence
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Dossier, SeenAs, State, Step
from tinhso.dossiers.pages import history
from tinhso.dossiers.pages.act import Act, place_of
from tinhso.dossiers.pages.acts import DOSSIER_ACTS, STEP_ACTS
from tinhso.dossiers.pages.barring import ASSIGNING, is_stopped
from tinhso.dossiers.pages.fees import fees_of
from tinhso.dossiers.pages.papers import may_confirm, papers_of
from tinhso.dossiers.pages.standing import standing_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.moving import is_beside
from tinhso.dossiers.printing.papers import available
from tinhso.dossiers.queries.promised import due_in_words
from tinhso.dossiers.queries.showing import doubt_of, history_of, pace, steps_of, why_that_day
from tinhso.dossiers.queries.telling import (
    decision_of,
    guidance_of,
    late_told,
    supplement_barred,
    told_of,
)
from tinhso.dossiers.returning import post_address
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.forms.showing import rows as answer_rows
from tinhso.parties.services import note_read
from tinhso.ui import formatting
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Result, SupplementRequest
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.errors import DomainError
    from tinhso.kernel.requests import ActedRequest


SHOWS_DECISION = frozenset({State.IN_PROCESS, State.DECIDED, State.HANDED_OVER})


@dataclass(frozen=True)
class OpenStep:
    """A step that waits, and what this actor may do at it."""

    step: Step
    agency: str
    acts: list[Act]
    may_take: bool


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The dossier with its form, papers, work, history; and the acts that are possible now."""
    actor, at = request.actor, request.at
    found = Dossier.objects.in_office(actor, at=at).select_related(
        "applicant", "procedure__procedure", "batch", "imported"
    )
    dossier = found.get_or_refuse(key)
    if dossier.is_imported:
        return history.dossier(request, dossier)
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="dossier", actor=actor, at=at)
    return render(request, "dossiers/dossier.html", context_of(dossier, actor, at))


def context_of(dossier: Dossier, actor: Actor, at: datetime) -> dict[str, object]:
    """Everything that the page shows."""
    definition = definitions.of_version(dossier.procedure_id)
    acts = dossier_acts(dossier, actor, at)
    answers = answers_so_far(dossier, definition) if dossier.submissions.exists() else None
    return {
        "dossier": dossier,
        "definition": definition,
        "pace": pace(dossier, at),
        "due": due_in_words(dossier),
        "places": [*places_in_words(dossier, at), *sent_where(dossier)],
        "submitted": moment(dossier.submitted_at),
        "came": came_how(dossier),
        "may_bring": may_bring(dossier, actor, at),
        "answers": answer_rows(definition.form, answers) if answers else [],
        "papers": papers_of(dossier, definition),
        "may_confirm": may_confirm(dossier, actor, at),
        "seen_choices": SeenAs.choices,
        "results": results_of(dossier, definition),
        "why_that_day": told(why_that_day(dossier)),
        "doubt": doubt_of(dossier),
        "waiting_for": waiting_for(dossier),
        "not_asked": why_nothing_is_asked(dossier, actor, at),
        "came_of": came_of(dossier, definition),
        "changed": changed_of(dossier, definition),
        "steps": steps_of(dossier, at),
        "open_steps": open_steps(dossier, actor, at),
        "acts": [act for act in acts if not act.is_rare],
        "rare_acts": [act for act in acts if act.is_rare],
        "told": told_of(dossier),
        "decision": decision_of(dossier) if dossier.state in SHOWS_DECISION else None,
        "guidance": guidance_of(dossier) if dossier.state == State.SUBMITTED else None,
        "late": late_told(dossier, at),
        "may_apologise": any(act.slug == "xin-loi" for act in acts),
        "history": history_of(dossier),
        "papers_to_print": available(dossier),
        "fees": fees_of(dossier, definition, actor, at),
        "standing": standing_of(dossier, definition, at),
    }


def places_in_words(dossier: Dossier, at: datetime) -> list[tuple[StrOrPromise, str]]:
    """The four places: where the applicant was helped, where it was received, is settled, is handed over."""
    places = (
        (_("Nơi giúp nộp"), dossier.helping_agency_id),
        (_("Nơi tiếp nhận"), dossier.receiving_agency_id),
        (_("Nơi giải quyết"), dossier.competent_agency_id),
        (_("Nơi trả kết quả"), dossier.returning_agency_id),
    )
    names = names_of({key for _label, key in places if key is not None}, day_of(at))
    nobody = _("Không có: người nộp tự nộp")
    return [(label, names.get(key, "") if key is not None else nobody) for label, key in places]


def sent_where(dossier: Dossier) -> list[tuple[StrOrPromise, str]]:
    """The address that the result goes to by post, where the applicant chose the post."""
    address = post_address(dossier)
    return [(_("Trả qua bưu chính tới"), address)] if address else []


def came_how(dossier: Dossier) -> list[tuple[StrOrPromise, str]]:
    """What the desk recorded of postal items and of consents, the newest first."""
    lines: list[tuple[StrOrPromise, str]] = []
    for item in dossier.postalitems.order_by("-at"):
        posted = formatting.day(item.posted_on) if item.posted_on else _("không rõ")
        words = _("đến %(arrived)s · ngày trên phong bì %(posted)s") % {
            "arrived": moment(item.arrived_at),
            "posted": posted,
        }
        lines.append((_("Bưu gửi"), f"{words} · {item.tracking}" if item.tracking else words))
    for consent in dossier.consents.order_by("-at"):
        words = _("%(helper)s; %(who)s đồng ý ngày %(day)s: %(way)s") % {
            "helper": consent.helper,
            "who": consent.given_by,
            "day": formatting.day(consent.given_on),
            "way": consent.get_way_display(),
        }
        lines.append((_("Nộp hộ"), words))
    return lines


def may_bring(dossier: Dossier, actor: Actor, at: datetime) -> bool:
    """Whether this actor may take in what the applicant was asked for."""
    desk = dossier.receiving_agency_id
    return dossier.state == State.AWAITING_SUPPLEMENT and actor.holds(
        DossierPermission.SUBMIT_FOR, agency=desk, at=at
    )


def waiting_for(dossier: Dossier) -> SupplementRequest | None:
    """What the applicant was asked for and has not handed in."""
    if dossier.state != State.AWAITING_SUPPLEMENT:
        return None
    return dossier.supplementrequests.filter(answer=None).order_by("-at").first()


def why_nothing_is_asked(dossier: Dossier, actor: Actor, at: datetime) -> DomainError | None:
    """Why no supplement is offered to who otherwise could ask for one."""
    act = DOSSIER_ACTS["yeu-cau-bo-sung"]
    if State(dossier.state) not in act.states or decision_of(dossier) or act.right is None:
        return None
    if not actor.holds(act.right, agency=place_of(act, dossier, at), at=at):
        return None
    return supplement_barred(dossier)


def results_of(dossier: Dossier, definition: Definition) -> list[tuple[str, Result]]:
    """The documents that it ended in, each with the name of its kind."""
    rows = dossier.results.select_related("file")
    kinds = {row.code: definition.result(row.code) for row in rows}
    return [(kind.title if (kind := kinds[row.code]) else row.code, row) for row in rows]


def dossier_acts(dossier: Dossier, actor: Actor, at: datetime) -> list[Act]:
    """Acts on the whole dossier whose button shows to this actor now."""
    return [
        act
        for act in DOSSIER_ACTS.values()
        if State(dossier.state) in act.states
        and act.right is not None
        and (act.right is not DossierPermission.STOP or silence_ends(dossier, at))
        and actor.holds(act.right, agency=place_of(act, dossier, at), at=at)
        and act.refused(dossier, at) is None
    ]


def silence_ends(dossier: Dossier, at: datetime) -> bool:
    """Whether the applicant's day to answer has passed and the procedure lets that end the dossier."""
    asked = dossier.supplementrequests.filter(answer=None).first()
    rule = definitions.of_version(dossier.procedure_id).supplement
    return asked is not None and asked.answer_by < day_of(at) and rule.silence != Silence.WAIT


def open_steps(dossier: Dossier, actor: Actor, at: datetime) -> list[OpenStep]:
    """The open steps with what this actor may do at each."""
    lines = [line for line in steps_of(dossier, at) if line.is_open]
    paused = is_stopped(dossier)
    user = getattr(actor, "user", None)
    shown = []
    for line in lines:
        step = line.step
        waits = paused and not is_beside({"token": step.token, "node": step.node})
        acts = [
            act
            for act in STEP_ACTS.values()
            if step.act in act.at_steps
            and actor.holds(act.right or RIGHT_AT[step.act], agency=step.agency_id, at=at)
            and not (waits and act.slug != ASSIGNING)
        ]
        free = step.person_id is None and step.act != "receive"
        may_take = (
            free
            and user is not None
            and actor.holds(DossierPermission.TAKE, agency=step.agency_id, at=at)
            and actor.holds(RIGHT_AT[step.act], agency=step.agency_id, at=at)
        )
        shown.append(OpenStep(step, line.agency, acts, may_take))
    return shown
