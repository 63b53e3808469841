"""After a reform who inherits sees what the predecessor concluded and may reopen it; nobody else learns of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.agencies.models import (
    AgencyKind,
    AgencyPeriod,
    Competence,
    FieldOfWork,
    Level,
    Succession,
)
from tinhso.agencies.tests.factories import make_agency, make_competence
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.queries import book
from tinhso.dossiers.queries.worklist import found_by
from tinhso.dossiers.tests.factories import AT, BUILDING, Desk, officer, received
from tinhso.dossiers.tests.stages import FIVE_DAYS, concluded

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.actors import OfficerActor
    from tinhso.agencies.models import Agency

THEN = AT + timedelta(days=1)
REOPENED: dict[str, Any] = {
    "decision_number": "7/QĐ",
    "decided_on": day_of(THEN),
    "reason": "Khiếu nại đúng",
    "term": FIVE_DAYS,
}


@dataclass(frozen=True)
class Reformed:
    """A dossier that the commune concluded before it ended, and the agencies that follow the commune."""

    desk: Desk
    dossier: Dossier
    heirs: tuple[Agency, ...]

    def leader(self, heir: int = 0) -> OfficerActor:
        return officer("Khánh", "agency-leader", self.heirs[heir])

    def sees(self, actor: OfficerActor, at: datetime = THEN) -> bool:
        return Dossier.objects.visible_to(actor, at=at).filter(pk=self.dossier.pk).exists()


def ended(desk: Desk, old: Agency, *names: str) -> tuple[Agency, ...]:
    """The agency ends the day after, and agencies of these names follow it."""
    AgencyPeriod.objects.filter(agency=old).update(until=day_of(THEN))
    heirs = tuple(
        make_agency(name, kind=AgencyKind.COMMUNE, parent=desk.province) for name in names
    )
    for heir in heirs:
        Succession.objects.create(
            predecessor=old, successor=heir, kind="merge", on=day_of(THEN), legal_basis="Thử"
        )
    return heirs


@pytest.fixture
def reformed(desk: Desk) -> Reformed:
    dossier = concluded(desk)
    return Reformed(desk, dossier, ended(desk, desk.commune, "Xã Mới"))


def test_who_alone_follows_sees_it_finds_it_and_has_it_in_the_book(reformed: Reformed) -> None:
    leader = reformed.leader()
    assert reformed.sees(leader)
    assert not reformed.sees(leader, AT)
    found = Dossier.objects.visible_to(leader, at=THEN).filter(
        found_by(str(reformed.dossier.number))
    )
    assert found.get().pk == reformed.dossier.pk
    clerk = officer("Vy", "one-stop-officer", reformed.heirs[0])
    old = reformed.desk.commune.pk
    assert old in book.desks(clerk, at=THEN)
    assert old not in book.desks(clerk, at=AT)


def test_and_reopens_it(reformed: Reformed) -> None:
    done = services.reopen(
        reformed.dossier.uuid,
        actor=reformed.leader(),
        at=THEN,
        **REOPENED,
    )
    assert done.competent_agency_id == reformed.heirs[0].pk


def test_the_page_offers_it_and_the_book_opens(reformed: Reformed) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=reformed.leader().user))
    page = client.get(reverse("dossiers:dossier", args=[reformed.dossier.uuid]))
    assert reverse("dossiers:act", args=[reformed.dossier.uuid, "mo-lai"]) in page.content.decode()
    clerk = officer("Vy", "one-stop-officer", reformed.heirs[0])
    client.force_login(User.objects.get(pk=clerk.user))
    days = {"tu": "2026-09-01", "den": "2026-09-30", "quay": str(reformed.desk.commune.pk)}
    shown = client.get(reverse("dossiers:book"), days)
    assert str(reformed.dossier.number) in shown.content.decode()
    assert f'<option value="{reformed.desk.commune.pk}" selected>' in shown.content.decode()


def test_a_stranger_learns_nothing(reformed: Reformed) -> None:
    for stranger in (
        reformed.desk.outsider,
        officer("Khoa", "agency-leader", reformed.desk.health),
    ):
        assert not reformed.sees(stranger)
        with pytest.raises(DossierNotFound):
            services.reopen(
                reformed.dossier.uuid,
                actor=stranger,
                at=THEN,
                **REOPENED,
            )


@pytest.mark.slow
def test_of_a_divided_commune_neither_part_sees_it_and_who_has_both_does(desk: Desk) -> None:
    dossier = concluded(desk)
    made = Reformed(desk, dossier, ended(desk, desk.commune, "Xã Một", "Xã Hai"))
    assert not made.sees(made.leader(0))
    assert not made.sees(made.leader(1))
    assert made.sees(officer("Trà", "agency-leader", desk.province, deep=True))


def test_of_a_divided_department_the_holder_of_the_field_sees_it(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    Dossier.objects.filter(pk=dossier.pk).update(state="handed_over")
    made = Reformed(desk, dossier, ended(desk, desk.construction, "Sở Một", "Sở Hai"))
    day = day_of(THEN)
    Competence.objects.filter(place=desk.province).update(until=day)
    for field, heir in (("construction", made.heirs[0]), ("land", made.heirs[1])):
        make_competence(
            heir,
            FieldOfWork.objects.get(code=field),
            place=desk.province,
            level=Level.PROVINCE,
            since=day,
        )
    assert made.sees(made.leader(0))
    assert not made.sees(made.leader(1))
    done = services.reopen(
        dossier.uuid,
        actor=made.leader(0),
        at=THEN,
        **REOPENED,
    )
    assert done.competent_agency_id == made.heirs[0].pk
