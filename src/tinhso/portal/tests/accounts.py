"""Citizens with an account, signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.accounts.actors import CitizenActor, actor_for
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from django.test import Client


def signed_in(
    client: Client, name: str = "Lan", *, personal_id: str = "000190000001"
) -> CitizenActor:
    """A citizen of that name, whose session the client holds."""
    party = make_party(name, personal_id=personal_id, phone="0000000001")
    user = make_user(name, kind=User.Kind.CITIZEN, party_key=party.pk, party_uuid=party.uuid)
    client.force_login(user)
    actor = actor_for(user)
    assert isinstance(actor, CitizenActor)
    return actor
