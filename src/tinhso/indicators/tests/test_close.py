"""A closed period never changes: what is found different later stands beside it with its cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tinhso.agencies.tests.factories import make_agency
from tinhso.indicators.errors import IntervalClosed, IntervalNotOver
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.restating import Cause, restatements
from tinhso.indicators.services import close_period
from tinhso.indicators.tests.cases import AT, CASES, case, lay, publish
from tinhso.indicators.tests.test_observe import EVERYBODY, SEPTEMBER, Reader
from tinhso.kernel.permissions import PermissionMissing
from tinhso.warehouse import compacting

pytestmark = pytest.mark.usefixtures("cases")


def _case(number: int, agency: int, **known: Any) -> tuple[Any, ...]:
    return case(number, date(2026, 9, 2), agency=agency, **known)


def _closed(agency: int) -> PeriodClosing:
    lay(_case(1, agency, is_online=True), _case(2, agency, is_online=False))
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    return close_period(*SEPTEMBER, title="Tháng 9/2026", actor=EVERYBODY, at=AT)


def test_what_stays_as_it_was_is_no_restatement() -> None:
    closing = _closed(make_agency().pk)
    assert ClosedFigure.objects.filter(closing=closing).count() == 2
    assert restatements(closing, actor=EVERYBODY, at=AT) == []


def test_late_and_corrected_records_are_told_apart() -> None:
    agency = make_agency().pk
    closing = _closed(agency)
    lay(
        _case(1, agency, is_online=True),
        _case(2, agency, is_online=True),
        _case(3, agency, is_online=False),
    )
    for _ in range(3):
        compacting.compact(CASES, at=AT)
    whole = restatements(closing, actor=EVERYBODY, at=AT)[-1]
    assert whole.now is not None
    assert (whole.closed.value, whole.now.value) == (Decimal(50), Decimal("66.67"))
    assert whole.causes == (Cause.LATE, Cause.CORRECTED)
    assert (whole.late, whole.corrected) == (1, 1)


def test_a_definition_changed_after_closing_alters_nothing_silently() -> None:
    closing = _closed(make_agency().pk)
    publish("online", version="2", ratio={"of": "is_online", "is": "is_online"}, by=["agency"])
    found = restatements(closing, actor=EVERYBODY, at=AT)
    assert {each.causes for each in found} == {(Cause.DEFINITION,)}
    kept = ClosedFigure.objects.get(closing=closing, agency=None)
    assert (kept.value, kept.version) == (Decimal(50), "1")


def test_an_interval_is_closed_once_and_not_before_its_end() -> None:
    _closed(make_agency().pk)
    with pytest.raises(IntervalClosed):
        close_period(*SEPTEMBER, title="Lần nữa", actor=EVERYBODY, at=AT)
    with pytest.raises(IntervalNotOver):
        close_period(date(2026, 10, 1), date(2026, 10, 31), title="", actor=EVERYBODY, at=AT)
    with pytest.raises(PermissionMissing):
        close_period(*SEPTEMBER, title="", actor=Reader(frozenset({1})), at=AT)
    assert PeriodClosing.objects.count() == 1


def test_a_reader_sees_restatements_of_his_agencies_alone() -> None:
    agency, other = make_agency().pk, make_agency("Sở Khác").pk
    closing = _closed(agency)
    lay(_case(1, agency, is_online=True), _case(4, other, is_online=True))
    found = restatements(closing, actor=Reader(frozenset({agency})), at=AT)
    assert {each.closed.agency_id for each in found} == {agency}
