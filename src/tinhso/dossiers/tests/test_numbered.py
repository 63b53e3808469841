"""The log is searched by the number of a dossier, or by its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.tests.factories import received
from tinhso.events.naming import people_named, subject_of

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_a_number_and_a_reference_lead_to_the_dossier(desk: Desk) -> None:
    dossier = received(desk)
    assert dossier.number is not None
    assert subject_of(f" {dossier.number.lower()} ") == dossier.uuid
    assert subject_of(dossier.shown_reference) == dossier.uuid
    assert subject_of(str(dossier.uuid)) == dossier.uuid
    assert subject_of("H00.00-000000-0000") is None


def test_a_name_leads_to_the_officers_called_so(desk: Desk) -> None:
    assert desk.clerk.key in people_named("minh")
    assert desk.clerk.key not in people_named("hung")
