"""The commune of a dossier is the unit of its own day, across the reform of 1 July 2025."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.dossiers.facts.communes import NOWHERE, Communes

pytestmark = pytest.mark.django_db
TURN = date(2025, 7, 1)
EVE = TURN - timedelta(days=1)
BY_SQL = """
WITH RECURSIVE of_day AS (
    SELECT agency_id, unit_code FROM agencies_agencyperiod
    WHERE (since IS NULL OR since <= %(day)s) AND (until IS NULL OR until > %(day)s)
), followed AS (
    SELECT %(agency)s::bigint AS agency
    UNION
    SELECT s.successor_id FROM followed f JOIN agencies_succession s ON s.predecessor_id = f.agency
    WHERE s."on" <= %(day)s AND NOT EXISTS (SELECT 1 FROM of_day o WHERE o.agency_id = f.agency)
), led AS (
    SELECT %(agency)s::bigint AS agency
    UNION
    SELECT s.predecessor_id FROM led f JOIN agencies_succession s ON s.successor_id = f.agency
    WHERE s."on" > %(day)s AND NOT EXISTS (SELECT 1 FROM of_day o WHERE o.agency_id = f.agency)
)
SELECT min(o.agency_id), min(o.unit_code)
FROM of_day o WHERE o.agency_id IN (SELECT agency FROM followed UNION SELECT agency FROM led)
HAVING count(*) = 1
"""


def test_it_is_the_unit_of_the_day_where_that_can_be_said() -> None:
    """Two communes of Kon Tum united, one of another name, one divided between both."""
    mar, pxi, la, ui = (
        _commune(name, code, until=TURN)
        for name, code in (
            ("Đăk Mar", "24500"),
            ("Đăk Pxi", "24503"),
            ("Đăk La", "24506"),
            ("Ui", "2"),
        )
    )
    ha = _commune("Đăk Hà", "24501", since=TURN)
    renamed = _commune("Ngọk Réo", "24507", since=TURN)
    for one, other in ((mar, ha), (pxi, ha), (la, renamed), (ui, ha), (ui, renamed)):
        Succession.objects.create(
            predecessor=one, successor=other, on=TURN, kind="merge", legal_basis="Nghị quyết"
        )
    communes = Communes()
    every = (mar, pxi, la, ui, ha, renamed)
    for day in (EVE, TURN):
        for each in every:
            assert communes.on(day, each.pk) == _by_sql(each, day), (each.pk, day)
    assert communes.on(EVE, ha.pk, pxi.pk) == (pxi.pk, "24503"), "united since: who received it"
    assert communes.on(TURN, ui.pk, mar.pk) == (ha.pk, "24501"), "divided: who follows the desk"
    assert communes.on(None, mar.pk) == communes.on(EVE, None) == NOWHERE


def _commune(
    name: str, code: str, *, since: date | None = None, until: date | None = None
) -> Agency:
    made = make_agency(name, kind=AgencyKind.COMMUNE, since=since, until=until)
    AgencyPeriod.objects.filter(agency=made).update(unit_code=code)
    return made


def _by_sql(agency: Agency, day: date) -> tuple[int | None, str | None]:
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL, {"agency": agency.pk, "day": day})
        return cursor.fetchone() or NOWHERE
