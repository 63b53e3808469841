"""Edit one draft task (sửa mục rà soát): words, agencies found without accents, day, follower."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import directory, names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.tasks import drafts, services
from tinhso.tasks.errors import ItemInvalid
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import Notice
from tinhso.tasks.pages.forms import ItemForm
from tinhso.tasks.pages.review import _number
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.reviews import followers
from tinhso.tasks.services.reviewing import items_of, refuse_ended

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.drafts import Item
    from tinhso.tasks.matching import Names

MANY = 8
"""So many agencies that fit what was typed can be offered."""
GROUPS = {"leads": "add_lead", "coordinators": "add_coordinator"}


@dataclass
class Asked:
    """The draft task that the address names, and what the page knows of it."""

    notice: Notice
    item: Item
    review: int
    names: Names
    offered: dict[str, list[int]] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActedRequest, key: UUID, item: UUID) -> HttpResponse:
    """The draft task as it stands; posted, as the reviewer wants it."""
    asked = _asked(request, key, item)
    form = _form(request, asked)
    refusal: DomainError | None = None
    if form.is_valid():
        changes = _changes(form, asked)
        if form.errors:
            return _page(request, asked, _offering(request, asked, form), refusal=ItemInvalid())
        expected = _number(request.POST.get("expected", ""))
        try:
            services.edit(key, item, changes, expected=expected, actor=request.actor, at=request.at)
        except DomainError as error:
            refusal = error
        else:
            return redirect(f"{reverse('tasks:notice', args=[key])}#m-{item}")
    return _page(request, asked, form, refusal=refusal)


def _asked(request: ActedRequest, key: UUID, item: UUID) -> Asked:
    notice = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, TaskPermission.BRING_IN, agency=notice.agency_id, at=request.at)
    refuse_ended(notice)
    review = notice.reviews.latest("number")
    today = day_of(request.at)
    return Asked(
        notice,
        drafts.find(items_of(review), item),
        review.number,
        names_for(notice.agency_id, written=notice.issued_on or today, today=today),
    )


def _form(request: ActedRequest, asked: Asked, *, bound: bool = True) -> ItemForm:
    post = request.POST if request.method == "POST" and bound else None
    item = asked.item
    today = day_of(request.at)
    choices: dict[str, list[tuple[int, str]]] = {}
    for group in GROUPS:
        keys = [*getattr(item, group), *asked.offered.get(group, [])]
        sent = map(read_number, (post or request.POST).getlist(group))
        keys += [key for key in sent if key is not None]
        alive = [key for key in dict.fromkeys(keys) if key in asked.names.alive]
        names = names_of(alive, today)
        choices[group] = [(key, names[key]) for key in alive]
    initial = {name: getattr(item, name) for name in ItemForm.base_fields if hasattr(item, name)}
    return ItemForm(
        post, initial=initial, followers=followers(asked.notice, at=request.at), **choices
    )


def _changes(form: ItemForm, asked: Asked) -> dict[str, Any]:
    """What the form says of the item; a name that was typed becomes an agency, or an error beside it."""
    typed = form.cleaned_data
    changes: dict[str, Any] = {
        name: " ".join(typed[name].split())
        for name in ("text", "wanted", "group", "deadline_words")
    }
    for group, name in GROUPS.items():
        found = _picked(form, asked, group, name)
        changes[group] = tuple(dict.fromkeys((*form.chosen(group), *found)))
    changes["coordinators"] = tuple(
        one for one in changes["coordinators"] if one not in changes["leads"]
    )
    changes["deadline_on"] = typed["deadline_on"]
    changes["deadline_kind"] = typed["deadline_kind"]
    changes["evidence_kinds"] = tuple(typed["evidence_kinds"])
    changes["follower"] = typed.get("follower")
    if changes["coordinators"] != asked.item.coordinators:
        changes["loose"] = ()
    return changes


def _picked(form: ItemForm, asked: Asked, group: str, name: str) -> tuple[int, ...]:
    """The agency that was typed: by its name or abbreviation, else the only one that the words find."""
    typed = form.cleaned_data[name]
    if not typed:
        return ()
    found = asked.names.find(typed)
    if found:
        return found
    fitting = [
        period.agency_id
        for period in directory(asked.names.today, search=typed)
        if period.agency_id in asked.names.alive
    ]
    if len(fitting) == 1:
        return (fitting[0],)
    asked.offered[group] = fitting[:MANY]
    if not fitting:
        form.add_error(name, _("Không thấy cơ quan nào có tên như vậy hôm nay."))
    elif len(fitting) > MANY:
        said = _("%(count)s cơ quan khớp, mới nêu %(shown)s: gõ thêm, hoặc đánh dấu ở trên.")
        form.add_error(name, said % {"count": len(fitting), "shown": MANY})
    else:
        form.add_error(name, _("Có nhiều cơ quan khớp: đánh dấu cơ quan đúng ở danh sách trên."))
    return ()


def _offering(request: ActedRequest, asked: Asked, refused: ItemForm) -> ItemForm:
    """The same form with the agencies that fit what was typed, to be ticked."""
    form = _form(request, asked)
    form.full_clean()
    for name, sentences in refused.errors.items():
        for sentence in sentences:
            form.add_error(name, str(sentence))
    return form


def _page(
    request: ActedRequest,
    asked: Asked,
    form: ItemForm,
    *,
    refusal: DomainError | None = None,
) -> HttpResponse:
    names = names_of(asked.names.alive, asked.names.today)
    context = {
        "notice": asked.notice,
        "item": asked.item,
        "review": asked.review,
        "form": form,
        "agencies": sorted(names.values()),
        "source": asked.notice.text[asked.item.start : asked.item.end],
        "refusal": refusal,
    }
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "tasks/item.html", context, status=status)
