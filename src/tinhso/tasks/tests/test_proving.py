"""What the system holds proposes that a task is done, and a person reports it; nothing completes itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.events.models import Event
from tinhso.indicators.tests.cases import case, lay, publish
from tinhso.indicators.tests.conftest import cases  # noqa: F401  (a fixture)
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks import services
from tinhso.tasks.errors import TargetNotReached, TieInvalid
from tinhso.tasks.models import EvidenceKind, State, Task, Tie
from tinhso.tasks.queries.ties import ties_of
from tinhso.tasks.reminders.notices import at_lead
from tinhso.tasks.services.proving import find_reached
from tinhso.tasks.tests.factories import AT, accepted

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

pytestmark = pytest.mark.usefixtures("cases")
PROVER = SystemActor("proofs")
FACTS = {
    "indicator": "online",
    "scope": "lead",
    "first": "2025-08-01",
    "last": "2025-08-31",
    "value": "70",
}
AFTER = AT + timedelta(days=40)


def tied(offices: Offices, *, wanted: str = "70") -> Task:
    """A task to have 70 % of ten cases on line; seven were."""
    here = offices.science.pk
    lay(*(case(n, date(2025, 8, 6), is_online=n < 7, agency=here) for n in range(10)))
    publish("online", ratio={"is": "is_online"}, direction="higher")
    task = accepted(offices)
    facts = {**FACTS, "value": wanted}
    services.tie(task.uuid, kind="figure", facts=facts, actor=offices.follower, at=AT)
    return task


@pytest.mark.slow
def test_what_is_reached_is_told_once_and_reported_by_a_person(offices: Offices) -> None:
    task = tied(offices)
    assert find_reached(actor=PROVER, at=AT) == 0, "a share may fall until its days are over"
    assert [find_reached(actor=PROVER, at=AFTER) for _ in range(2)] == [1, 0]
    task.refresh_from_db()
    assert task.state == State.ACCEPTED, "nothing completes itself"
    event = Event.objects.get(kind="tasks.evidence_reached")
    assert [str(offices.head.uuid) in one.key for one in at_lead(event)] == [True]
    services.propose_by_ties(task.uuid, actor=offices.specialist, at=AFTER)
    task.refresh_from_db()
    assert task.state == State.PROPOSED
    shown = task.evidence.get()
    assert (shown.kind, shown.value) == (EvidenceKind.FIGURE, "70% (7 / 10)")
    services.reopen(task.uuid, reason="Kiểm tra lại", actor=offices.chair, at=AFTER)
    assert find_reached(actor=PROVER, at=AFTER) == 1


def test_a_target_that_is_not_reached_proposes_nothing(offices: Offices) -> None:
    task = tied(offices, wanted="71")
    assert find_reached(actor=PROVER, at=AFTER) == 0
    with pytest.raises(TargetNotReached):
        services.propose_by_ties(task.uuid, actor=offices.specialist, at=AFTER)
    assert not task.evidence.exists()
    assert not Event.objects.filter(kind="tasks.evidence_reached").exists()
    lay()
    [one] = ties_of(task, AFTER)
    assert one.standing is None, "no denominator is no figure, never zero"
    assert find_reached(actor=PROVER, at=AFTER) == 0


def test_who_gave_the_task_ties_it_to_what_is_counted(offices: Offices) -> None:
    task = tied(offices)
    for facts in ({"indicator": "none"}, {"last": "2025-07-01"}, {"value": "NaN"}, {"scope": "x"}):
        with pytest.raises(TieInvalid):
            services.tie(task.uuid, kind="figure", facts=FACTS | facts, actor=offices.chair, at=AT)
    with pytest.raises(PermissionMissing):
        services.tie(task.uuid, kind="figure", facts=FACTS, actor=offices.specialist, at=AT)
    assert Tie.objects.count() == 1
    services.untie(task.uuid, tie=Tie.objects.get().uuid, actor=offices.follower, at=AT)
    assert not Tie.objects.exists()
    assert "ít nhất" in task.acts.get(kind="tied").words


@pytest.mark.slow
def test_the_page_shows_the_figure_and_one_button_where_it_is_reached(offices: Offices) -> None:
    task = tied(offices)
    today = day_of(clock.now())
    assert today > date(2025, 8, 31)
    pages = {}
    for who in ("specialist", "chair"):
        client = Client()
        client.force_login(User.objects.get(pk=getattr(offices, who).user))
        pages[who] = client.get(reverse("tasks:task", args=[task.uuid])).content.decode()
    button = reverse("tasks:act", args=[task.uuid, "bao-theo-so-lieu"])
    assert "70% (7 / 10)" in pages["specialist"]
    assert [button in pages[who] for who in ("specialist", "chair")] == [True, False]
    client = Client()
    client.force_login(User.objects.get(pk=offices.specialist.user))
    assert client.post(button).status_code == 302
    task.refresh_from_db()
    assert task.state == State.PROPOSED
