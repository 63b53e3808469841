"""One act on many dossiers of the queue (làm hàng loạt): each its own act, with a line of its own in the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhso.accounts.models import User
from tinhso.dossiers import definitions, services
from tinhso.dossiers.acts import OUTCOME_NAMES, OUTCOMES
from tinhso.dossiers.errors import StepNotFound
from tinhso.dossiers.models import Dossier, WorkItem
from tinhso.dossiers.pages.density import back_to
from tinhso.dossiers.pages.forms import LONG_TEXT, people_offered
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.queries.officers import officers_at
from tinhso.dossiers.queries.worklist import in_order
from tinhso.kernel.errors import DomainError, NotFound
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.payments.queries import standing
from tinhso.ui.fields import name_in_errors

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

MOST = 100


class NoForm(forms.Form):
    """Nothing to be said."""

    def __init__(self, *args: Any, items: Sequence[WorkItem], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.at = items, at
        for field in self.fields.values():
            name_in_errors(field)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices."""


class AssignForm(NoForm):
    """To whom (người xử lý): the officers of every agency where the chosen work lies."""

    person = forms.ModelChoiceField(label=gettext_lazy("Người xử lý"), queryset=User.objects.none())

    def prepare(self) -> None:
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        places = {item.agency_id for item in self.items}
        people = {one.pk for place in places for one in officers_at(place, at=self.at)}
        field.queryset = User.objects.filter(pk__in=people).order_by("sort_key")
        field.choices = people_offered(field.queryset, at=self.at)


