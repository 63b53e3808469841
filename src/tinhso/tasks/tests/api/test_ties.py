"""By the API a task is tied to what is counted and reported by it; a coordinator is given its part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.calling import caller, content
from tinhso.indicators.tests.cases import case, lay, publish
from tinhso.indicators.tests.conftest import cases  # noqa: F401  (a fixture)
from tinhso.tasks import services
from tinhso.tasks.models import Part, Task, Tie
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.tests.api.test_tasks import GIVEN, LED, at, refused
from tinhso.tasks.tests.factories import accepted
from tinhso.tasks.tests.test_proving import FACTS

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("cases")
def test_it_is_tied_to_a_figure_and_reported_by_it(offices: Offices) -> None:
    giver = caller(offices.province, GIVEN, secret="ts_tinh")
    lead = caller(offices.science, LED, secret="ts_khcn")
    here = offices.science.pk
    lay(*(case(n, date(2025, 8, 6), is_online=n < 7, agency=here) for n in range(10)))
    publish("online", ratio={"is": "is_online"}, direction="higher")
    task = accepted(offices)
    sent = {"kind": "figure", "facts": FACTS}
    refused(lead.post(at(task, "ties"), sent), 403, "permission_missing")
    refused(giver.post(at(task, "ties"), {**sent, "kind": "weather"}), 422, "tasks.tie_invalid")
    assert not Tie.objects.exists()
    (tie,) = content(giver.post(at(task, "ties"), sent))["ties"]
    assert (tie["numerator"], tie["denominator"], tie["is_reached"]) == (7, 10, True)
    refused(giver.post(at(task, "completion-by-ties")), 403, "permission_missing")
    told = content(lead.post(at(task, "completion-by-ties"), {"words": "Đã đạt"}))
    assert told["state"] == "proposed"
    assert [(one["kind"], one["value"]) for one in told["evidence"]] == [("figure", "70% (7 / 10)")]


def test_a_coordinator_is_given_its_part(offices: Offices) -> None:
    accepted(offices)
    task = Task.objects.get(lead=offices.home_affairs)
    services.accept(task.uuid, actor=offices.home_head, at=task.at)
    part = {"agency": str(offices.finance.uuid), "what": "Bố trí kinh phí"}
    splitter = caller(offices.home_affairs, LED | {Right.SPLIT}, secret="ts_noivu")
    refused(
        caller(offices.home_affairs, LED).post(at(task, "part"), part), 403, "permission_missing"
    )
    other = {**part, "agency": str(offices.police.uuid)}
    refused(splitter.post(at(task, "part"), other), 422, "tasks.part_unknown")
    assert not Part.objects.exclude(what="").exists()
    (told,) = content(splitter.post(at(task, "part"), part))["parts"]
    assert (told["agency"]["uuid"], told["what"]) == (part["agency"], "Bố trí kinh phí")
