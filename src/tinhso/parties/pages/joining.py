"""`/nguoi-nop/ket-noi/`: find the account of the person at the counter, compare, join; take a joining back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.accounts.queries import agency_choices
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import require
from tinhso.parties import joining, queries
from tinhso.parties.models import PartyKind, Verification
from tinhso.parties.permissions import PartyPermission
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20
METHODS = {
    PartyKind.CITIZEN: Verification.Method.CARD_SEEN,
    PartyKind.ORGANISATION: Verification.Method.LICENCE_SEEN,
    PartyKind.HOUSEHOLD_BUSINESS: Verification.Method.LICENCE_SEEN,
}
"""With what the person is compared: the box that the officer ticks names it."""


class FindingForm(forms.Form):
    """The account of the person, as they name it, and the counter where they stand."""

    account = forms.CharField(
        label=gettext_lazy("Thư điện tử hoặc mã tài khoản"),
        help_text=gettext_lazy("Mã có 10 ký tự, ở trang “Thông tin của tôi” của người dân."),
        max_length=254,
        error_messages={"required": gettext_lazy("Nhập thư điện tử hoặc mã tài khoản.")},
    )
    agency = forms.TypedChoiceField(label=gettext_lazy("Tại quầy của"), coerce=int)


class JoiningForm(forms.Form):
    """Both sides, and the officer's word that they compared a genuine paper."""

    own = forms.UUIDField()
    known = forms.UUIDField()
    agency = forms.IntegerField()
    compared = forms.BooleanField(
        error_messages={"required": gettext_lazy("Xác nhận đã đối chiếu giấy tờ bản chính.")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: ActedRequest) -> HttpResponse:
    """Both sides of what may be one person. A POST, so that no e-mail stands in an address."""
    require(request.actor, PartyPermission.VERIFY, at=request.at)
    form = _finding(request)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    agency = form.cleaned_data["agency"]
    by = {"agency": agency, "actor": request.actor, "at": request.at}
    try:
        own = joining.account_of(form.cleaned_data["account"], **by)
        found = joining.alike(own, **by)
    except DomainError as refusal:
        return _page(request, form, refusal=refusal, status=refusal.status)
    method = METHODS[PartyKind(own.kind)]
    return _page(request, form, own=own, found=found, agency=agency, method=method)


def _finding(request: ActedRequest, *, blank: bool = False) -> FindingForm:
    """The form of the search, as sent; empty after another act of the page was refused."""
    form = FindingForm(request.POST if request.method == "POST" and not blank else None)
    scope = request.actor.scope(PartyPermission.VERIFY, at=request.at)
    agencies = cast("forms.ChoiceField", form.fields["agency"])
    agencies.choices = agency_choices(scope, at=request.at)
    return form


def _page(
    request: ActedRequest, form: FindingForm, *, status: int = 200, **shown: object
) -> HttpResponse:
    made = Paginator(queries.joinings(request.actor, at=request.at), PER_PAGE)
    page = made.get_page(request.GET.get("trang"))
    told = [party for row in page for party in (row.own, row.known)]
    note_read(told, purpose="joinings", actor=request.actor, at=request.at)
    context = {"form": form, "page": page, **shown}
    return render(request, "parties/joining.html", context, status=status)


@require_POST
def join(request: ActedRequest) -> HttpResponse:
    """Join the two; the account sees from now on what belongs to the known one."""
    require(request.actor, PartyPermission.VERIFY, at=request.at)
    form = JoiningForm(request.POST)
    if not form.is_valid():
        said = [sentence for sentences in form.errors.values() for sentence in sentences]
        return _page(request, _finding(request, blank=True), said=said, status=422)
    given = form.cleaned_data
    try:
        own = queries.own_party(given["own"])
        joining.join(
            own.uuid,
            given["known"],
            method=METHODS[PartyKind(own.kind)],
            agency=given["agency"],
            actor=request.actor,
            at=request.at,
        )
    except DomainError as refusal:
        return _page(request, _finding(request, blank=True), refusal=refusal, status=refusal.status)
    messages.success(request, _("Đã kết nối. Tài khoản xem được hồ sơ của người đã biết."))
    return redirect("parties:joining")


@require_POST
def separate(request: ActedRequest, key: UUID) -> HttpResponse:
    """Take a joining back, with the reason."""
    require(request.actor, PartyPermission.VERIFY, at=request.at)
    reason = request.POST.get("reason", "")[:500]
    try:
        joining.separate(key, reason=reason, actor=request.actor, at=request.at)
    except DomainError as refusal:
        return _page(request, _finding(request, blank=True), refusal=refusal, status=refusal.status)
    messages.success(request, _("Đã hủy kết nối. Tài khoản chỉ còn xem được hồ sơ của chính mình."))
    return redirect("parties:joining")
