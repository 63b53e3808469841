"""`/nguon/`: the five texts and what is found in all of them; `/nguon/<số>/`: one text's marks in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.site.sourcemap import coverage
from tinhso.site.sourcemap.coverage import Kind, Status, Wanted
from tinhso.site.sourcemap.records import led_by

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.site.sourcemap.coverage import Entry
    from tinhso.site.sourcemap.records import Led

PILLS = {Status.WORKS: "ok", Status.PARTLY: "near", Status.NONE: "plain"}
ON_A_PAGE = 50
LEADING = (Kind.ORDER, Kind.DIFFICULTY)
"""What becomes a task or an obstacle, and leads there."""


@dataclass(frozen=True)
class Row:
    """A line of a list: an entry with the phrases shown for it."""

    entry: Entry
    quotes: tuple[str, ...]
    led: tuple[Led, ...] = ()

    @property
    def pill(self) -> str:
        """The state whose shape and colour the status takes."""
        return PILLS[self.entry.status]

    @property
    def screen(self) -> str:
        """Address of the page that answers it; empty when there is none."""
        return reverse(self.entry.screen) if self.entry.screen else ""

    @property
    def proof(self) -> str:
        """What the test of it says, as a sentence."""
        return self.entry.test.rpartition("::")[2].removeprefix("test_").replace("_", " ")


@require_safe
def overview(request: ActedRequest) -> HttpResponse:
    """How much is answered, text by text; with a filter, what it finds in all texts."""
    known = coverage.load()
    wanted = _wanted(request)
    found = [Row(entry, entry.quotes) for entry in known.entries if wanted.admits(entry)]
    context = {
        "texts": [(text, coverage.counted(known.entries_of(text.number))) for text in known.texts],
        "counts": _with_pills(coverage.counted(known.entries)),
        "total": len(known.entries),
        **_listed(request, wanted, found),
    }
    return render(request, "sourcemap/overview.html", context)


@require_safe
def text(request: ActedRequest, number: str) -> HttpResponse:
    """The marked phrases of one text, in order of appearance."""
    known = coverage.load()
    shown = next((each for each in known.texts if each.number == number), None)
    if shown is None:
        raise Http404(_("Không có văn bản này."))
    wanted = _wanted(request)
    found = [Row(mark.entry, (mark.quote,)) for mark in known.marks_of(number, wanted)]
    context = {
        "text": shown,
        "counts": _with_pills(coverage.counted(known.entries_of(number))),
        **_listed(request, wanted, found),
    }
    return render(request, "sourcemap/text.html", context)


def _wanted(request: ActedRequest) -> Wanted:
    given = request.GET
    status, kind = given.get("trang_thai", ""), given.get("loai", "")
    return Wanted(
        words=given.get("tim", "").strip()[:100],
        status=status if status in Status.values else "",
        kind=kind if kind in Kind.values else "",
    )


def _listed(request: ActedRequest, wanted: Wanted, found: list[Row]) -> dict[str, object]:
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("trang"))
    asked = {quote for row in page if row.entry.kind in LEADING for quote in row.quotes}
    led = led_by(asked, actor=request.actor, at=request.at)
    page.object_list = [
        replace(row, led=tuple(led[quote] for quote in row.quotes if quote in led)) for row in page
    ]
    return {
        "wanted": wanted,
        "page": page,
        "statuses": [("", _("Tất cả")), *Status.choices],
        "kinds": [("", _("Tất cả")), *Kind.choices],
    }


def _with_pills(counts: list[tuple[Status, int]]) -> list[tuple[str, Status, int]]:
    return [(PILLS[status], status, count) for status, count in counts]