class ForwardForm(NoForm):
    """The outcome that all of them have, and a note (kết quả chung, ý kiến)."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả thẩm định"),
        widget=forms.RadioSelect,
        choices=[(code, OUTCOME_NAMES[code]) for code in OUTCOMES["forward"]],
    )
    note = forms.CharField(
        label=gettext_lazy("Ý kiến"), widget=LONG_TEXT, max_length=4000, required=False
    )


@dataclass(frozen=True)
class ManyAct:
    """An act that can be done to many: its right, what it asks first, and how it is done to one of them.

    With `effects`, which say what happens to each, it asks for a confirmation even when it has nothing else to ask.
    """

    slug: str
    label: StrOrPromise
    done: StrOrPromise
    right: Right
    form: type[NoForm]
    do: Callable[..., object]
    effects: StrOrPromise = ""


def _assign(item: WorkItem, **facts: Any) -> object:
    return services.assign(item.dossier.uuid, item.pk, **facts)


def _take(item: WorkItem, **facts: Any) -> object:
    return services.take(item.dossier.uuid, item.pk, **facts)


def _receive(item: WorkItem, **facts: Any) -> object:
    return services.receive(item.dossier.uuid, **facts)


def _forward(item: WorkItem, **facts: Any) -> object:
    return services.forward(item.dossier.uuid, item.pk, **facts)


ACTS: Mapping[str, ManyAct] = {
    act.slug: act
    for act in (
        ManyAct(
            "phan-cong",
            gettext_lazy("Phân công"),
            gettext_lazy("Đã phân công."),
            Right.ASSIGN,
            AssignForm,
            _assign,
        ),
        ManyAct(
            "nhan",
            gettext_lazy("Nhận xử lý"),
            gettext_lazy("Đã nhận xử lý."),
            Right.TAKE,
            NoForm,
            _take,
        ),
        ManyAct(
            "tiep-nhan",
            gettext_lazy("Tiếp nhận"),
            gettext_lazy("Đã tiếp nhận hồ sơ."),
            Right.RECEIVE,
            NoForm,
            _receive,
            gettext_lazy(
                "Mỗi hồ sơ được cấp số, hẹn ngày trả và tính phí ngay; người nộp được báo. Giấy tờ của các hồ sơ này"
                " chưa được xác nhận từng tờ: mở hồ sơ nào còn phải kiểm tra trước khi tiếp nhận."
            ),
        ),
        ManyAct(
            "chuyen-buoc",
            gettext_lazy("Chuyển bước"),
            gettext_lazy("Đã chuyển bước."),
            Right.FORWARD,
            ForwardForm,
            _forward,
        ),
    )
}


@dataclass(frozen=True)
class Line:
    """What came of one of them: done, or refused and why; without an item when it is gone or not yours."""

    item: WorkItem | None
    title: str
    refusal: DomainError | None = None
    received: Dossier | None = None

    @property
    def owed(self) -> int | None:
        """What the received dossier is charged, in đồng; None when its procedure asks for no fee."""
        if self.received is None:
            return None
        charged = standing(self.received.uuid)
        return sum(one.charge.amount for one in charged) if charged else None


def offered(actor: Actor, at: datetime) -> list[ManyAct]:
    """The acts that the officer may do somewhere."""
    return [act for act in ACTS.values() if actor.holds(act.right, at=at)]


@require_POST
def act(request: ActedRequest) -> HttpResponse:
    """Ask what has to be asked, then do it to each of the chosen and say what came of each."""
    chosen = ACTS.get(request.POST.get("viec", ""))
    if chosen is None:
        raise NotFound
    require(request.actor, chosen.right, at=request.at)
    versions = _chosen(request.POST.getlist("chon"))
    if not 0 < len(versions) <= MOST:
        return _untouched(request, len(versions))
    items = _items(request, versions)
    is_said = "xac-nhan" in request.POST or not (chosen.form.base_fields or chosen.effects)
    form = chosen.form(request.POST if is_said else None, items=items, at=request.at)
    query = request.POST.get("loc", "")
    context = {"act": chosen, "form": form, "query": query, "back": back_to(query)}
    if not form.is_valid():
        context["lines"] = [Line(item, _title(item)) for item in items]
        context["versions"] = versions
        return render(request, "dossiers/many.html", context, status=422 if is_said else 200)
    lines = _carry_out(request, chosen, items, versions, form.cleaned_data)
    context["lines"] = lines
    context["done"] = sum(line.refusal is None for line in lines)
    return render(request, "dossiers/many_done.html", context)


def _carry_out(
    request: ActedRequest,
    act: ManyAct,
    items: Sequence[WorkItem],
    versions: Mapping[UUID, int | None],
    facts: Mapping[str, Any],
) -> list[Line]:
    """Each dossier by itself, in a transaction of its own: what one refuses stops no other."""
    lines: list[Line] = []
    for item in items:
        refusal, done = None, None
        # of two pieces of work of one dossier the first act has changed the version that the second box shows
        is_second = any(line.item and line.item.dossier_id == item.dossier_id for line in lines)
        version = None if is_second else versions[item.pk]
        try:
            done = act.do(
                item, actor=request.actor, at=request.at, expected_version=version, **facts
            )
        except DomainError as error:
            refusal = error
        received = done if act.right is Right.RECEIVE and isinstance(done, Dossier) else None
        lines.append(Line(item, _title(item), refusal, received))
    gone = len(versions) - len(items)
    return lines + [Line(None, _("Hồ sơ không còn trong danh sách"), StepNotFound())] * gone


def _title(item: WorkItem) -> str:
    return definitions.of_version(item.procedure_id).title


def _chosen(given: Sequence[str]) -> dict[UUID, int | None]:
    """Steps with the version of the dossier that the page showed, as the boxes carry them: `uuid` or `uuid:version`."""
    found: dict[UUID, int | None] = {}
    for text in given[: MOST + 1]:
        key, _colon, version = text.partition(":")
        try:
            found[UUID(key)] = read_number(version)
        except ValueError:
            continue
    return found


def _items(request: ActedRequest, keys: Collection[UUID]) -> list[WorkItem]:
    found = WorkItem.objects.visible_to(request.actor, at=request.at).filter(pk__in=keys)
    return list(in_order(found).select_related("dossier", "step", "person").defer("words"))


def _untouched(request: ActedRequest, count: int) -> HttpResponse:
    """Back to the same list, with why nothing was done: no line was chosen, or more than are done at once."""
    words = _("Chưa chọn hồ sơ nào. Đánh dấu hồ sơ trong danh sách rồi bấm lại.")
    if count:
        most = _("Mỗi lần làm nhiều nhất %(limit)s hồ sơ. Chưa hồ sơ nào bị thay đổi.")
        words = most % {"limit": MOST}
    messages.warning(request, words)
    return redirect(back_to(request.POST.get("loc", "")))
