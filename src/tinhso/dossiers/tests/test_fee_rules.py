"""What is due by dated rules: by property where there is arithmetic."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tinhso.dossiers.fee_words import dong
from tinhso.dossiers.fees import read_fees, rounded, work_out
from tinhso.dossiers.models import ON_PAPER, Channel
from tinhso.dossiers.models import ONLINE as CHANNELS_ONLINE

DAY = date(2026, 9, 14)
BASIS = [{"document": "Nghị quyết thử nghiệm", "verified": False}]
ONLINE = 'channel = "national"'
POOR = "answers.ho_ngheo = true"


def rule(begins: str = "2020-01-01", until: str | None = None, **more: Any) -> dict[str, Any]:
    return {"from": begins, "legal_basis": BASIS, **({"until": until} if until else {}), **more}


def fee(*cuts: dict[str, Any], rates: list[dict[str, Any]] | None = None, **more: Any) -> Any:
    declared = {
        "code": "le-phi",
        "name": "Lệ phí",
        "kind": "levy",
        "pay": "at_receipt",
        "rates": rates or [rule(amount=15_000)],
        "reductions": list(cuts),
        **more,
    }
    (found,) = read_fees({"fees": [declared]})
    return found


def facts(channel: str = "counter", **answers: Any) -> dict[str, Any]:
    return {"channel": channel, "answers": answers}


def cut(percent: int, when: str = ONLINE, name: str = "Giảm", **more: Any) -> dict[str, Any]:
    return rule(name=name, when=when, percent=percent, **more)


def due(declared: Any, given: dict[str, Any], day: date = DAY) -> int:
    owed = work_out(declared, given, day)
    return -1 if owed is None else owed.amount


def test_the_rule_of_the_day_applies() -> None:
    declared = fee(
        cut(50, begins="2023-12-01", until="2026-01-01"),
        rates=[rule(until="2022-01-01", amount=10_000), rule("2022-01-01", amount=15_000)],
    )
    days = {
        date(2021, 12, 31): 10_000,
        date(2022, 1, 1): 15_000,
        date(2023, 11, 30): 15_000,
        date(2023, 12, 1): 7_500,
        date(2025, 12, 31): 7_500,
        date(2026, 1, 1): 15_000,
    }
    assert {day: due(declared, facts("national"), day) for day in days} == days


def test_the_most_favourable_reduction_applies_alone_and_the_others_are_named() -> None:
    declared = fee(cut(50, name="Trực tuyến"), cut(30, POOR, "Hộ nghèo"))
    owed = work_out(declared, facts("national", ho_ngheo=True), DAY)
    assert owed is not None
    assert (owed.amount, owed.full) == (7_500, 15_000)
    assert [line for line in owed.lines if "Trực tuyến" in line and "còn 7.500 đồng" in line]
    assert [line for line in owed.lines if line.startswith("Hộ nghèo: không cộng thêm")]
    assert "14/09/2026" in owed.lines[-1]
    assert owed.lines_en[-1].endswith("14 Sep 2026: 7,500 đồng to pay.")
    assert len(owed.lines_en) == len(owed.lines)


@override("vi")
def test_a_reduction_says_what_it_does_by_its_rule() -> None:
    declared = fee(cut(100, name="Hộ nghèo"), cut(50, name="Trực tuyến", name_en="Online"))
    free, half = declared.reductions
    assert (free.told, half.told) == ("Miễn: Hộ nghèo", "Giảm 50%: Trực tuyến")
    (sum_of_its_own,) = fee(rule(name="Vùng khó", when=POOR, amount=30_000)).reductions
    assert sum_of_its_own.told == "Chỉ nộp 30.000 đồng: Vùng khó"
    with override("en"):
        assert half.told == "50% off: Online"
        owed = work_out(declared, facts("national"), DAY)
    assert owed is not None
    assert any(line.startswith("Miễn: Hộ nghèo (từ 01/01/2020): còn 0") for line in owed.lines)


def test_what_is_not_known_reduces_nothing() -> None:
    assert due(fee(cut(100, POOR)), facts()) == 15_000


def test_a_tier_has_its_own_amount_and_is_reduced_too() -> None:
    tiers = [
        {"name": "nhỏ", "when": "answers.q < 200", "amount": 400_000},
        {"name": "vừa", "when": "answers.q < 500", "amount": 1_100_000},
    ]
    declared = fee(cut(50), rates=[rule(amount=6_000_000, tiers=tiers)])
    found = {
        flow: due(declared, facts("national", q=Decimal(flow))) for flow in (199, 200, 499, 500)
    }
    assert found == {199: 200_000, 200: 550_000, 499: 550_000, 500: 3_000_000}


@pytest.mark.parametrize(("count", "expected"), [(3, 45_000), (0, -1), (-2, -1), (None, 15_000)])
def test_it_is_counted_by_what_was_declared(count: int | None, expected: int) -> None:
    declared = fee(per={"unit": "bản", "quantity": "answers.so_ban"})
    answers: dict[str, Any] = {"so_ban": None if count is None else Decimal(count)}
    assert due(declared, facts(**answers)) == expected


def test_a_fee_of_nothing_is_not_charged_but_one_reduced_to_nothing_is() -> None:
    assert work_out(fee(rates=[rule(amount=0)]), facts(), DAY) is None
    assert due(fee(cut(100)), facts("national")) == 0


def test_before_its_first_rate_nothing_is_charged() -> None:
    assert work_out(fee(), facts(), date(2019, 12, 31)) is None


def test_the_short_form_is_one_levy_without_end() -> None:
    content = {"fee": {"amount": 15_000}, "valid_from": "2020-01-01", "legal_basis": BASIS}
    (found,) = read_fees(content)
    assert due(found, facts("national")) == 15_000
    assert read_fees({"fee": {"amount": 0}}) == ()


def test_an_amount_is_written_with_points() -> None:
    assert dong(1_250_000) == "1.250.000 đồng"


@pytest.mark.slow
@given(
    amount=st.integers(0, 10**9),
    percent=st.integers(1, 100),
    round_to=st.sampled_from([1, 100, 500, 1000]),
)
def test_a_part_is_rounded_half_up_to_the_step_and_never_more_than_the_whole(
    amount: int, percent: int, round_to: int
) -> None:
    declared = fee(cut(percent), rates=[rule(amount=amount)], round_to=round_to)
    owed = work_out(declared, facts("national"), DAY)
    if owed is None:
        assert rounded(amount, round_to) == 0
        return
    assert isinstance(owed.amount, int)
    assert 0 <= owed.amount <= owed.full
    assert owed.amount % round_to == owed.full % round_to == 0
    exact = Decimal(owed.full) * (100 - percent) / 100
    assert -round_to < 2 * (owed.amount - exact) <= round_to


@pytest.mark.slow
@given(st.integers(1, 10**9), st.integers(1, 99))
def test_a_larger_reduction_never_leaves_more(amount: int, percent: int) -> None:
    rates = [rule(amount=amount)]
    less = due(fee(cut(percent + 1), rates=rates), facts("national"))
    assert less <= due(fee(cut(percent), rates=rates), facts("national"))


@pytest.mark.slow
@given(
    starts=st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, unique=True),
    ahead=st.integers(0, 4000),
)
def test_rates_that_follow_each_other_give_each_day_exactly_one(
    starts: list[date], ahead: int
) -> None:
    starts = sorted(starts)
    ends = [*(later.isoformat() for _, later in pairwise(starts)), None]
    rates = [
        rule(start.isoformat(), end, amount=1000 * number)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    day = starts[0] + timedelta(days=ahead)
    declared = fee(rates=rates)
    assert sum(rate.holds_on(day) for rate in declared.rates) == 1
    expected = 1000 * max(number for number, start in enumerate(starts, start=1) if start <= day)
    assert due(declared, facts(), day) == expected


def test_packs_mean_the_same_by_filed_on_line_as_figures_and_the_evening() -> None:
    assert {*CHANNELS_ONLINE, *ON_PAPER} == set(Channel)
    assert not {*CHANNELS_ONLINE} & {*ON_PAPER}
    named = [
        set(re.findall(r'"(\w+)"', ways))
        for entry in (settings.PROJECT / "packs").glob("*/procedures/*/procedure.yaml")
        for ways in re.findall(r"channel in \[(.*?)\]", entry.read_text())
    ]
    assert named
    assert all(ways == {way.value for way in CHANNELS_ONLINE} for ways in named)
