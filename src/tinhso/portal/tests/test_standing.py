"""What the applicant reads of the steps is true: a step that nobody did is not said to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers import definitions, services
from tinhso.dossiers.models import Dossier, ProcedureVersion
from tinhso.dossiers.printing.papers import FORMS
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.tests.factories import AT, ID, MARRIAGE, step, submitted
from tinhso.dossiers.tests.stages import (
    ACTS,
    DOCUMENT,
    REFUSAL,
    WHY,
    asked,
    decided,
    rejected,
    waiting,
)
from tinhso.portal.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.dossiers.tests.factories import Desk


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "said"), [(0, "Không cần ý kiến nữa"), (30, "Không có ý kiến trong hạn")]
)
def test_an_opinion_that_nobody_gave_is_not_called_done(desk: Desk, days: int, said: str) -> None:
    dossier = decided(desk, asked(desk))
    at = AT + timedelta(days=days)
    dossier = services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=at
    )

    shown = next(each for each in standing_of(dossier, at=at).steps if each.label == "Cho ý kiến")
    assert shown.state == "undone"
    assert said in str(shown.note)
    assert said in [str(line.what) for line in history_of(dossier)]


PROMISED, RUNS, STOPS = "Hẹn trả kết quả", "vẫn tính trong khi chờ", "tạm dừng cho đến khi"


def read(dossier: Dossier) -> str:
    """The applicant's page."""
    client = Client()
    client.post(reverse("portal:look_up"), {"ma": dossier.number or dossier.reference, "so": ID})
    return client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()


@pytest.fixture
def _goes_on(desk: Desk) -> Iterator[None]:
    """The marriage procedure under a rule that no supplement stops the clock; the next test reads the published one."""
    del desk
    version = ProcedureVersion.objects.get(procedure__code=MARRIAGE)
    version.definition["supplement"]["after"] = "continue"
    version.save()
    definitions.of_version.cache_clear()
    yield
    definitions.of_version.cache_clear()


def paper(dossier: Dossier) -> list[str]:
    """The closing lines of printed form 02."""
    row = dossier.supplementrequests.get()
    closing: list[str] = FORMS["phieu-bo-sung"].words(dossier, row)["closing"]
    return closing


def test_while_the_clock_stands_no_day_is_promised(desk: Desk) -> None:
    dossier = waiting(desk)
    page = read(dossier)
    assert PROMISED not in page
    assert STOPS in page
    assert "không tính vào thời hạn" in paper(dossier)[1]
    later = standing_of(dossier, at=AT + timedelta(days=30))
    assert "late" not in [each.state for each in later.steps], (
        "time that stands still is nobody's delay"
    )


@pytest.mark.usefixtures("_goes_on")
def test_where_it_goes_on_the_page_and_the_paper_say_so(desk: Desk) -> None:
    dossier = waiting(desk)
    page = read(dossier)
    assert PROMISED in page
    assert RUNS in page
    assert STOPS not in page
    assert paper(dossier)[1] == "Thời hạn giải quyết vẫn tính trong khi chờ bổ sung."


@pytest.mark.slow
def test_who_was_refused_reads_so_and_why_and_of_no_certificate(desk: Desk) -> None:
    dossier = rejected(desk)
    assert WHY not in read(dossier), "it is told with the document, not before"
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), REFUSAL, actor=desk.specialist, at=AT
    )
    dossier = Dossier.objects.get(pk=dossier.pk)
    for_now = read(dossier)
    assert "Hồ sơ không được giải quyết (bị từ chối)" in for_now
    assert WHY in for_now
    assert "Đã có kết quả, mời bạn nhận" not in for_now
    services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )
    dossier = Dossier.objects.get(pk=dossier.pk)
    page = read(dossier)
    assert "Hồ sơ không được giải quyết (bị từ chối)" in page
    assert WHY in page
    assert "notice--success" not in page


def test_before_receipt_no_clock_is_said_to_stop(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    page = read(dossier)
    assert STOPS not in page
    assert "tính từ khi hồ sơ được tiếp nhận" in page
    assert "tính từ khi hồ sơ được tiếp nhận" in paper(dossier)[1]


def test_while_it_is_suspended_the_old_day_is_not_promised(desk: Desk) -> None:
    act = ACTS["suspend"](desk)
    act.run()
    assert PROMISED not in read(Dossier.objects.get(pk=act.dossier.pk))


def test_what_was_withdrawn_before_receipt_awaits_no_day(desk: Desk) -> None:
    act = ACTS["withdraw"](desk)
    act.run()
    page = read(Dossier.objects.get(pk=act.dossier.pk))
    assert PROMISED not in page
    assert "Ngày hẹn trả có khi" not in page
