"""A procedure has one row for each stretch of days in which nothing of it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.calendars.clock import day_of
from tinhso.dossiers import pack_lists
from tinhso.dossiers.models import OnlineDuty, Procedure
from tinhso.dossiers.tests.catalogue.samples import BIRTH, small
from tinhso.dossiers.tests.catalogue.test_importing import bring
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE, SYSTEM
from tinhso.dossiers.tests.facts.warehouse import anew, hold, synced
from tinhso.dossiers.tests.test_pack_lists import with_lines

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
CODE = "dossiers.procedure"
TURN = date(2027, 1, 1)


def on(code: str, day: date) -> dict[str, Any]:
    """The one row of a procedure that holds on a day."""
    [found] = [
        row
        for row in anew(CODE).values()
        if row["procedure"] == code
        and row["from_day"] <= day
        and (row["until_day"] is None or day < row["until_day"])
    ]
    return found


def listed(*lines: dict[str, Any]) -> None:
    pack_lists.apply(with_lines(*lines), at=AT, actor=SYSTEM)


def test_the_lists_and_fees_of_each_day_are_told() -> None:
    listed({"from": "2026-01-01", "until": "2027-01-01"})
    assert on(MARRIAGE, TURN - timedelta(days=1))["service_level"] == "whole"
    assert on(MARRIAGE, TURN)["service_level"] == "none"
    half, free = on(MARRIAGE, date(2025, 12, 31)), on(MARRIAGE, date(2026, 1, 5))
    assert (half["has_fee"], half["is_fee_reduced_online"], half["is_free_online"]) == (
        True,
        True,
        False,
    )
    assert (free["has_fee"], free["is_fee_reduced_online"], free["is_free_online"]) == (
        True,
        True,
        True,
    )
    assert half["level"] == "commune"


def test_stretches_follow_each_other_without_overlap() -> None:
    listed({"from": "2026-03-01", "until": "2026-06-01"}, {"from": "2026-06-01"})
    OnlineDuty.objects.create(
        procedure=Procedure.objects.get(code=MARRIAGE),
        period=(TURN, None),
        document="QĐ",
        reason="Thử",
        at=AT,
        actor="test",
    )
    rows = sorted(
        (row["from_day"], row["until_day"])
        for row in anew(CODE).values()
        if row["procedure"] == MARRIAGE
    )
    assert [until for _from, until in rows[:-1]] == [since for since, _until in rows[1:]]
    assert rows[-1][1] is None
    assert not on(MARRIAGE, TURN - timedelta(days=1))["must_be_online"]
    assert on(MARRIAGE, TURN)["must_be_online"]


def test_the_catalogue_and_the_lists_know_procedures_without_a_pack(
    tmp_path: Path,
) -> None:
    bring(tmp_path, small())
    listed({"from": "2024-05-01", "code": BIRTH}, {"from": "2024-05-01", "code": "9.999999"})
    known = on(BIRTH, date(2024, 5, 1))
    assert (known["known_from"], known["service_level"], known["has_fee"]) == (
        "catalogue",
        "whole",
        None,
    )
    assert known["level"] == "several"
    assert on("9.999999", day_of(AT))["known_from"] == "list"
    assert on(BUILDING, day_of(AT))["known_from"] == "pack"


@pytest.mark.slow
def test_they_are_taken_in_and_counted(tmp_path: Path) -> None:
    synced(CODE)
    bring(tmp_path, small())
    listed({"from": "2024-05-01", "code": BIRTH}, {"from": "2026-05-01", "until": "2026-07-01"})
    synced(CODE)
    hold(CODE)
