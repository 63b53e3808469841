"""Answer a request for what is missing: the whole form as it was handed in, to be corrected and completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import definitions
from tinhso.dossiers.asked import once_each
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.filing import DETACH, Posted, take_in
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.services import drafting
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError
from tinhso.parties.services import note_read
from tinhso.portal.channels import require_filing_channel
from tinhso.portal.pages import proofs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.models import Draft
    from tinhso.forms.answers import Answers
    from tinhso.forms.fields import Step
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: ActedRequest, key: UUID) -> HttpResponse:
    """What was asked on top, the form below; handed in when all of it is right."""
    reader = proofs.reader_of(request, key)
    channel = require_filing_channel(request.at)
    shown = request.method != "POST"
    try:
        draft = drafting.open_supplement(key, actor=reader, at=request.at, only_shown=shown)
    except DossierNotFound:
        return redirect("portal:look_up")
    if request.method != "POST":
        return _page(request, draft, None, None)
    posted = take_in(request, draft, step=None, actor=reader, at=request.at, needs_reason=True)
    if posted.errors or posted.asks_again:
        return _page(request, draft, posted, None)
    try:
        drafting.hand_in_supplement(draft, channel=channel, actor=reader, at=request.at)
    except DomainError as refusal:
        return _page(request, draft, posted, refusal)
    messages.success(request, _("Đã nộp bổ sung. Hồ sơ được xử lý tiếp."))
    return redirect("portal:dossier", key)


def _page(
    request: ActedRequest, draft: Draft, posted: Posted | None, refusal: DomainError | None
) -> HttpResponse:
    dossier = Dossier.objects.select_related("applicant").get(uuid=draft.uuid)
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="supplement", actor=request.actor, at=request.at)
    form = drafting.form_of(draft, needs_reason=True)
    answers = posted.answers if posted else drafting.answers_of(draft, at=request.at)
    errors = once_each(posted.errors) if posted else {}
    meant = [*errors, *_detached(request), *_changed(dossier, answers)]
    context = {
        "dossier": dossier,
        "version": draft.procedure,
        "asked": dossier.supplementrequests.filter(answer=None).order_by("-at").first(),
        "steps": [
            (
                step,
                rendering.fields(form, step, answers, errors),
                _is_meant(step, answers, meant),
            )
            for step in form.steps_of(answers)
        ],
        "summary": rendering.error_summary(form, answers, errors),
        "is_wrong": bool(errors),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, "portal/supplement.html", context, status=status)


def _detached(request: ActedRequest) -> list[str]:
    """The slots out of which a file was just taken."""
    return [value.partition(" ")[0] for value in request.POST.getlist(DETACH)]


def _changed(dossier: Dossier, answers: Answers) -> list[str]:
    """The questions that are answered otherwise than when it was handed in."""
    before = answers_so_far(dossier, definitions.of_version(dossier.procedure_id)).values
    known = {**before, **answers.values}
    return [name for name in known if before.get(name) != answers.values.get(name)]


def _is_meant(step: Step, answers: Answers, paths: Iterable[str]) -> bool:
    """Whether something in the step is wrong, newly asked, changed or just taken out: then it stands open."""
    wrong = {path.partition(".")[0] for path in (*paths, *answers.brought_up)}
    return bool(wrong & {field.name for field in step.fields})
