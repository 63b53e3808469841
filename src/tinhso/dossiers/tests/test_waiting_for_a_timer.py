"""What only a timer moves on (chờ đến hạn) has no step, and still somebody answers for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.models import WAIT, Alarm, Dossier, ProcedureVersion, Step, WorkItem
from tinhso.dossiers.queries.chosen import QueueFilter
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.queries.worklist import see
from tinhso.dossiers.services import timing, worklist
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, received, revise, step
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.playing import tables

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.queries.worklist import Totals
    from tinhso.dossiers.tests.factories import Desk

LATER = AT + timedelta(days=7)
ON_THE_WAY = (
    '<intermediateCatchEvent id="niem_yet" name="Chờ niêm yết" tinhso:en="Wait while it is posted">'
    "<timerEventDefinition><timeDuration>P10D</timeDuration></timerEventDefinition>"
    "</intermediateCatchEvent>"
)


@pytest.fixture
def waits(desk: Desk) -> Dossier:
    """A dossier of the specialist that is posted for ten days, longer than its appointed time."""
    revise(MARRIAGE)
    version = ProcedureVersion.objects.filter(procedure__code=MARRIAGE).latest("version")
    version.workflow = (
        version.workflow.replace('targetRef="ky_duyet"', 'targetRef="niem_yet"')
        .replace("  </process>", f"{ON_THE_WAY}</process>")
        .replace(
            "</process>",
            '<sequenceFlow id="f9" sourceRef="niem_yet" targetRef="ky_duyet"/></process>',
        )
    )
    version.save()
    dossier = received(desk)
    key = step(dossier, "tham_dinh")
    services.take(dossier.uuid, key, actor=desk.specialist, at=AT)
    return services.forward(dossier.uuid, key, actor=desk.specialist, outcome="agree", at=AT)


def mine(actor: OfficerActor) -> Totals:
    return see(actor, QueueFilter(), at=LATER, page=1, rows=9).totals


@pytest.mark.usefixtures("waits")
def test_the_last_officer_has_it_in_the_queue_until_it_goes_on(desk: Desk) -> None:
    assert not Step.objects.filter(closed_at=None).exists()
    item = WorkItem.objects.get()
    assert (item.act, item.person_id) == (WAIT, desk.specialist.user)
    assert item.waits_until == Alarm.objects.get().fires_at
    assert (mine(desk.specialist).whose.mine, mine(desk.specialist).tabs.late) == (1, 1)
    assert mine(desk.leader).whose.mine == 0
    timing.fire_due(actor=SYSTEM, at=item.waits_until, limit=9)
    assert WorkItem.objects.get().act == "decide"
    told = [line.what for line in history_of(Dossier.objects.get())]
    assert "Hết thời gian chờ: Chờ niêm yết" in told
    assert not worklist.check()


def test_pauses_and_hand_overs_show_and_rebuilding_says_the_same(
    desk: Desk, waits: Dossier
) -> None:
    services.suspend(waits.uuid, actor=desk.leader, reason="Chờ bản án", at=AT)
    assert mine(desk.specialist).tabs.paused == 1
    services.resume(waits.uuid, actor=desk.leader, at=AT + timedelta(days=1))
    assert WorkItem.objects.get().waits_until == Alarm.objects.get().fires_at
    source = User.objects.get(pk=desk.specialist.user)
    given = {"source": source, "target": None, "actor": desk.head, "at": AT + timedelta(days=1)}
    assert services.hand_work_over(desk.commune.pk, **given) == 1
    assert mine(desk.leader).whose.mine == 1, "who may say sorry answers for what nobody holds"
    assert mine(desk.specialist).whose.mine == 0
    whole = tables()
    assert not worklist.check()
    WorkItem.objects.all().delete()
    assert len(worklist.rebuild(actor=SYSTEM, at=AT).missing) == 1
    assert tables() == whole


def test_the_page_says_what_it_waits_for_and_till_when(desk: Desk, waits: Dossier) -> None:
    page = signed_in(desk, "specialist").get("/ho-so/?cua=toi").content.decode()
    assert "Chờ niêm yết" in page
    assert "chờ hết ngày 24/09/2026" in page
    assert f"/ho-so/{waits.uuid}/" in page
    assert 'name="chon"' not in page


@pytest.mark.usefixtures("waits")
def test_it_moves_with_the_dossier_and_goes_when_it_ends(desk: Desk) -> None:
    waits = Dossier.objects.get()
    services.withdraw(waits.uuid, actor=desk.clerk, reason="Không cần nữa", at=AT)
    assert not WorkItem.objects.exists()
    assert not worklist.check()
