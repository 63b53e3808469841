"""A colleague's open work is handed over at once (bàn giao việc)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.errors import NoWorkToHandOver, OfficerNotThere
from tinhso.dossiers.models import Assignment, Dossier, WorkItem
from tinhso.dossiers.services import worklist
from tinhso.dossiers.tests.factories import AT, officer, received, step
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import refused
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk


def account(actor: OfficerActor) -> User:
    found: User = User.objects.get(pk=actor.user)
    return found


@pytest.fixture
def held(desk: Desk) -> list[Dossier]:
    """Two dossiers that the specialist works on, and one that nobody holds."""
    taken = []
    for _number in range(2):
        dossier = received(desk)
        taken.append(
            services.take(dossier.uuid, step(dossier, "tham_dinh"), actor=desk.specialist, at=AT)
        )
    received(desk)
    return taken


def test_all_of_it_goes_with_one_event_for_each_dossier(desk: Desk, held: list[Dossier]) -> None:
    colleague = officer("Kim", "specialist", desk.commune)
    moved = services.hand_work_over(
        desk.commune.pk,
        source=account(desk.specialist),
        target=account(colleague),
        actor=desk.head,
        at=AT,
    )
    assert moved == 2
    assert WorkItem.objects.filter(person=colleague.user).count() == 2
    assert WorkItem.objects.filter(person=None).count() == 1
    assert Event.objects.filter(kind="dossiers.work_handed_over").count() == 2
    assert Assignment.objects.filter(person=colleague.user).count() == 2
    assert not worklist.check()
    for dossier in held:
        assert Dossier.objects.get(pk=dossier.pk).version == dossier.version + 1


@pytest.mark.usefixtures("held")
def test_it_may_go_back_to_the_whole_unit(desk: Desk) -> None:
    services.hand_work_over(
        desk.commune.pk, source=account(desk.specialist), target=None, actor=desk.leader, at=AT
    )
    assert not WorkItem.objects.exclude(person=None).exists()


@pytest.mark.usefixtures("held")
def test_it_refuses_who_may_not_and_who_is_not_there(desk: Desk) -> None:
    source, away = account(desk.specialist), account(desk.outsider)
    here = desk.commune.pk
    with refused(PermissionMissing):
        services.hand_work_over(here, source=source, target=None, actor=desk.specialist, at=AT)
    with refused(OfficerNotThere):
        services.hand_work_over(here, source=source, target=away, actor=desk.head, at=AT)
    with refused(NoWorkToHandOver):
        services.hand_work_over(here, source=source, target=source, actor=desk.head, at=AT)
    with refused(NoWorkToHandOver):
        services.hand_work_over(
            here, source=account(desk.clerk), target=None, actor=desk.head, at=AT
        )


@pytest.mark.usefixtures("held")
def test_the_page_counts_before_it_acts(desk: Desk) -> None:
    page = reverse("dossiers:handing", args=[account(desk.specialist).uuid])
    client = signed_in(desk, "head")
    assert "2" in client.get(page).content.decode()
    assert client.post(page, {"co-quan": desk.commune.pk, "cho": ""}).status_code == 422
    assert WorkItem.objects.filter(person=desk.specialist.user).count() == 2
    answer = client.post(page, {"co-quan": desk.commune.pk, "cho": "nobody"})
    assert answer.status_code == 302
    assert not WorkItem.objects.filter(person=desk.specialist.user).exists()
    assert signed_in(desk, "specialist").get(page).status_code == 403


@pytest.mark.usefixtures("held")
def test_whoever_holds_nothing_there_is_not_found(desk: Desk) -> None:
    client = signed_in(desk, "head")
    strangers = [account(desk.clerk).uuid, account(desk.outsider).uuid, uuid4()]
    statuses = {
        client.get(reverse("dossiers:handing", args=[key])).status_code for key in strangers
    }
    assert statuses == {404}


@pytest.mark.usefixtures("held")
def test_it_goes_to_nobody_whom_the_page_does_not_offer(desk: Desk) -> None:
    page = reverse("dossiers:handing", args=[account(desk.specialist).uuid])
    away = account(desk.outsider)
    answer = signed_in(desk, "head").post(page, {"co-quan": desk.commune.pk, "cho": away.uuid})
    assert answer.status_code == 422
    assert away.name not in answer.content.decode()
    assert WorkItem.objects.filter(person=desk.specialist.user).count() == 2
