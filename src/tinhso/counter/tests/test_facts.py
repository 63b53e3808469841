"""What the warehouse is told of a closed day: papers against dossiers, as long as the closing stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.counter import services
from tinhso.counter.facts import TABLE
from tinhso.counter.models import DayClosing
from tinhso.counter.services.days import Counted
from tinhso.counter.tests.factories import brought
from tinhso.counter.tests.test_close_day import DAY, EVENING, came, key_of
from tinhso.dossiers.services.interrupting import cancel_receipt
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE
from tinhso.events.sequencing import place, restamp
from tinhso.warehouse import checking, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk


def rows() -> list[dict[str, Any]]:
    restamp()
    while place():
        pass
    syncing.sync(TABLE, at=EVENING)
    assert checking.check(TABLE).is_right
    found: list[dict[str, Any]] = Lake().table(TABLE.code).to_pyarrow().to_pylist()
    return found


@pytest.mark.slow
def test_a_day_matches_when_every_line_does_and_nothing_came_after(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"
    came(desk)

    def read(paper: int, other: int) -> dict[str, Any]:
        why = "Bìa hồ sơ ghi nhầm thủ tục"
        counted = {key_of(MARRIAGE): Counted(paper, why), key_of(BUILDING): Counted(other, why)}
        services.close_day(desk.commune.pk, DAY, counted, actor=desk.clerk, at=EVENING)
        (row,) = rows()
        return row

    def taken_back() -> None:
        closing = DayClosing.objects.standing().get()
        services.reopen_day(closing.uuid, reason="Đếm nhầm", actor=desk.leader, at=EVENING)
        assert rows() == [], "what was taken back does not count"

    row = read(1, 1)
    assert (row["paper"], row["system"], row["is_equal"]) == (2, 2, False), "equal in sum alone"
    taken_back()
    row = read(2, 0)
    assert (row["agency"], row["day"], row["is_equal"]) == (desk.commune.pk, DAY, True)
    pages = TABLE.pages_of([row["uuid"]])
    assert f"ngay={DAY}" in pages[row["uuid"]]

    late = brought(desk)
    (row,) = rows()
    assert (row["system"], row["is_equal"]) == (2, False), "what came after is in no count"
    cancel_receipt(late.uuid, actor=desk.clerk, reason="Nhận nhầm", at=AT)
    assert [row["is_equal"] for row in rows()] == [True]
    brought(desk)
    taken_back()
    assert read(3, 0)["is_equal"], "closed anew"


def test_the_pages_of_many_days_are_one_question(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    days = [DAY - timedelta(days=n) for n in range(3)]
    closed = DayClosing.objects.bulk_create(
        DayClosing(
            agency=desk.commune, day=day, ordinal=1, paper=0, system=0, at=EVENING, actor="test"
        )
        for day in days
    )
    with django_assert_num_queries(1):
        pages = TABLE.pages_of([str(each.uuid) for each in closed])
    assert [pages[str(each.uuid)].rpartition("=")[2] for each in closed] == [
        str(day) for day in days
    ]
