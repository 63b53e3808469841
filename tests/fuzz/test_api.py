"""The API under fire: whatever a partner sends, it is answered as the description promises, and never by a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
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
from tinhso.site.wsgi import application

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

DESCRIPTION = Path(settings.PROJECT) / "docs" / "reference" / "openapi.json"
RIGHTS = (*EVERY_ACT, "parties:party:register", "counter:appointment:keep")
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
    """The keys of dossiers at which each act is possible, with a step of theirs; and of an appointment."""
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
        yield [*there, {"key": met, "step": met}]
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
