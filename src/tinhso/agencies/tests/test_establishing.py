"""An agency is established and amended one act at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tinhso.agencies import queries, services
from tinhso.agencies.errors import (
    AgencyCodeTaken,
    AgencyKeyTaken,
    AgencyNotFound,
    AgencyPeriodNotOpen,
)
from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.tests.factories import OfficerAt, make_agency
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
NEW_YEAR = date(2026, 1, 1)
FACTS = {"name": "Sở Du lịch", "parent": "p", "agency_code": "H99.30"}


@pytest.fixture
def province() -> Agency:
    return make_agency("Tỉnh Thử", kind=AgencyKind.PROVINCE, key="p", code="H99")


@pytest.fixture
def tu(province: Agency) -> OfficerAt:
    return OfficerAt(frozenset({AgencyPermission.EDIT}), frozenset({province.pk}))


def established(actor: OfficerAt, key: str = "p/so-du-lich", **facts: Any) -> Agency:
    return services.establish(
        key=key,
        kind=AgencyKind.DEPARTMENT,
        facts={**FACTS, **facts},
        since=NEW_YEAR,
        actor=actor,
        at=AT,
    )


def test_it_stands_below_its_parent_from_its_day(province: Agency, tu: OfficerAt) -> None:
    agency = established(tu)
    assert queries.ancestors(agency.pk, NEW_YEAR) == [province.pk]
    assert queries.period_of(agency.pk, date(2025, 12, 31)) is None
    assert queries.agency_by_code("h99.30", NEW_YEAR) == agency
    assert queries.agency_by_code("000.00.30.H99", NEW_YEAR) == agency
    event = Event.objects.get(kind="agencies.established")
    assert (event.subject, event.payload["since"]) == (agency.uuid, "2026-01-01")


def test_keys_and_codes_are_given_once(tu: OfficerAt) -> None:
    established(tu)
    events = Event.objects.count()
    with pytest.raises(AgencyKeyTaken):
        established(tu)
    with pytest.raises(AgencyCodeTaken):
        established(tu, key="p/khac")
    with pytest.raises(AgencyNotFound):
        established(
            OfficerAt(tu.permissions, frozenset({*tu.agencies})), key="p/x", parent="p/nobody"
        )
    assert Agency.objects.count() == 2
    assert Event.objects.count() == events


def test_an_officer_of_another_place_may_not(province: Agency) -> None:
    nam = OfficerAt(frozenset({AgencyPermission.EDIT}), frozenset({province.pk + 1}), "Nam")
    with pytest.raises(PermissionMissing):
        established(nam)
    assert not Event.objects.exists()


def test_a_new_name_begins_a_new_period(province: Agency) -> None:
    agency = make_agency("Sở Cũ", parent=province, code="H99.31")
    tu = OfficerAt(frozenset({AgencyPermission.EDIT}), frozenset({agency.pk}))
    facts = {"name": "Sở Mới", "agency_code": "H99.32"}
    services.amend(agency.uuid, on=NEW_YEAR, facts=facts, actor=tu, at=AT)
    assert queries.name_of(agency.pk, date(2025, 12, 31)) == "Sở Cũ"
    assert queries.name_of(agency.pk, NEW_YEAR) == "Sở Mới"
    period = queries.period_of(agency.pk, NEW_YEAR)
    assert period is not None
    assert (period.parent, period.reversed_code) == (province, "000.00.32.H99")
    assert queries.agency_by_code("H99.31", date(2025, 12, 31)) == agency
    with pytest.raises(AgencyNotFound):
        queries.agency_by_code("H99.31", NEW_YEAR)


def test_the_past_is_not_amended(province: Agency) -> None:
    agency = make_agency("Sở Cũ", parent=province, since=NEW_YEAR)
    tu = OfficerAt(frozenset({AgencyPermission.EDIT}), frozenset({agency.pk}))
    with pytest.raises(AgencyPeriodNotOpen):
        services.amend(agency.uuid, on=NEW_YEAR, facts={"name": "Sở Mới"}, actor=tu, at=AT)
    assert not Event.objects.exists()
    assert AgencyPeriod.objects.filter(agency=agency, until=None).count() == 1


def test_an_ended_agency_keeps_its_last_name_and_a_coming_one_shows_its_first() -> None:
    ended = make_agency("Huyện Cũ", kind=AgencyKind.DISTRICT, until=NEW_YEAR)
    coming = make_agency("Xã Mới", kind=AgencyKind.COMMUNE, since=date(2027, 1, 1))
    names = queries.names_of([ended.pk, coming.pk], date(2026, 6, 1))
    assert names == {ended.pk: "UBND huyện Cũ", coming.pk: "UBND xã Mới"}
    with pytest.raises(AgencyNotFound):
        queries.name_of(0, NEW_YEAR)
