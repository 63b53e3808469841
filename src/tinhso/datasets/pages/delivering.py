"""Deliver a data set (giao dữ liệu): a period, perhaps the agency, and the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.datasets import catalogue, services
from tinhso.datasets.errors import NotTheOwner
from tinhso.datasets.owners import mine
from tinhso.datasets.permissions import DatasetPermission
from tinhso.indicators.reports.periods import last_ended
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.datasets.definitions import Dataset
    from tinhso.datasets.models import Delivery
    from tinhso.kernel.requests import ActedRequest

OFFERED = 8
"""Periods that are offered, the newest first."""


class DeliveryForm(forms.Form):
    """The period that the file tells of, whose it is, and the file."""

    period = forms.ChoiceField(label=gettext_lazy("Kỳ dữ liệu"))
    agency = forms.TypedChoiceField(label=gettext_lazy("Cơ quan giao"), coerce=int)
    upload = forms.FileField(
        label=gettext_lazy("Tệp CSV"),
        help_text=gettext_lazy(
            "Mã UTF-8, cột cách nhau bằng dấu phẩy hoặc chấm phẩy, tối đa 5 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
    )

    def __init__(
        self,
        *args: Any,
        periods: list[tuple[str, str]],
        agencies: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"] = forms.ChoiceField(
            label=self.fields["period"].label, choices=periods
        )
        self.fields["agency"] = forms.TypedChoiceField(
            label=self.fields["agency"].label, choices=agencies, coerce=int
        )
        self.order_fields(["period", "agency", "upload"])


@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: ActedRequest, code: str) -> HttpResponse:
    """The form; posted, the file is taken in, and the page of the delivery says what stands."""
    require(request.actor, DatasetPermission.DELIVER, at=request.at)
    dataset, refusal = catalogue.dataset(code), None
    form = _form(request, dataset)
    if form.is_valid():
        try:
            made = _delivered(form, code, request)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, said(made))
            return redirect("datasets:delivery", made.uuid)
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    context = {"form": form, "dataset": dataset, "refusal": refusal}
    return render(request, "datasets/delivering.html", context, status=status)


def _form(request: ActedRequest, dataset: Dataset) -> DeliveryForm:
    today = day_of(request.at)
    mine_now = mine(dataset, today, request.actor, at=request.at)
    if not mine_now:
        raise NotTheOwner(dataset=dataset.title)
    names = names_of(mine_now, today)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    agencies = [(agency, names[agency]) for agency in mine_now]
    return DeliveryForm(*given, periods=offered(dataset, today), agencies=agencies)


def offered(dataset: Dataset, today: date) -> list[tuple[str, str]]:
    """The periods that are over, the newest first."""
    found = list[tuple[str, str]]()
    period = dataset.newest_period(today)
    while period is not None and len(found) < OFFERED:
        found.append((period.code, period.title))
        before = last_ended(dataset.frequency, 1, period.first)
        period = before if before.first >= dataset.since else None
    return found


def _delivered(form: DeliveryForm, code: str, request: ActedRequest) -> Delivery:
    upload = form.cleaned_data["upload"]
    return services.deliver(
        code,
        form.cleaned_data["period"],
        upload.read(),
        filename=upload.name,
        agency=form.cleaned_data["agency"],
        actor=request.actor,
        at=request.at,
    )


def said(made: Delivery) -> str:
    """What became of the file, in one sentence."""
    told = {"good": formatting.number(made.good), "bad": formatting.number(made.bad)}
    if made.bad:
        return gettext("Đã nhận %(good)s dòng, trả lại %(bad)s dòng để sửa.") % told
    return gettext("Đã nhận %(good)s dòng, không có dòng lỗi.") % told
