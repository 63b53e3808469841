"""Review a notice (rà soát): its text with the marked words beside the draft tasks; change, issue, discard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.tasks import drafts, services
from tinhso.tasks.errors import ItemUnknown
from tinhso.tasks.models import Notice, Outcome
from tinhso.tasks.pages.forms import ReasonForm
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.lines import line_rows, lines
from tinhso.tasks.queries.reviews import pieces, shown_items
from tinhso.tasks.services.reviewing import items_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The notice under review, or what was issued from it."""
    return _page(request, key)


@require_POST
def change(request: ActedRequest, key: UUID) -> HttpResponse:
    """Drop, restore, merge, split, add or undo, as the button says; back to the list."""
    try:
        _change(request, key)
    except DomainError as refusal:
        return _page(request, key, refusal=refusal)
    anchor = request.POST.get("item", "")
    return redirect(f"{reverse('tasks:notice', args=[key])}#{f'm-{anchor}' if anchor else 'muc'}")


def _change(request: ActedRequest, key: UUID) -> None:
    post = request.POST
    given: dict[str, Any] = {
        "expected": _number(post.get("expected", "")),
        "actor": request.actor,
        "at": request.at,
    }
    button = post.get("then")
    if button == "undo":
        services.undo(key, **given)
    elif button == "add":
        services.add(key, post.get("words", ""), **given)
    elif button == "split":
        services.split(key, _item(post.get("item", "")), post.get("words", ""), **given)
    elif button == "propose":
        lead = {"leads": (_number(post.get("lead", "")),)}
        services.edit(key, _item(post.get("item", "")), lead, **given)
    elif button == "coordinate":
        _coordinate(key, _item(post.get("item", "")), _number(post.get("lead", "")), given)
    elif button in _ACTS:
        _ACTS[button](key, _item(post.get("item", "")), **given)
    else:
        raise ItemUnknown


def _coordinate(key: UUID, item: UUID, agency: int, given: dict[str, Any]) -> None:
    """The agency that serves the subject coordinates, beside those that were read."""
    notice = Notice.objects.visible_to(given["actor"], at=given["at"]).get_or_refuse(key)
    now = drafts.find(items_of(notice.reviews.latest("number")), item)
    services.edit(key, item, {"coordinators": (*now.coordinators, agency)}, **given)


_ACTS: dict[str, Any] = {
    "drop": services.drop,
    "restore": services.restore,
    "merge": services.merge,
}


def _item(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise ItemUnknown from None


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else -1  # noqa: PLR2004


@require_POST
def issue(request: ActedRequest, key: UUID) -> HttpResponse:
    """Issue the tasks of the review that the page showed."""
    try:
        end = services.confirm(
            key,
            expected=_number(request.POST.get("expected", "")),
            actor=request.actor,
            at=request.at,
        )
    except DomainError as refusal:
        return _page(request, key, refusal=refusal)
    messages.success(request, _("Đã giao %(count)s nhiệm vụ.") % {"count": end.tasks})
    return redirect("tasks:notice", key)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: ActedRequest, key: UUID) -> HttpResponse:
    """The reason; then the list of notices."""
    notice = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal: DomainError | None = None
    if form.is_valid():
        number = notice.reviews.latest("number").number
        try:
            services.discard(
                key, expected=number, actor=request.actor, at=request.at, **form.cleaned_data
            )
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã bỏ văn bản."))
            return redirect("tasks:notices")
    context = {"notice": notice, "form": form, "refusal": refusal}
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "tasks/discarding.html", context, status=status)


def _page(request: ActedRequest, key: UUID, *, refusal: DomainError | None = None) -> HttpResponse:
    assert isinstance(request, HttpRequest)  # noqa: S101  (narrows the type)
    notice = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    end = getattr(notice, "end", None)
    people = people_of([notice.actor, *([end.actor] if end else [])])
    context = {
        "notice": notice,
        "end": end,
        "facts": _facts(
            notice, name_of(notice.agency_id, day_of(request.at)), people[notice.actor]
        ),
        "refusal": refusal,
        "sent": request.POST,
    }
    if end is not None and end.outcome == Outcome.ISSUED:
        context |= _issued(request, notice) | {"ended_by": people[end.actor]}
        template = "tasks/issued.html"
    else:
        context |= _under_review(request, notice)
        template = "tasks/review.html"
    status = refusal.status if refusal else 200
    return render(request, template, context, status=status)


def _facts(notice: Notice, agency: str, brought_by: str) -> list[tuple[str, object]]:
    """What the paper says of itself, and who looks after it."""
    committee = notice.committee.name if notice.committee else ""
    return [
        (_("Số, ký hiệu"), notice.number),
        (_("Ngày ban hành"), formatting.day(notice.issued_on)),
        (_("Cơ quan ban hành"), notice.issuer),
        (_("Cấp ban hành"), notice.get_level_display()),
        *([(_("Ban chỉ đạo, tổ công tác giao việc"), committee)] if committee else []),
        (_("Cơ quan giao việc, theo dõi"), agency),
        (_("Người đưa vào"), brought_by),
    ]


def _under_review(request: ActedRequest, notice: Notice) -> dict[str, Any]:
    review = notice.reviews.latest("number")
    items = shown_items(review, at=request.at)
    kept = [shown for shown in items if shown.number]
    spans = [(one.item.start, one.item.end, one.number) for one in kept]
    may = {
        name: request.actor.holds(right, agency=notice.agency_id, at=request.at)
        for name, right in (
            ("edit", TaskPermission.BRING_IN),
            ("issue", TaskPermission.ISSUE),
        )
    }
    return {
        "review": review,
        "items": items,
        "kept": len(kept),
        "tasks": sum(len(one.item.leads) for one in kept),
        "blocked": [one for one in kept if one.blocks],
        "pieces": pieces(notice.text, spans),
        "may": may,
    }


def _issued(request: ActedRequest, notice: Notice) -> dict[str, Any]:
    tasks = notice.tasks.visible_to(request.actor, at=request.at).to_do()
    rows = line_rows(list(lines(tasks)), tasks, day_of(request.at), among=tasks)
    rows.sort(key=lambda row: row.task.ordinal)
    kept = dict.fromkeys((row.task.start, row.task.end) for row in rows)
    spans = {span: number for number, span in enumerate(kept, start=1)}
    return {
        "rows": rows,
        "pieces": pieces(notice.text, [(s, e, number) for (s, e), number in spans.items()]),
    }
