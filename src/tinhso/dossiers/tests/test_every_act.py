"""What holds for every act: who may not, the page that was too old, history that is only to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_role, make_user
from tinhso.dossiers.errors import DossierNotFound, HistoryIsReadOnly
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.factories import AT, VISITOR
from tinhso.dossiers.tests.stages import ACTS, make_imported, refused
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def reader(desk: Desk) -> OfficerActor:
    user = make_user("Vân")
    make_grant(
        user, make_role(["dossiers:dossier:read"], code="reader", name="Chỉ xem"), desk.commune
    )
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


every_act = pytest.mark.parametrize("name", ACTS)


@every_act
def test_it_is_done_once_with_one_event_and_a_new_version(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    events = Event.objects.count()
    done = act.run(expected_version=act.dossier.version)
    assert Event.objects.count() == events + 1
    assert done.version == act.dossier.version + 1
    stored = Dossier.objects.get(pk=done.pk)
    for column in Dossier._meta.concrete_fields:
        assert getattr(done, column.attname) == getattr(stored, column.attname)


@every_act
@pytest.mark.slow
def test_an_officer_of_another_agency_does_not_even_see_it(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(DossierNotFound):
        act.run(desk.land_officer)


@every_act
@pytest.mark.slow
def test_a_visitor_sees_nothing(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(DossierNotFound):
        act.run(VISITOR)


@every_act
@pytest.mark.slow
def test_another_applicant_sees_nothing(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(DossierNotFound):
        act.run(AnonymousVisitor(party=(act.dossier.applicant_id or 0) + 1))


@pytest.mark.parametrize(
    "name", sorted(ACTS.keys() - {"supplement", "correct", "withdraw", "complain", "rate"})
)
@pytest.mark.slow
def test_the_applicant_sees_it_and_may_not(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(PermissionMissing):
        act.run(AnonymousVisitor(party=act.dossier.applicant_id))


@every_act
@pytest.mark.slow
def test_an_officer_who_only_reads_may_not(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(PermissionMissing):
        act.run(reader(desk))


@every_act
@pytest.mark.slow
def test_a_page_that_is_too_old_is_told_so(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(StaleVersion):
        act.run(expected_version=act.dossier.version - 1)


@every_act
@pytest.mark.slow
def test_imported_history_refuses_it(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    history = make_imported(desk)
    with refused(HistoryIsReadOnly):
        act.run(reader(desk), dossier=history)


def test_whoever_may_see_a_dossier_sees_it_and_nobody_else(desk: Desk) -> None:
    dossier = ACTS["give_opinion"](desk).dossier

    def sees(actor: object) -> bool:
        return Dossier.objects.visible_to(actor, at=AT).filter(pk=dossier.pk).exists()  # type: ignore[arg-type]

    assert sees(desk.clerk)
    assert sees(desk.outsider), "asked for its opinion"
    assert sees(AnonymousVisitor(party=dossier.applicant_id))
    assert not sees(desk.land_officer)
    assert not sees(VISITOR)
