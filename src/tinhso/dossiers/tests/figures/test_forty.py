"""The figures of September over forty dossiers: each numerator and denominator counted by hand, with the reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.worlds import begun_with
from tinhso.calendars.clock import instant
from tinhso.dossiers.queries.lateness import by_agency
from tinhso.dossiers.tests.factories import SYSTEM, Desk, make_desk, pack_book
from tinhso.dossiers.tests.facts.warehouse import synced
from tinhso.dossiers.tests.figures.forty import FEE, lay
from tinhso.indicators import queries, verifying
from tinhso.indicators.catalogue import in_force
from tinhso.indicators.definitions import Status
from tinhso.indicators.models import Target
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.queries import Cut
from tinhso.indicators.services import close_period
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.warehouse.checking import check
from tinhso.warehouse.declaring import registry
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import Settings

AT = instant(date(2026, 10, 20), 600)
SEPTEMBER = Cut(date(2026, 9, 1), date(2026, 9, 30))
NONE = None

# Received: 40 without 14, 15 (never), 16 (cancelled), 18 (August), 20 (1 October, 00:00) = 35, of which 18 M.
# Settled in September with an appointed day: 01-10, 13, 17, 18, 21-30, 34, 35, 38, 39, 40 = 28; without one: 37.
BY_HAND: dict[str, tuple[int | None, int | None]] = {
    "dossiers-received": (35, NONE),
    "dossiers-online": (17, NONE),  # 01-08, 17 by a helper, 19, 26-28, 31, 37, 39, 40
    "online-ratio": (17, 35),
    "online-whole-ratio": (12, 18),  # M online: 01-08, 17, 19, 37, 40
    "whole-online-of-all": (12, 35),
    "online-service-ratio": (17, 35),  # 12 M, and B online: 26-28, 31, 39
    "post-ratio": (2, 35),  # 13 came by post, 26 went by post
    "must-be-online-ratio": (0, 0),  # no procedure is mandated
    "project-06-online-ratio": (12, 18),  # M
    "online-payment-ratio": (2, 4),  # 01, 02 without cash; 03 in cash, 21 not paid
    "on-time-ratio": (24, 28),  # late: 07, 08, 29, 30
    "late-settled": (4, NONE),
    "open-dossiers": (6, NONE),  # 11, 12, 19, 31, 33, and 36 that ended in October
    "overdue-dossiers": (
        1,
        NONE,
    ),  # 11; of 31, that waits for the applicant, the clock stands still
    "results-digitised-ratio": (6, 9),  # of 01-06, 09, 10, 39: the first six
    "papers-digitised-ratio": (0, 0),  # no papers were laid down
    "papers-reused-ratio": (0, 0),
    "held-papers-asked-ratio": (0, 35),
    "supplement-ratio": (2, 35),  # 09, 10
    "same-paper-twice-ratio": (1, 2),  # 10
    "returned-ratio": (1, 35),  # 35
    "reopened-ratio": (1, 29),  # 34, of all settled in September
    "received-after-work-ratio": (0, 35),
    "satisfied-ratio": (1, 2),  # 06 gave five, 08 two
    "on-time-of-received": (24, 35),  # 24 on time without 18 (August), with 36 (on time in October)
    "services-whole": (1, NONE),  # M
    "services-part": (1, NONE),  # B
    "services-online-ratio": (2, 3),  # M and B, not W
    "services-with-dossiers": (NONE, 17),  # the seventeen online ones, of M and B: two services
    "procedures-paid-cashless": (NONE, 2),  # 01 and 02
    "own-report-indicators-ratio": (0, 0),  # no regime is published here
    "goals-met-ratio": (0, 0),  # no period is closed here
    "tasks-issued": (0, NONE),
    "tasks-on-time-ratio": (0, 0),
}
MEASURED = ("fees-collected", "working-time-median", "working-time-p95", "waiting-time-median")
TERMS = ("procedures-paid-cashless", "fee-procedures-with-dossiers", "fee-procedures")
OF_EVERY_KIND = (
    *("online-ratio", "on-time-ratio", "late-settled", "overdue-dossiers", "fees-collected"),
    *("working-time-median", "working-time-p95", "services-online-ratio"),
)
"""The whole house is verified by the command; here one indicator of every kind."""


def make_forty() -> Desk:
    """The desk, the forty dossiers, and the indicators of the pack."""
    desk = make_desk()
    lay(desk)
    pack = PackVersion.objects.create(
        pack="figures", version="1", digest="", content={}, applied_at=AT, applied_by="system:test"
    )
    _publish(pack, "indicator")
    return desk


def _publish(pack: PackVersion, kind: str) -> None:
    found = [s for one in pack_book().packs for s in one.sources if s.kind == kind]
    PackEntry.objects.bulk_create(
        PackEntry(
            published_in=pack,
            pack=source.pack.code,
            kind=source.kind,
            code=source.code,
            version=source.version,
            digest=source.digest,
            content=source.value,
        )
        for source in found
    )


@pytest.fixture
@begun_with
def forty() -> Desk:
    """Forty dossiers, and the indicators that ask about them."""
    return make_forty()


@pytest.fixture(autouse=True)
def warehouse(forty: Desk, settings: Settings, tmp_path: Path) -> None:
    """The forty in a warehouse."""
    del forty
    settings.WAREHOUSE = tmp_path / "warehouse"
    for fact in sorted({each.fact for each in in_force().values() if each.fact}):
        rebuild(registry[fact], at=AT)


@pytest.mark.slow
def test_every_figure_is_what_a_finger_counts() -> None:
    found = queries.observe(list(BY_HAND), SEPTEMBER, actor=SYSTEM, at=AT)
    told = {code: (each.numerator, each.denominator) for code, [each] in found.items()}
    assert told == BY_HAND
    value = {code: each.value for code, [each] in found.items()}
    assert value["on-time-ratio"] == Decimal("85.71")
    assert value["online-whole-ratio"] == Decimal("66.67")
    assert value["papers-digitised-ratio"] is None


def test_every_computed_indicator_has_numbers_worked_out_by_hand() -> None:
    """Here, or in the examples of its pack, which are counted without an engine."""
    sources = [source for pack in pack_book().packs for source in pack.sources]
    examples = {each.code for each in sources if each.kind == "indicator" and each.cases}
    computed = {code for code, each in in_force().items() if each.status is Status.COMPUTED}
    assert computed - {*BY_HAND, *MEASURED, *TERMS} - examples == set()


@pytest.mark.slow
def test_each_agency_has_its_own_and_they_add_up(forty: Desk) -> None:
    cut = Cut(SEPTEMBER.first, SEPTEMBER.last, by="agency")
    cells = queries.observe(["online-ratio"], cut, actor=SYSTEM, at=AT)["online-ratio"]
    assert {each.group: (each.numerator, each.denominator) for each in cells} == {
        forty.commune.pk: (12, 18),
        forty.construction.pk: (5, 9),  # B: 26-28, 31, 39 of 26-31, 33, 35, 39
        forty.land.pk: (0, 8),  # W: 21-25, 32, 34, 36
    }


def test_what_is_overdue_is_what_the_public_board_says_that_day() -> None:
    """At the end of a day on which nothing was due: the board counts to the minute, the figure to the day."""
    cut = Cut(date(2026, 10, 1), date(2026, 10, 19), by="agency")
    cells = queries.observe(["overdue-dossiers"], cut, actor=SYSTEM, at=AT)["overdue-dossiers"]
    board = {row.agency: row.late_now for row in by_agency(instant(date(2026, 10, 19), 1439))}
    assert {each.group: each.numerator for each in cells} == {
        agency: late for agency, late in board.items() if late
    }


def test_money_and_time_are_measured() -> None:
    found = {code: each for code, [each] in _observed(list(MEASURED)).items()}
    assert found["fees-collected"].value == 3 * FEE
    assert found["fees-collected"].denominator == 35
    assert found["working-time-median"].denominator == 29
    assert found["waiting-time-median"].value is None


def _observed(codes: list[str]) -> dict[str, list[queries.Observation]]:
    return queries.observe(codes, SEPTEMBER, actor=SYSTEM, at=AT)


@pytest.mark.slow
def test_every_cell_counts_again_in_python() -> None:
    asked, month = [in_force()[code] for code in OF_EVERY_KIND], SEPTEMBER
    done = verifying.verify(asked, at=AT, first=month.first, last=month.last, alone=4)
    assert done.different == []
    assert done.cells == done.equal > 20


@pytest.mark.slow
def test_an_estimate_is_worked_out_of_its_terms_and_says_what_it_is() -> None:
    codes = ["qd766-progress", "qd766-satisfaction", "qd766-online", "qd766-payment"]
    found = _observed(codes)
    values = {code: each.value for code, [each] in found.items()}
    assert values["qd766-progress"] == Decimal("13.71"), "20 × 24/35"
    assert values["qd766-satisfaction"] == Decimal("3.33"), "6 × (1/2) / 0.9"
    assert values["qd766-online"] == Decimal("11.50"), (
        "2 × (2/3) / 0.8 + 4 × 2/2 + 6 × (17/35) / 0.5"
    )
    assert [told.value for [told] in _observed(list(TERMS)).values()] == [1, 2, 3]
    assert values["qd766-payment"] == Decimal("5.50"), "6 × 2/4 + 2.5 × 1/3 + 2.5 × 2/3"
    assert all(in_force()[code].status is Status.ESTIMATE for code in found)


@pytest.mark.slow
def test_a_goal_is_judged_when_its_own_period_is_closed(forty: Desk) -> None:
    """Met, missed, of another period, without a figure, of one agency, assigned when all was closed."""
    month = SEPTEMBER.first, SEPTEMBER.last
    for code, value, days, agency in (
        ("on-time-ratio", 85, month, None),  # 24/28 = 85.71: met
        ("online-ratio", 50, month, None),  # 17/35: missed
        ("online-ratio", 60, month, forty.commune.pk),  # 12/18 = 66.67: met
        ("papers-digitised-ratio", 50, month, None),  # no denominator: not judged
        ("on-time-ratio", 99, (SEPTEMBER.first, date(2026, 12, 31)), None),
    ):
        _target(code, value, days, agency, at=AT)
    synced("dossiers.dossier")  # the log has its places: nothing is behind
    for fact in sorted({each.fact for each in in_force().values() if each.fact}):
        rebuild(registry[fact], at=AT)
    close_period(*month, title="Tháng 9", actor=SYSTEM, at=AT)
    _target("overdue-dossiers", 1, month, None, at=AT + timedelta(minutes=1))
    rebuild(registry["indicators.judgement"], at=AT)
    assert check(registry["indicators.judgement"]).is_right
    [goals] = _observed(["goals-met-ratio"])["goals-met-ratio"]
    assert (goals.numerator, goals.denominator) == (2, 3)


@pytest.mark.slow
def test_indicators_of_reports_are_counted_by_who_set_them() -> None:
    """The province's quarterly report asks for 3 + 5, the Government's monthly one for 5 + 4 + 4."""
    _publish(PackVersion.objects.get(), "report_regime")
    rebuild(registry["indicators.requirement"], at=AT)
    assert check(registry["indicators.requirement"]).is_right
    [asked] = _observed(["own-report-indicators-ratio"])["own-report-indicators-ratio"]
    assert (asked.numerator, asked.denominator) == (8, 21)


def _target(
    code: str, value: int, days: tuple[date, date], agency: int | None, *, at: datetime
) -> None:
    Target.objects.create(
        indicator=code,
        agency_id=agency,
        first=days[0],
        last=days[1],
        value=value,
        level=Target.Level.PROVINCE,
        issuer="UBND tỉnh",
        at=at,
        actor="system:test",
    )


@pytest.mark.slow
def test_a_head_sees_his_records_and_how_many_he_may_not(forty: Desk) -> None:
    head = forty.leader
    assert head.holds(IndicatorPermission.READ, at=AT, agency=forty.commune.pk)
    [mine] = queries.observe(["online-ratio"], SEPTEMBER, actor=head, at=AT)["online-ratio"]
    assert (mine.numerator, mine.denominator, mine.hidden) == (12, 18, 17)
    for group in (None, forty.commune.pk, forty.land.pk):
        cut = Cut(SEPTEMBER.first, SEPTEMBER.last, by="agency" if group else None)
        listed = queries.records("online-ratio", cut, group, actor=head, at=AT)
        assert all(row.columns["agency"] == forty.commune.pk for row in listed.rows)
    assert queries.records("online-ratio", SEPTEMBER, actor=head, at=AT).total == 18


def test_the_catalogue_answers_every_figure_of_the_sources() -> None:
    known = in_force().values()
    answered = {figure for each in known for figure in each.figures}
    assert answered == {f"I{number:02d}" for number in range(1, 66)}
    computed = {f for each in known if each.status is Status.COMPUTED for f in each.figures}
    assert len(computed) >= 15
    assert all(each.needs for each in known if each.status is Status.NO_SOURCE)
