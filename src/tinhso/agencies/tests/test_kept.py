"""What is kept of tables holds for everybody who reads their edition, also for whoever is changing them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tinhso.agencies.kept import AGENCIES
from tinhso.agencies.models import AgencyPeriod
from tinhso.agencies.queries import ancestors, descendants, names_of
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.kept import editions, one_reading

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 14)


def renamed(agency: Agency, name: str) -> None:
    AgencyPeriod.objects.filter(agency=agency).update(name=name)


def test_a_change_is_seen_at_once() -> None:
    agency = make_agency("Sở Một")
    assert names_of([agency.pk], DAY) == {agency.pk: "Sở Một"}
    renamed(agency, "Sở Hai")
    assert names_of([agency.pk], DAY) == {agency.pk: "Sở Hai"}


def test_what_was_taken_back_is_not_kept() -> None:
    agency = make_agency("Sở Một")
    before = names_of([agency.pk], DAY)
    with transaction.atomic():
        renamed(agency, "Sở Hai")
        assert names_of([agency.pk], DAY) != before
        transaction.set_rollback(True)
    assert names_of([agency.pk], DAY) == before


def test_a_page_that_only_shows_asks_once() -> None:
    agency = make_agency("Sở Một")
    AGENCIES.now()
    with one_reading(), CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            names_of([agency.pk], DAY)
            descendants(agency.pk, DAY)
            ancestors(agency.pk, DAY)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        names_of([agency.pk], DAY)
        names_of([agency.pk], DAY)
    assert len(asked) == 2, "whoever acts may have changed something in between"


def test_only_the_edition_of_the_changed_tables_is_new() -> None:
    before = dict(editions())
    make_agency("Sở Ba")
    after = editions()
    assert {name for name in after if after[name] != before[name]} == {"agencies"}
