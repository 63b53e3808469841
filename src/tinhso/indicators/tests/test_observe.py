"""What the records say: numerator, denominator, nothing where there is none; each reader his own agencies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tinhso.indicators import visibility
from tinhso.indicators.errors import DimensionUnknown, IndicatorUnknown, IntervalReversed
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.queries import Cut, month, observe, records
from tinhso.indicators.tests.cases import AT, CASES, case, lay, publish
from tinhso.kernel.actors import NOWHERE, Actor, Scope, SystemActor
from tinhso.kernel.permissions import Permission, PermissionMissing
from tinhso.warehouse import files
from tinhso.warehouse.declaring import registry as declared
from tinhso.warehouse.errors import FactsUnavailable
from tinhso.warehouse.syncing import rebuild

pytestmark = pytest.mark.usefixtures("cases")
EVERYBODY = SystemActor("test")
SEPTEMBER = date(2026, 9, 1), date(2026, 9, 30)


@dataclass(frozen=True)
class Reader:
    """Somebody who reads figures at some agencies."""

    agencies: frozenset[int]
    key: str = "user:reader"
    label: str = "Người đọc"
    party: int | None = None

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del at
        theirs = permission == IndicatorPermission.READ and bool(self.agencies)
        return theirs and (agency is None or agency in self.agencies)

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del at
        theirs = permission == IndicatorPermission.READ
        return Scope(agencies=self.agencies) if theirs else NOWHERE


def _everything(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    del actor, at
    return keys


def _lay_september() -> None:
    lay(
        case(1, date(2026, 9, 1), agency=1, is_online=True, channel="national", minutes=60),
        case(2, date(2026, 9, 30), agency=1, is_online=False, channel="counter", minutes=90),
        case(3, date(2026, 9, 15), agency=2, is_online=True, channel="national", minutes=30),
        case(4, date(2026, 9, 15), agency=2, is_online=None, channel="counter"),
        case(5, date(2026, 8, 31), agency=1, is_online=True, channel="national", minutes=10),
        case(6, date(2026, 10, 1), agency=1, is_online=True, channel="national", minutes=10),
    )


def test_a_ratio_tells_its_numerator_and_its_denominator() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    [whole] = observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["online"]
    assert (whole.numerator, whole.denominator, whole.value) == (2, 4, Decimal("50.00"))
    cells = observe(["online"], Cut(*SEPTEMBER, by="agency"), actor=EVERYBODY, at=AT)["online"]
    assert [(c.group, c.numerator, c.denominator) for c in cells] == [(1, 1, 2), (2, 1, 2)]


def test_without_a_denominator_there_is_no_value() -> None:
    _lay_september()
    publish("paid", ratio={"of": "amount > 0", "is": "is_online"})
    [whole] = observe(["paid"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["paid"]
    assert (whole.value, whole.numerator, whole.denominator) == (None, 0, 0)


def test_null_is_not_counted_and_the_numerator_lies_within_the_denominator() -> None:
    _lay_september()
    publish("counter", ratio={"of": 'channel = "counter"', "is": "not(is_online)"})
    [whole] = observe(["counter"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["counter"]
    assert (whole.numerator, whole.denominator) == (1, 2)


@pytest.mark.parametrize(
    ("measure", "unit", "value"),
    [
        ({"kind": "count"}, "vụ", "4"),
        ({"kind": "sum", "column": "minutes"}, "phút", "180"),
        ({"kind": "mean", "column": "minutes"}, "phút", "60"),
        ({"kind": "median", "column": "minutes"}, "phút", "60"),
        ({"kind": "percentile", "column": "minutes", "percent": 90}, "phút", "84"),
        ({"kind": "distinct", "column": "agency"}, "cơ quan", "2"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_measure_is_taken_of_the_rows_that_count(
    measure: dict[str, object], unit: str, value: str
) -> None:
    _lay_september()
    publish("measured", measure=measure, unit=unit)
    [whole] = observe(["measured"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["measured"]
    assert whole.value == Decimal(value)


def test_months_and_a_stock_as_of_their_last_day() -> None:
    _lay_september()
    publish("received", measure={"kind": "count"}, unit="vụ", by=["month"])
    publish(
        "known",
        day="standing",
        where="received_on <= last_day",
        measure={"kind": "count"},
        unit="vụ",
        by=["month"],
    )
    cut = Cut(date(2026, 8, 1), date(2026, 11, 30), by="month")
    found = observe(["received", "known"], cut, actor=EVERYBODY, at=AT)
    assert [(c.group, c.numerator) for c in found["received"]] == [
        ("2026-08", 1),
        ("2026-09", 4),
        ("2026-10", 1),
        ("2026-11", 0),
    ]
    assert [c.numerator for c in found["known"]] == [1, 5, 6, 6]


def test_a_reader_sees_his_agencies_and_how_many_he_may_not() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    reader = Reader(frozenset({1}))
    [whole] = observe(["online"], Cut(*SEPTEMBER), actor=reader, at=AT)["online"]
    assert (whole.numerator, whole.denominator, whole.hidden) == (1, 2, 2)
    cells = observe(["online"], Cut(*SEPTEMBER, by="agency"), actor=reader, at=AT)["online"]
    assert [cell.group for cell in cells] == [1]
    with pytest.raises(PermissionMissing):
        observe(["online"], Cut(*SEPTEMBER), actor=Reader(frozenset()), at=AT)


@pytest.mark.slow
def test_the_list_is_what_was_counted() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"}, by=["agency", "month"])
    cut = Cut(*SEPTEMBER, by="agency")
    for part, expected in (("denominator", 2), ("numerator", 1), ("missing", 1)):
        found = records("online", cut, 2, part, actor=EVERYBODY, at=AT)  # type: ignore[arg-type]
        assert found.total == len(found.rows) == expected
    [shown] = records("online", cut, 2, "numerator", actor=EVERYBODY, at=AT).rows
    assert shown.link == f"/vu-viec/{shown.key}/"
    assert shown.columns["channel"] == "national"


def test_a_head_reaches_no_record_of_another_agency_through_a_figure() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"}, by=["agency", "month"])
    visibility.register(CASES.code, _everything)
    reader = Reader(frozenset({1}))
    try:
        for cut, group in (
            (Cut(*SEPTEMBER), None),
            (Cut(*SEPTEMBER, by="agency"), 2),
            (Cut(*SEPTEMBER, by="month"), "2026-09"),
            (Cut(*SEPTEMBER, within=frozenset({2})), None),
        ):
            found = records("online", cut, group, actor=reader, at=AT)
            assert all(row.columns["agency"] == 1 for row in found.rows), cut
    finally:
        visibility._registry._entries.pop(CASES.code)


def test_what_is_public_is_counted_for_every_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declared._entries, CASES.code, replace(CASES, is_public=True))
    lay(*(case(n, date(2026, 9, 1), agency=None, is_online=n < 2) for n in range(3)))
    publish("online", ratio={"is": "is_online"})
    reader = Reader(frozenset({1}))
    [whole] = observe(["online"], Cut(*SEPTEMBER), actor=reader, at=AT)["online"]
    assert (whole.numerator, whole.denominator, whole.hidden) == (2, 3, 0)
    listed = records("online", Cut(*SEPTEMBER), actor=reader, at=AT)
    assert listed.total + listed.hidden == 3


def test_without_a_provider_records_open_to_who_reads_everywhere() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"})
    found = records("online", Cut(*SEPTEMBER), actor=Reader(frozenset({1})), at=AT)
    assert (found.rows, found.total, found.hidden) == ((), 0, 2)


def test_an_unknown_indicator_dimension_or_interval_is_named() -> None:
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    with pytest.raises(IndicatorUnknown):
        observe(["nothing"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)
    with pytest.raises(DimensionUnknown):
        observe(["online"], Cut(*SEPTEMBER, by="commune"), actor=EVERYBODY, at=AT)
    with pytest.raises(IntervalReversed):
        Cut(SEPTEMBER[1], SEPTEMBER[0])


def test_an_unfinished_interval_says_how_far_it_is() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"})
    [now] = observe(["online"], month(2026, 10), actor=EVERYBODY, at=AT)["online"]
    assert (now.completeness.days, now.completeness.passed) == (31, 19)
    assert not now.completeness.is_complete


def test_a_lost_file_is_told_also_of_what_was_counted_before() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"})
    observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)
    for file in files.folder(CASES.code).iterdir():
        file.unlink()
    with pytest.raises(FactsUnavailable):
        observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)
    rebuild(CASES, at=AT)
    [again] = observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["online"]
    assert again.numerator == 2


def test_a_definition_s_new_version_is_another_question() -> None:
    _lay_september()
    publish("online", ratio={"is": "is_online"})
    [first] = observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["online"]
    publish("online", version="2", ratio={"is": "not(is_online)"})
    [second] = observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["online"]
    assert [(each.version, each.numerator) for each in (first, second)] == [("1", 2), ("2", 1)]
