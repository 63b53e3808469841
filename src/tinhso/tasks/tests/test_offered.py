"""Late and open tasks are offered to the periodic report of their lead, and to nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.indicators.reports.providers import Asked
from tinhso.tasks import offered
from tinhso.tasks.tests.factories import AT, accepted

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices


def test_a_task_is_open_until_its_day_and_late_after_it(offices: Offices) -> None:
    task = accepted(offices)
    days = {"first": date(2025, 7, 15), "last": date(2025, 8, 14)}
    mine, theirs = frozenset({offices.science.pk}), frozenset({offices.health.pk})
    now, later = AT, AT + timedelta(days=90)
    assert not offered.late(Asked(mine, at=now, **days))
    (still,) = offered.still_open(Asked(mine, at=now, **days))
    assert "hạn ngày 30/09/2025" in still.words
    (late,) = offered.late(Asked(mine, at=later, **days))
    assert late.source == still.source == f"task:{task.uuid}"
    assert "quá hạn từ ngày 30/09/2025" in late.words
    assert not offered.still_open(Asked(mine, at=later, **days))
    assert not offered.late(Asked(theirs, at=later, **days))


def test_what_is_not_named_is_counted(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(offices)
    days = {"first": date(2025, 7, 15), "last": date(2025, 8, 14)}
    monkeypatch.setattr(offered, "MOST", 0)
    asked = Asked(frozenset({offices.science.pk}), at=AT + timedelta(days=90), **days)
    (rest,) = offered.late(asked)
    assert rest.words == "Ngoài ra còn 1 nhiệm vụ quá hạn khác, tổng số 1."
    assert rest.link == "/nhiem-vu/theo-doi/"
