"""The page of where a dossier stands: who may see it, what it says, no style and no script in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tinhso.dossiers.tests.factories import received, submitted
from tinhso.dossiers.tests.pages.test_officer_pages import ELSEWHERE, signed_in
from tinhso.dossiers.tests.stages import make_imported, until

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk


def address(dossier: Dossier) -> str:
    return reverse("dossiers:standing", args=[dossier.uuid])


def test_it_lists_what_is_done_what_is_being_done_and_what_is_next(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    shown = signed_in(desk, "specialist").get(address(dossier)).content.decode()
    done, now, following = (
        shown.index(f"standing__step--{state}") for state in ("done", "now", "next")
    )
    assert done < now < following
    assert "<svg" in shown
    assert "style=" not in shown.partition("<svg")[2].partition("</svg>")[0]
    assert "workflow-flow--passed" in shown


def test_the_page_of_the_dossier_leads_to_it(desk: Desk) -> None:
    dossier = received(desk)
    shown = signed_in(desk, "clerk").get(reverse("dossiers:dossier", args=[dossier.uuid]))
    assert address(dossier) in shown.content.decode()


def test_another_agency_finds_nothing(desk: Desk) -> None:
    dossier = received(desk)
    for who in ELSEWHERE:
        assert signed_in(desk, who).get(address(dossier)).status_code == 404


def test_what_was_not_received_or_not_worked_here_stands_nowhere(desk: Desk) -> None:
    for dossier in (submitted(desk), make_imported(desk)):
        assert signed_in(desk, "clerk").get(address(dossier)).status_code == 404
