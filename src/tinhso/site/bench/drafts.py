"""Drafts of a long form, and the requests that show them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tinhso.accounts.actors import VISITOR
from tinhso.agencies.models import AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import now
from tinhso.dossiers import definitions
from tinhso.dossiers.models import Channel, ChannelRule, Draft
from tinhso.dossiers.pages.drafts import hold
from tinhso.dossiers.services import drafting
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services as packs
from tinhso.packs.loading import load
from tinhso.portal.filling import slug_of
from tinhso.site.bench import long_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from django.http import HttpResponse

ACTOR = SystemActor("bench")
FINE, JUDGED = 200, 422


def pages(folder: Path, fields: int) -> Mapping[str, Callable[[], HttpResponse]]:
    """Each page that is measured, as a request that can be sent again and again."""
    at = now()
    establish(
        key=settings.PROVINCE_KEY,
        kind=AgencyKind.PROVINCE,
        facts={"name": "Tỉnh Thử nghiệm", "level": Level.PROVINCE, "agency_code": "H99"},
        since=None,
        actor=ACTOR,
        at=at,
    )
    ChannelRule.objects.create(
        channel=Channel.PORTAL.value, period=(date(2020, 1, 1), None), legal_basis="bench"
    )
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    book = load(long_form.write(settings.PROJECT, folder / "packs", fields))
    if book.problems:
        raise RuntimeError(str(book.problems[0]))
    packs.apply(book, actor=ACTOR, at=at)
    whole, parted = (
        drafting.start(code, channel=Channel.PORTAL, actor=VISITOR, at=at)
        for code in (long_form.WHOLE, long_form.IN_STEPS)
    )
    session = client.session
    for draft in (whole, parted):
        hold(session, draft)
    session.save()
    address = _steps(whole)[0]
    found = {
        "one_page": lambda: _answered(client.get(address), FINE),
        "one_page_judged": lambda: _answered(client.post(address, {}), JUDGED),
        "check": lambda: _answered(client.get(reverse("portal:check", args=[whole.uuid])), FINE),
    }
    longest = max(_steps(parted), key=lambda each: len(client.get(each).content))
    return {**found, "longest_of_steps": lambda: _answered(client.get(longest), FINE)}


def _steps(draft: Draft) -> list[str]:
    """The addresses of the steps that the form itself has."""
    form = definitions.of_version(draft.procedure_id).form
    own = (step for step in form.steps if step.name.startswith("phan_"))
    return [reverse("portal:step", args=[draft.uuid, slug_of(step)]) for step in own]


def _answered(answer: Any, status: int) -> HttpResponse:
    if answer.status_code != status:
        raise RuntimeError(f"{answer.status_code} instead of {status}")
    page: HttpResponse = answer
    return page
