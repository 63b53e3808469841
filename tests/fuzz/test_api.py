"""The API under fire: whatever a partner sends, it is answered as the description promises, and never by a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.fire import fire
from tinhso.calendars import clock
from tinhso.counter.models import Appointment, Errand
from tinhso.dossiers.models import Dossier, Step
from tinhso.dossiers.tests.api.calling import EVERY_ACT, make_caller
from tinhso.dossiers.tests.factories import Desk, make_desk
from tinhso.dossiers.tests.stages import ACTS
from tinhso.indicators.models import Report
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.reports import regimes
from tinhso.indicators.reports import services as reports
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.indicators.reports.tests.offices import INDICATORS, REGIME, publish
from tinhso.indicators.tests.cases import CASES, case, lay
from tinhso.kernel.actors import SystemActor
from tinhso.site.wsgi import application
from tinhso.tasks import services as tasks
from tinhso.tasks.models import Task
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.services.obstacles import Stuck, raise_obstacle
from tinhso.tasks.tests.stuck import publish_kinds
from tinhso.warehouse.declaring import registry

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

DESCRIPTION = Path(settings.PROJECT) / "docs" / "reference" / "openapi.json"
RIGHTS = (
    *EVERY_ACT,
    *("parties:party:register", "counter:appointment:keep"),
    *(IndicatorPermission.READ, *ReportPermission, *TaskPermission),
)
NOTICE = "THÔNG BÁO\nSố: {number}/TB-UBND\nNhiệm vụ:\n1. Sở Xây dựng rà soát hồ sơ, xong trước ngày 31/12/2026.\n"
KEPT_TO = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
api = schemathesis.openapi.from_path(DESCRIPTION)
OPERATIONS = {found.ok().label: found.ok() for found in api.get_all_operations()}


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[dict[str, str]]]:
    """The keys of what each act is possible at: dossiers with a step of theirs, an appointment, reports, indicators."""
    del django_db_setup
    ends = (request_started, request_finished)
    for (
        end
    ) in ends:  # as Django's own test client: the one connection is kept from request to request
        end.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        desk: Desk = make_desk()
        make_caller(desk.province, RIGHTS)
        for name in sorted(ACTS):
            ACTS[name](desk)
        steps = dict(Step.objects.filter(closed_at=None).values_list("dossier", "pk"))
        keys = Dossier.objects.values_list("pk", "uuid")
        there = [{"key": str(key), "step": str(steps.get(pk, key))} for pk, key in keys]
        met = str(_appointment(desk))
        with reporting_of(desk) as more:
            yield [*there, {"key": met, "step": met}, *more, *_given(desk)]
        transaction.set_rollback(True)
    for end in ends:
        end.connect(close_old_connections)


def _appointment(desk: Desk) -> UUID:
    """Somebody comes to the commune tomorrow."""
    made = Appointment.objects.create(
        uuid=uuid4(),
        code="ABCDE12345",
        agency=desk.commune,
        errand=Errand.ASK,
        starts_at=clock.now() + timedelta(days=1),
        minutes=30,
        seat=1,
        name="Lan",
        booked_at=clock.now(),
        actor="system:test",
    )
    return made.uuid


@contextmanager
def reporting_of(desk: Desk) -> Iterator[list[dict[str, str]]]:
    """Reports of the commune in the states where acts begin, and an indicator that is counted."""
    registry.register(CASES.code, CASES)
    folder = TemporaryDirectory(prefix="tinhso-fuzz-")
    with folder as name, override_settings(WAREHOUSE=Path(name) / "facts"):
        lay(case(1, date(2026, 10, 1), agency=desk.commune.pk, is_online=True))
        yield [{"code": "online"}, *_reports(desk)]
    registry._entries.pop(CASES.code)


def _reports(desk: Desk) -> list[dict[str, str]]:
    publish("report_regime", "de-an-06", REGIME)
    for code, content in INDICATORS.items():
        by = ["agency", "month", "commune"]
        publish("indicator", code, {"figures": [], "by": by, **content})
    return [_report(desk, month, until) for month, until in enumerate(("due", "draft", "sent"), 1)]


def _report(desk: Desk, month: int, until: str) -> dict[str, str]:
    """A report of the commune to the department, brought to a state."""
    actor, at = SystemActor("test"), clock.now()
    period = regimes.regime("de-an-06").period(f"2026-{month:02d}")
    made = Report.objects.create(
        regime="de-an-06",
        regime_version="1",
        level="unit",
        period=period.code,
        first=period.first,
        last=period.last,
        agency=desk.commune,
        receiver=desk.construction,
        due_on=period.last,
        at=at,
    )
    if until == "due":
        return {"key": str(made.uuid)}
    reports.open_report(made.uuid, actor=actor, at=at)
    sentence = reports.write(made.uuid, "next", words="Thử", actor=actor, at=at)
    if until == "sent":
        reports.confirm(made.uuid, signing=reports.Signing(), actor=actor, at=at)
        reports.submit(made.uuid, actor=actor, at=at)
    figure = made.figures.order_by("pk")[0].uuid
    keys = {"figure": figure, "sentence": sentence.uuid}
    return {"key": str(made.uuid), "section": "next"} | {k: str(v) for k, v in keys.items()}


def _given(desk: Desk) -> Iterator[dict[str, str]]:
    """Tasks of a department that wait, that were taken, that are said to be done; and what a commune is stuck on."""
    actor, at = SystemActor("test"), clock.now()
    for number, done in enumerate(("", "accept", "propose_completion"), 1):
        notice = tasks.bring_in(
            tasks.Brought(text=NOTICE.format(number=number)),
            agency=desk.province.pk,
            actor=actor,
            at=at,
        )
        tasks.confirm(notice.uuid, expected=0, actor=actor, at=at)
        key = Task.objects.get(notice=notice).uuid
        if done:
            tasks.accept(key, actor=actor, at=at)
        if done == "propose_completion":
            tasks.give_evidence(key, Shown(value="1/BC"), actor=actor, at=at)
            tasks.propose_completion(key, words="", actor=actor, at=at)
        yield {"key": str(key)}
    publish_kinds()
    stuck = Stuck("other", "Máy quét hỏng")
    yield {"key": str(raise_obstacle(stuck, agency=desk.commune.pk, actor=actor, at=at).uuid)}


def cases(operation: Any, mode: GenerationMode, places: list[dict[str, str]]) -> Any:
    """What is sent: to addresses made up, and to dossiers that are there."""
    named = {parameter.name for parameter in operation.path_parameters}
    found = [
        {name: value for name, value in place.items() if name in named}
        for place in places
        if named & place.keys()
    ]
    ways = [operation.as_strategy(generation_mode=mode)]
    ways += [operation.as_strategy(generation_mode=mode, path_parameters=place) for place in found]
    return st.one_of(ways)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_every_answer_is_one_that_was_promised(
    label: str, mode: GenerationMode, places: list[dict[str, str]]
) -> None:
    @fire(5)
    @given(cases(OPERATIONS[label], mode, places))
    def send(case: Any) -> None:
        with transaction.atomic():
            answer = case.call(
                app=application,
                base_url="http://localhost",
                headers={"Authorization": "Bearer ts_cuc", "Accept-Encoding": "identity"},
            )
            transaction.set_rollback(True)
        case.validate_response(answer, checks=KEPT_TO)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert json.loads(answer.content)["code"]

    send()
