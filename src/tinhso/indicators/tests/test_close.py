"""A closed period never changes: what is found different later stands beside it with its cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import uuid4

import pytest

from tinhso.agencies.models import Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.services import record
from tinhso.indicators.errors import FiguresBehind, IntervalClosed, IntervalNotOver
from tinhso.indicators.events import PERIOD_CLOSED
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.restating import Restatement, compared, lakes_of, restatements
from tinhso.indicators.services import close_period
from tinhso.indicators.tests.cases import AT, CASES, LAID, case, lay, publish
from tinhso.indicators.tests.test_observe import EVERYBODY, SEPTEMBER, Reader
from tinhso.indicators.tracing import Cause, trace, traces
from tinhso.kernel.permissions import PermissionMissing
from tinhso.warehouse import compacting, files
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, registry
from tinhso.warehouse.models import FactFile, Snapshot
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.usefixtures("cases")
TOLD = {"first": SEPTEMBER[0], "last": SEPTEMBER[1], "figures": 0}


def _case(number: int, agency: int, **known: Any) -> tuple[Any, ...]:
    return case(number, date(2026, 9, 2), agency=agency, **known)


def _closed(agency: int) -> PeriodClosing:
    lay(_case(1, agency, is_online=True), _case(2, agency, is_online=False))
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    return close_period(*SEPTEMBER, title="Tháng 9/2026", actor=EVERYBODY, at=AT)


def _of(closing: PeriodClosing, agency: int | None) -> Restatement:
    found = restatements(closing, actor=EVERYBODY, at=AT)
    return next(each for each in found if each.closed.agency_id == agency)


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
    whole = _of(closing, None)
    assert whole.now is not None
    assert (whole.closed.value, whole.now.value) == (Decimal(50), Decimal("66.67"))
    assert whole.counts == {Cause.LATE: 1, Cause.CORRECTED: 1}


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


def test_a_record_that_moved_or_went_is_told_as_such() -> None:
    first, second = make_agency(), make_agency("Sở Khác")
    closing = _closed(first.pk)
    lay(_case(1, second.pk, is_online=True))
    assert _of(closing, first.pk).counts == {Cause.MOVED: 1, Cause.REMOVED: 1}
    assert _of(closing, None).counts == {Cause.REMOVED: 1}, "for the province nothing moved"
    came = _of(closing, second.pk)
    assert came.is_new
    assert came.counts == {Cause.MOVED: 1}


def test_a_record_that_a_reform_took_along_is_told_as_such() -> None:
    old, new = make_agency(), make_agency("Sở Mới")
    closing = _closed(old.pk)
    Succession.objects.create(
        predecessor=old, successor=new, on=date(2026, 9, 1), kind="merge", legal_basis="Thử"
    )
    lay(_case(1, new.pk, is_online=True), _case(2, new.pk, is_online=False))
    assert _of(closing, new.pk).counts == {Cause.REFORM: 2}
    assert [each.closed.agency_id for each in restatements(closing, actor=EVERYBODY, at=AT)] == [
        old.pk,
        new.pk,
    ]


def test_a_definition_and_a_late_record_are_both_told() -> None:
    agency = make_agency().pk
    closing = _closed(agency)
    lay(*(_case(number, agency, is_online=number == 1) for number in (1, 2, 3)))
    publish("online", version="2", ratio={"is": "is_online = false"}, by=["agency"])
    assert _of(closing, None).counts == {Cause.DEFINITION: 0, Cause.LATE: 1}


def test_what_is_not_read_yet_is_not_closed_but_a_minute_is_no_hindrance() -> None:
    agency = make_agency().pk
    lay(_case(1, agency, is_online=True))
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    record(PERIOD_CLOSED, subject=uuid4(), actor=EVERYBODY, at=AT, payload=TOLD)
    with pytest.raises(FiguresBehind):
        close_period(*SEPTEMBER, title="", actor=EVERYBODY, at=AT + timedelta(minutes=2))
    assert not PeriodClosing.objects.exists()
    assert not any(fact.kept for fact in Snapshot.objects.all())
    close_period(*SEPTEMBER, title="", actor=EVERYBODY, at=AT + timedelta(seconds=30))


def test_a_column_that_came_since_hides_no_cause(cases: FactTable) -> None:
    agency = make_agency().pk
    closing = _closed(agency)
    wider = replace(
        cases,
        columns=(*cases.columns, Column("since", ColumnType.STRING, "Mới")),
        rows=lambda subjects: ((*row, None) for row in cases.rows(subjects)),
    )
    registry._entries[cases.code] = wider
    LAID[:] = [_case(number, agency, is_online=number == 1) for number in (1, 2, 3)]
    rebuild(wider, at=AT)
    assert _of(closing, None).counts == {Cause.LATE: 1}
    registry._entries[cases.code] = replace(wider, version=2)
    rebuild(replace(wider, version=2), at=AT)
    told = {Cause.LATE: 1, Cause.RESHAPED: 0}
    assert _of(closing, None).counts == told, "its columns may mean something else now"


def test_a_closed_file_deleted_by_hand_leaves_the_figures_and_says_so() -> None:
    agency = make_agency().pk
    closing = _closed(agency)
    lay(_case(1, agency, is_online=True))
    for kept in FactFile.objects.of(Snapshot.objects.get(table=CASES.code, kept=True)):
        files.path_of(kept).unlink()
    whole = _of(closing, None)
    assert whole.closed.value == Decimal(50)
    assert whole.now is not None
    assert whole.now.value == Decimal(100)
    assert whole.causes == (Cause.UNTRACED,)


def test_a_clock_set_back_closes_nothing_and_changes_no_closed_figure() -> None:
    closing = _closed(make_agency().pk)
    kept = list(ClosedFigure.objects.values())
    before = AT.replace(month=9, day=15)
    with pytest.raises(IntervalNotOver):
        close_period(date(2026, 9, 1), date(2026, 9, 15), title="", actor=EVERYBODY, at=before)
    whole = next(iter(compared(closing, actor=EVERYBODY, at=before)))
    assert whole.now is not None
    assert not whole.now.completeness.is_complete, "to the clock the interval is not over"
    assert list(ClosedFigure.objects.values()) == kept
    assert restatements(closing, actor=EVERYBODY, at=AT) == []


@pytest.mark.slow
def test_definitions_traced_together_say_what_each_says_alone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency, other = make_agency().pk, make_agency("Sở Khác").pk
    begin, end = SEPTEMBER
    late = publish("late", day="finished_on", ratio={"is": "not(is_on_time)"}, by=["agency"])
    fees = publish(
        "fees", unit="đồng", where="amount > 10", measure={"kind": "sum", "column": "amount"}
    )
    stock = publish(
        "stock", unit="vụ", day="standing", where="received_on <= last_day",
        measure={"kind": "count"},
    )  # fmt: skip
    lay(
        case(1, begin, agency=agency, amount=20),
        case(2, begin, agency=agency, amount=5, finished_on=end, is_on_time=True),
        case(3, begin - timedelta(days=9), agency=agency, amount=99),
    )
    closing = close_period(begin, end, title="Tháng 9/2026", actor=EVERYBODY, at=AT)
    lay(
        case(1, begin, agency=agency, amount=30),
        case(2, begin, agency=agency, amount=5, finished_on=end, is_on_time=False),
        case(3, begin - timedelta(days=9), agency=other, amount=99),
        case(4, begin, agency=agency, amount=11),
    )
    lakes, former = lakes_of(closing), [late, fees, stock]
    alone = {each.code: trace(each, closing, lakes, at=AT) for each in former}
    with django_assert_num_queries(2 + 1):  # the kept snapshot and today's; who follows whom
        assert traces(former, closing, lakes_of(closing), at=AT) == alone
    told = {code: found.of(None) for code, found in alone.items()}
    assert {
        code: {cause: len(rows) for cause, rows in each.items()} for code, each in told.items()
    } == {
        "late": {Cause.CORRECTED: 1},
        "fees": {Cause.LATE: 1, Cause.CORRECTED: 1},
        "stock": {Cause.LATE: 1},
    }
    assert set(alone["stock"].of(other)) == {Cause.MOVED}
    assert alone["fees"].of(other) == {}


def test_closed_facts_without_a_column_that_is_asked_leave_the_figures_and_say_so(
    cases: FactTable,
) -> None:
    agency = make_agency().pk
    closing = _closed(agency)
    lay(_case(1, agency, is_online=True))
    Snapshot.objects.filter(table=cases.code, kept=True).update(shape="former")
    assert _of(closing, None).causes == (Cause.REMOVED, Cause.RESHAPED)
    with patch.object(files, "columns_in", lambda _file: {}):
        assert _of(closing, None).causes == (Cause.RESHAPED,)
    assert len(compared(closing, actor=EVERYBODY, at=AT)) == 2
