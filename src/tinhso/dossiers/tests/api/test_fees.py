"""What partner systems read of fees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tinhso.dossiers.tests.api.calling import PATH, content, make_caller
from tinhso.dossiers.tests.test_charging import at_counter, pay

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_a_partner_reads_what_is_due_why_and_the_receipt(desk: Desk) -> None:
    dossier = at_counter(desk)
    caller = make_caller(desk.commune)
    owed = content(caller.get(f"{PATH}/{dossier.uuid}/fees"))
    (charge,) = owed["charges"]
    assert (owed["due"], charge["amount"], charge["receipt"]) == (15_000, 15_000, None)
    assert charge["explanation"][0].startswith("Mức thu 15.000 đồng")
    pay(desk, dossier, 15_000)
    paid = content(caller.get(f"{PATH}/{dossier.uuid}/fees"))
    assert paid["due"] == 0
    assert paid["charges"][0]["receipt"]["method"] == "cash"


def test_the_fees_of_a_stranger_s_dossier_are_not_there(desk: Desk) -> None:
    dossier = at_counter(desk)
    caller = make_caller(desk.health)
    assert caller.get(f"{PATH}/{dossier.uuid}/fees").status_code == 404
    assert caller.get(f"{PATH}/{uuid4()}/fees").status_code == 404
