"""The cast is who it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cast import AT
from tinhso.kernel.actors import Actor
from tinhso.parties.permissions import PartyPermission

if TYPE_CHECKING:
    from tests.cast import Cast


def test_everybody_is_an_actor(cast: Cast) -> None:
    people = [
        cast.lan,
        cast.hung,
        cast.minh,
        cast.hoa,
        cast.nam,
        cast.tu,
        cast.van,
        cast.an,
        cast.cuc,
    ]
    assert all(isinstance(each, Actor) for each in people)
    assert len({each.key for each in people}) == len(people)


def test_officers_hold_the_rights_of_their_roles_where_they_work(cast: Cast) -> None:
    register = PartyPermission.REGISTER
    assert cast.minh.holds(register, agency=cast.commune.pk, at=AT)
    assert not cast.minh.holds(register, agency=cast.elsewhere.pk, at=AT)
    assert cast.nam.holds(register, agency=cast.elsewhere.pk, at=AT)
    assert not cast.nam.holds(register, agency=cast.commune.pk, at=AT)
    assert not cast.hoa.holds(register, at=AT)
    assert cast.tu.scope(PartyPermission.READ, at=AT).everywhere
    assert not cast.lan.holds(register, at=AT)
