"""`/nhat-ky`: the log for the auditor; `/nhat-ky/tai-ve`: the same as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_safe

from tinhso.events import naming, queries, services
from tinhso.events.kinds import kinds
from tinhso.events.permissions import EventPermission
from tinhso.events.wording import facts_of, keys_in
from tinhso.kernel.days import day_in
from tinhso.kernel.errors import Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from tinhso.events.models import Event
    from tinhso.kernel.requests import ActedRequest

PAGE = 50
COLUMNS = ("at", "kind", "subject", "agency", "actor", "payload", "uuid")


class Filter(forms.Form):
    """What the auditor asks, as in the address: every field narrows, an empty one does not."""

    loai = forms.ChoiceField(label=_lazy("Loại sự kiện"), required=False)
    ngay = forms.DateField(
        label=_lazy("Ngày"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    co_quan = forms.IntegerField(label=_lazy("Mã cơ quan"), required=False)
    nguoi = forms.CharField(label=_lazy("Tên người thực hiện"), required=False)
    chu_the = forms.CharField(label=_lazy("Người thực hiện"), required=False)
    doi_tuong = forms.CharField(
        label=_lazy("Mã hồ sơ, mã tra cứu hoặc khóa của đối tượng"), required=False
    )
    truoc = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        named = sorted((str(kind.name), kind.code) for kind in kinds.values())
        choices = [("", _("Tất cả")), *((code, name) for name, code in named)]
        self.fields["loai"] = forms.ChoiceField(
            label=_("Loại sự kiện"), required=False, choices=choices
        )

    def clean_doi_tuong(self) -> UUID | None:
        """The subject: its key, or a code that one of the apps knows it by."""
        typed = self.cleaned_data["doi_tuong"]
        if not typed:
            return None
        found = naming.subject_of(typed)
        if found is None:
            raise forms.ValidationError(_("Không có đối tượng nào mang mã này."))
        return found

    def search(self) -> queries.Search:
        """The search that the filter means. Raises `Invalid` by field."""
        if not self.is_valid():
            raise Invalid({name: list(map(str, found)) for name, found in self.errors.items()})
        known = self.cleaned_data
        return queries.Search(
            kind=known["loai"],
            actor=known["chu_the"],
            agency=known["co_quan"],
            day=known["ngay"],
            subject=known["doi_tuong"],
            people=naming.people_named(known["nguoi"]) if known["nguoi"] else None,
        )


@require_safe
def log(request: ActedRequest) -> HttpResponse:
    """The events that the actor may see, newest first, narrowed by the query."""
    require(request.actor, EventPermission.READ, at=request.at)
    day_in(request.GET)
    form = Filter(request.GET)
    if not form.is_valid():
        return render(request, "events/log.html", {"form": form}, status=422)
    search = form.search()
    found = queries.search(search, actor=request.actor, at=request.at)
    events = list(queries.before(found, form.cleaned_data["truoc"])[: PAGE + 1])
    context = {
        "form": form,
        "chosen": _chosen(search),
        "rows": _rows(events[:PAGE]),
        "older": events[PAGE - 1].uuid if len(events) > PAGE else None,
        "may_export": request.actor.holds(EventPermission.EXPORT, at=request.at),
    }
    return render(request, "events/log.html", context)


@require_GET
def export(request: ActedRequest) -> StreamingHttpResponse:
    """The same events as CSV; the export is itself an event."""
    day_in(request.GET)
    search = Filter(request.GET).search()
    found = services.export(search, actor=request.actor, at=request.at)
    rows = found.iterator(chunk_size=2_000)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
    return response


def _chosen(search: queries.Search) -> list[str]:
    """Names of the actor and the agency that were chosen by following a link."""
    keys = [search.actor] if search.actor else []
    keys += [f"agency:{search.agency}"] if search.agency is not None else []
    return list(naming.names_of(keys).values())


def _rows(events: list[Event]) -> list[dict[str, Any]]:
    keys = {event.actor for event in events}
    keys |= {f"agency:{event.agency}" for event in events if event.agency is not None}
    keys |= {key for event in events for key in keys_in(event.payload).values()}
    names = naming.names_of(keys)
    by_app: dict[str, set[UUID]] = {}
    for event in events:
        by_app.setdefault(event.kind.partition(".")[0], set()).add(event.subject)
    called = naming.subjects_named(by_app)
    return [
        {
            "event": event,
            "kind": kind.name if (kind := kinds.get(event.kind)) else event.kind,
            "actor": names[event.actor],
            "agency": names.get(f"agency:{event.agency}", ""),
            "subject": str(event.subject),
            "called": called.get(event.subject, ""),
            "facts": list(facts_of(event.kind, event.payload, names)),
        }
        for event in events
    ]


class _Echo:
    """A file that gives back what is written, so that rows are sent as they are made."""

    def write(self, text: str) -> str:
        return text


def _csv(events: Iterator[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # a spreadsheet then knows that it is UTF-8
    yield writer.writerow(COLUMNS)
    for event in events:
        yield writer.writerow([getattr(event, column) for column in COLUMNS])
