"""The same rows under the agencies of another day: by address, by share, or visibly not allotted; never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Succession, SuccessionKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import day_of
from tinhso.indicators.queries import UNALLOCATED, UNKNOWN, Cut, observe, records
from tinhso.indicators.tests.cases import AT, LAID, case, lay, publish
from tinhso.indicators.tests.test_observe import Reader
from tinhso.kernel.actors import SystemActor

pytestmark = pytest.mark.usefixtures("cases")
EVERYBODY = SystemActor("test")
TURN = date(2026, 7, 1)


@dataclass
class Reform:
    """A district divided between two communes, two communes that became one of them, a department divided."""

    district: Agency
    old: Agency
    north: Agency
    south: Agency
    department: Agency
    first: Agency
    second: Agency


def _follow(one: Agency, other: Agency, share: str | None = None) -> None:
    Succession.objects.create(
        predecessor=one,
        successor=other,
        on=TURN,
        kind=SuccessionKind.SPLIT,
        share=Decimal(share) if share else None,
        legal_basis="Nghị quyết thử nghiệm",
    )


@pytest.fixture
def reform(cases: object) -> Reform:
    del cases
    commune = AgencyKind.COMMUNE
    made = Reform(
        district=make_agency("Huyện Cũ", kind=AgencyKind.DISTRICT, until=TURN),
        old=make_agency("Xã Cũ", kind=commune, until=TURN),
        north=make_agency("Xã Bắc", kind=commune, since=TURN),
        south=make_agency("Xã Nam", kind=commune, since=TURN),
        department=make_agency("Sở Cũ", until=TURN),
        first=make_agency("Sở Một", since=TURN),
        second=make_agency("Sở Hai", since=TURN),
    )
    AgencyPeriod.objects.filter(agency=made.old).update(unit_code="10001")
    AgencyPeriod.objects.filter(agency=made.south).update(unit_code="20002")
    _follow(made.old, made.north)
    _follow(made.district, made.north)
    _follow(made.district, made.south)
    _follow(made.department, made.first, "0.6")
    _follow(made.department, made.second, "0.3")
    return made


def _lay(reform: Reform) -> None:
    before, after = date(2026, 6, 15), date(2026, 7, 15)
    lay(
        case(1, before, agency=reform.old.pk, is_online=True),
        case(2, before, agency=reform.district.pk, commune="10001", is_online=True),
        case(3, before, agency=reform.district.pk, commune="20002", is_online=False),
        case(4, before, agency=reform.district.pk, is_online=True),
        case(5, after, agency=reform.south.pk, is_online=True),
        *(
            case(10 + number, before, agency=reform.department.pk, is_online=number < 4)
            for number in range(10)
        ),
    )


def test_rows_go_by_rule_by_address_by_share_or_stay_visible(reform: Reform) -> None:
    _lay(reform)
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    cut = Cut(date(2026, 6, 1), date(2026, 7, 31), "restated", by="agency")
    found = {c.group: c for c in observe(["online"], cut, actor=EVERYBODY, at=AT)["online"]}
    told = {group: (c.numerator, c.denominator, c.by_share) for group, c in found.items()}
    assert told[reform.north.pk] == (2, 2, 0), (
        "the old commune's row, and the district's by address"
    )
    assert told[reform.south.pk] == (1, 2, 0), "a commune that kept its code, and its own row"
    assert told[reform.first.pk][1:] == (6, 6)
    assert told[reform.second.pk][1:] == (3, 3)
    assert found[UNALLOCATED].denominator == 1 + 1, (
        "the district's without address, a tenth by no share"
    )
    assert sum(c.denominator or 0 for c in found.values()) == 15
    assert sum(c.numerator or 0 for c in found.values()) == 8
    assert all((c.numerator or 0) <= (c.denominator or 0) for c in found.values())


@pytest.mark.slow
def test_the_records_of_a_restated_cell_are_those_that_are_known(reform: Reform) -> None:
    _lay(reform)
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    cut = Cut(date(2026, 6, 1), date(2026, 7, 31), "restated", by="agency")
    for agency, expected in ((reform.north, 2), (reform.south, 2), (reform.first, 0)):
        found = records("online", cut, agency.pk, "denominator", actor=EVERYBODY, at=AT)
        assert found.total == expected
    missing = records("online", cut, reform.south.pk, "missing", actor=EVERYBODY, at=AT)
    assert missing.total == 1


def test_a_series_across_the_reform_is_of_the_agencies_of_its_last_day(reform: Reform) -> None:
    _lay(reform)
    publish("online", ratio={"is": "is_online"}, by=["agency", "month"])
    publish("minutes", measure={"kind": "median", "column": "minutes"}, unit="phút", by=["month"])
    south = frozenset({reform.south.pk})
    cut = Cut(date(2026, 6, 1), date(2026, 7, 31), "restated", by="month", within=south)
    found = observe(["online", "minutes"], cut, actor=EVERYBODY, at=AT)
    assert [(c.group, c.numerator, c.denominator) for c in found["online"]] == [
        ("2026-06", 0, 1),
        ("2026-07", 1, 1),
    ]
    assert [c.denominator for c in found["minutes"]] == [0, 0]


def test_now_is_today_also_for_days_before_the_reform(reform: Reform) -> None:
    """And nothing is lost to who reads the whole province: what no share allots is told, not hidden."""
    _lay(reform)
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    province = make_agency("Tỉnh", kind=AgencyKind.PROVINCE, key=settings.PROVINCE_KEY)
    AgencyPeriod.objects.exclude(agency=province).update(parent=province)
    chair = Reader(frozenset(Agency.objects.alive(day_of(AT)).values_list("pk", flat=True)))
    june = date(2026, 6, 1), date(2026, 6, 30)
    for actor in (EVERYBODY, chair):
        now = observe(["online"], Cut(*june, "restated", by="agency"), actor=actor, at=AT)["online"]
        after = {reform.north.pk, reform.south.pk, reform.first.pk, reform.second.pk, UNALLOCATED}
        assert {each.group for each in now} == after
        assert sum(each.denominator or 0 for each in now) == 14
        [whole] = observe(["online"], Cut(*june, "restated"), actor=actor, at=AT)["online"]
        assert (whole.denominator, whole.hidden) == (14, 0)


def test_as_it_was_nothing_moves(reform: Reform) -> None:
    _lay(reform)
    publish("online", ratio={"is": "is_online"}, by=["agency"])
    cut = Cut(date(2026, 6, 1), date(2026, 7, 31), by="agency")
    found = {
        c.group: c.denominator for c in observe(["online"], cut, actor=EVERYBODY, at=AT)["online"]
    }
    assert found == {
        reform.old.pk: 1,
        reform.district.pk: 3,
        reform.south.pk: 1,
        reform.department.pk: 10,
    }


@pytest.mark.slow
def test_a_commune_is_the_unit_of_its_day_and_of_the_last_day_on_request(reform: Reform) -> None:
    """One that another follows goes with it, one that kept its code stays, a divided one is not allotted."""
    _lay(reform)
    AgencyPeriod.objects.filter(agency=reform.north).update(unit_code="20001")
    torn = make_agency("Xã Chia", kind=AgencyKind.COMMUNE, until=TURN)
    AgencyPeriod.objects.filter(agency=torn).update(unit_code="10003")
    _follow(torn, reform.north)
    _follow(torn, reform.south)
    lay(*LAID, case(30, date(2026, 6, 20), commune="10003", agency=torn.pk, is_online=True))
    publish("online", ratio={"is": "is_online"}, by=["commune"])
    days = date(2026, 6, 1), date(2026, 7, 31)
    told = {}
    for agencies in ("as_was", "restated"):
        cut = Cut(*days, agencies, by="commune")
        found = observe(["online"], cut, actor=EVERYBODY, at=AT)["online"]
        told[agencies] = {each.group: each.denominator for each in found}
        for each in found:
            listed = records("online", cut, each.group, "denominator", actor=EVERYBODY, at=AT)
            assert listed.total == each.denominator, each.group
    assert told["as_was"] == {"10001": 1, "20002": 1, "10003": 1, UNKNOWN: 13}
    assert told["restated"] == {"20001": 1, "20002": 1, UNALLOCATED: 1, UNKNOWN: 13}
    south = Cut(*days, "restated", by="commune", within=frozenset({reform.south.pk}))
    found = observe(["online"], south, actor=EVERYBODY, at=AT)["online"]
    assert {each.group: each.denominator for each in found} == {"20002": 1, UNKNOWN: 1}
