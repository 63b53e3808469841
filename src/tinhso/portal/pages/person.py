"""`/thong-tin-cua-toi/`: a citizen with an account says who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.errors import NotACitizenAccount
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.forms import rendering
from tinhso.forms.fields import Given
from tinhso.kernel.errors import DomainError
from tinhso.kernel.identifiers import show_reference
from tinhso.parties.errors import NothingCorrected, PartyFactsInvalid
from tinhso.parties.identity import account_code
from tinhso.portal import person as own

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.forms.answers import Answers
    from tinhso.forms.fields import Step
    from tinhso.kernel.requests import ActedRequest
    from tinhso.parties.models import Party

ONWARD = "tiep"
"""Where to go once it is said: an address of this house."""


def unsaid(request: ActedRequest, *, onward: str) -> HttpResponse | None:
    """The way to this page and back, for a citizen's account that has not said who it is; else None.

    What an account files is its own party's, so that it must have one before.
    """
    user = request.user
    if not isinstance(user, User) or user.is_officer or request.actor.party is not None:
        return None
    messages.info(request, _("Trước khi nộp hồ sơ bằng tài khoản, hãy cho biết bạn là ai."))
    return redirect(f"{reverse('portal:person')}?{urlencode({ONWARD: onward})}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: ActedRequest) -> HttpResponse:
    """The form, filled with what is known; kept as declared, until an officer confirms it."""
    user = request.user
    if not isinstance(user, User) or user.is_officer:
        raise NotACitizenAccount
    party = own.own_party(request.actor)
    form, given = own.form(), Given(on=day_of(request.at))
    before = form.of_values(own.values_of(party, name=user.name), given=given)
    if request.method != "POST":
        return _page(request, party, before, {}, None)
    only = form.step(own.CONTACT) if party and party.is_verified else None
    answers = form.parse(request.POST, step=only, before=before, given=given)
    errors = {} if answers.asks_again else form.validate(answers, only)
    if errors or answers.asks_again:
        return _page(request, party, answers, errors, None)
    return _say(request, user, party, answers)


def _say(request: ActedRequest, user: User, party: Party | None, answers: Answers) -> HttpResponse:
    try:
        own.say(user, answers.values, actor=request.actor, at=request.at)
    except NothingCorrected:
        return redirect(_onward(request))
    except PartyFactsInvalid as refusal:
        return _page(request, party, answers, refusal.errors, None)
    except DomainError as refusal:
        return _page(request, party, answers, {}, refusal)
    messages.success(request, _("Đã lưu thông tin của bạn."))
    return HttpResponseRedirect(_onward(request))


def _onward(request: ActedRequest) -> str:
    """The address that the person came from, if it is one of ours; else this page."""
    wanted = request.GET.get(ONWARD, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and is_ours else reverse("portal:person")


def _page(
    request: ActedRequest,
    party: Party | None,
    answers: Answers,
    errors: dict[str, list[str]],
    refusal: DomainError | None,
) -> HttpResponse:
    form = own.form()
    is_verified = party is not None and party.is_verified
    steps = [step for step in form.steps if not (is_verified and step.name == own.WHO)]
    context = {
        "party": party,
        "code": show_reference(account_code(party.uuid)) if party else "",
        "steps": [(step, _questions(answers, step, errors)) for step in steps],
        "summary": rendering.error_summary(form, answers, errors),
        "is_wrong": bool(errors),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, "portal/person.html", context, status=status)


def _questions(answers: Answers, step: Step, errors: dict[str, list[str]]) -> str:
    return rendering.fields(own.form(), step, answers, errors)
