"""Make a plan (lập kế hoạch kiểm tra): units by their names without accents, each with the day of the visit."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.queries import agency_choices
from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.inspections import checklists, services
from tinhso.inspections.models import TeamPost
from tinhso.inspections.pages.forms import PlanForm
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.inspectors import found, inspectors
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.tasks.matching import names_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.inspections.models import Plan
    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.matching import Names

SHOWN = 4
LONGEST, SHORT = 200, 40
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\s*$")


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActedRequest) -> HttpResponse:
    """The form; then the plan with its units, each filled in beforehand."""
    require(request.actor, InspectionPermission.MAKE, at=request.at)
    form = _form(request)
    refusal: DomainError | None = None
    if form.is_valid():
        visits = list(_visits(form, day_of(request.at)))
        team = list(_team(form, request.at))
        try:
            made = None if form.errors else _plan(request, form, visits, team)
        except DomainError as error:
            refusal = error
            _tell(form, error)
        if made := (None if refusal or form.errors else made):
            messages.success(request, _("Đã lập kế hoạch; phiếu của từng đơn vị đã điền sẵn."))
            return redirect("inspections:plan", made.uuid)
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    context = {"form": form, "refusal": refusal}
    return render(request, "inspections/planning.html", context, status=status)


def _form(request: ActedRequest) -> PlanForm:
    scope = request.actor.scope(InspectionPermission.MAKE, at=request.at)
    return PlanForm(
        request.POST if request.method == "POST" else None,
        agencies=agency_choices(scope, at=request.at),
        checklists=[(one.code, one.label) for one in checklists.in_force().values()],
    )


def _plan(
    request: ActedRequest,
    form: PlanForm,
    visits: list[services.Visit],
    team: list[services.Member],
) -> Plan:
    typed = form.cleaned_data
    told = ("number", "issued_on", "title", "first", "last", "checklist")
    facts = services.PlanFacts(**{name: typed[name] for name in told}, team=team, visits=visits)
    return services.plan_inspections(
        facts, agency=typed["agency"], actor=request.actor, at=request.at
    )


def _team(form: PlanForm, at: datetime) -> Iterator[services.Member]:
    """The people seat by seat; a name that nobody or several have is said beside the field."""
    people = inspectors(at)
    for seat, post in enumerate(form.posts, start=1):
        said = form.cleaned_data[f"person_{seat}"].strip()
        if not said:
            continue
        fitting = found(said, people)
        if len(fitting) == 1:
            yield services.Member(fitting[0].name, post, fitting[0].user)
        elif fitting:
            told = {"said": said, "some": " · ".join(one.label for one in fitting[:SHOWN])}
            sentence = _("“%(said)s”: nhiều người khớp (%(some)s…). Ghi thêm cơ quan.") % told
            form.add_error(f"person_{seat}", sentence)
        else:
            sentence = _("“%(said)s”: không thấy ai được kiểm tra có tên này.") % {"said": said}
            form.add_error(f"person_{seat}", sentence)
    for line in filter(None, map(str.strip, form.cleaned_data["others"].splitlines())):
        if len(line) > LONGEST:
            form.add_error("others", _("“%(line)s…”: dài quá.") % {"line": line[:SHORT]})
        yield services.Member(line[:LONGEST], TeamPost.MEMBER)


def _visits(form: PlanForm, today: date) -> Iterator[services.Visit]:
    """The units line by line; a name that nobody or several have is said beside the field."""
    typed = form.cleaned_data
    names = names_for(typed["agency"], written=typed["last"], today=today)
    for line in typed["units"].splitlines():
        if not line.strip():
            continue
        unit, on = _line(line)
        known = _known(unit, on, names)
        if len(known) == 1 and on is not None:
            yield services.Visit(known[0], on)
        elif on is None:
            said = _("“%(line)s”: ghi ngày đến ở cuối dòng, như 15/10/2026.")
            form.add_error("units", said % {"line": line.strip()})
        elif known:
            form.add_error("units", _("“%(line)s”: nhiều đơn vị khớp.") % {"line": unit})
        else:
            form.add_error("units", _("“%(line)s”: không thấy đơn vị nào.") % {"line": unit})


def _line(line: str) -> tuple[str, date | None]:
    """The name and the day at the end of a line; None where no day stands there."""
    said = _DAY.search(line)
    if said is None:
        return line.strip(" .;,-"), None
    day, month, year = (int(part) for part in said.groups())
    try:
        return line[: said.start()].strip(" .;,-"), date(year, month, day)
    except ValueError:
        return line, None


def _known(unit: str, on: date | None, names: Names) -> list[int]:
    known = names.find(unit)
    if known or on is None:
        return list(known)
    return [period.agency_id for period in directory(on, search=unit)]


def _tell(form: PlanForm, error: DomainError) -> None:
    for name, sentences in getattr(error, "errors", {}).items():
        for sentence in sentences:
            form.add_error("person_1" if name == "team" else name, sentence)
