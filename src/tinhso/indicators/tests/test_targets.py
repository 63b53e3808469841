"""Targets are data: two for one indicator side by side, ended with a reason, each with the gap in records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tinhso.events.models import Event
from tinhso.indicators import services
from tinhso.indicators.errors import IndicatorUnknown, TargetEnded, TargetInvalid
from tinhso.indicators.judging import Verdict, judge
from tinhso.indicators.models import FigureKind, Target
from tinhso.indicators.queries import Cut, observe, targets_for
from tinhso.indicators.services import ReportedFacts, TargetFacts
from tinhso.indicators.tests.cases import AT, case, lay, publish
from tinhso.indicators.tests.test_observe import EVERYBODY, SEPTEMBER, Reader
from tinhso.kernel.permissions import PermissionMissing

pytestmark = pytest.mark.usefixtures("cases")
HALF = TargetFacts(
    indicator="online",
    value=Decimal(50),
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    level=Target.Level.NATIONAL,
    issuer="Ủy ban Quốc gia về chuyển đổi số",
)


def _lay_three_of_ten() -> None:
    lay(*(case(n, date(2026, 9, 2), is_online=n < 3) for n in range(10)))
    publish("online", ratio={"is": "is_online"}, direction="higher")


def test_two_targets_stand_side_by_side_each_with_its_gap() -> None:
    _lay_three_of_ten()
    services.assign_target(HALF, actor=EVERYBODY, at=AT)
    whole = replace(HALF, value=Decimal(100), issuer="UBND tỉnh", level=Target.Level.PROVINCE)
    services.assign_target(whole, actor=EVERYBODY, at=AT)
    [seen] = observe(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["online"]
    indicator = publish("online", version="2", ratio={"is": "is_online"}, direction="higher")
    targets = targets_for(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)
    judged = [judge(indicator, seen, target) for target in targets]
    assert [(each.verdict, each.records) for each in judged] == [
        (Verdict.MISSED, 2),
        (Verdict.MISSED, 7),
    ]
    assert Event.objects.filter(kind="indicators.target_assigned").count() == 2


@pytest.mark.parametrize(
    ("value", "direction", "verdict"),
    [
        ("30", "higher", Verdict.MET),
        ("31", "higher", Verdict.NEAR),
        ("40", "higher", Verdict.MISSED),
        ("40", "lower", Verdict.MET),
        ("10", "lower", Verdict.MISSED),
        ("50", "none", Verdict.NONE),
    ],
)
def test_the_direction_says_which_way_is_better(
    value: str, direction: str, verdict: Verdict
) -> None:
    _lay_three_of_ten()
    indicator = publish("way", ratio={"is": "is_online"}, direction=direction)
    [seen] = observe(["way"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)["way"]
    target = Target(indicator="way", value=Decimal(value))
    assert judge(indicator, seen, target).verdict is verdict


def test_what_has_no_clear_denominator_is_not_judged() -> None:
    indicator = publish("online", ratio={"is": "is_online"}, direction="higher")
    told = services.record_reported(
        ReportedFacts(
            indicator="online",
            first=date(2023, 1, 1),
            last=date(2023, 9, 30),
            kind=FigureKind.REPORTED,
            source="Báo",
            value=Decimal("21.74"),
            is_unclear=True,
        ),
        actor=EVERYBODY,
        at=AT,
    )
    assert judge(indicator, told, Target(value=Decimal(50))).verdict is Verdict.NONE
    told.is_unclear = False
    assert judge(indicator, told, Target(value=Decimal(50))).verdict is Verdict.MISSED


def test_a_target_ends_once_and_then_judges_nobody() -> None:
    _lay_three_of_ten()
    target = services.assign_target(HALF, actor=EVERYBODY, at=AT)
    ending = {"actor": EVERYBODY, "on": date(2026, 10, 1), "at": AT}
    with pytest.raises(TargetInvalid):
        services.end_target(target.uuid, reason=" ", **ending)  # type: ignore[arg-type]
    services.end_target(target.uuid, reason="Thay bằng chỉ tiêu mới", **ending)  # type: ignore[arg-type]
    with pytest.raises(TargetEnded):
        services.end_target(target.uuid, reason="Lần nữa", **ending)  # type: ignore[arg-type]
    assert not targets_for(["online"], Cut(*SEPTEMBER), actor=EVERYBODY, at=AT)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"indicator": "nothing"}, IndicatorUnknown),
        ({"value": Decimal(101)}, TargetInvalid),
        ({"last": date(2025, 1, 1)}, TargetInvalid),
        ({"issuer": ""}, TargetInvalid),
    ],
    ids=["indicator", "value", "days", "issuer"],
)
def test_what_is_no_target_is_refused_and_nothing_is_written(
    wrong: dict[str, object], refusal: type[Exception]
) -> None:
    _lay_three_of_ten()
    with pytest.raises(refusal):
        services.assign_target(replace(HALF, **wrong), actor=EVERYBODY, at=AT)  # type: ignore[arg-type]
    assert not Target.objects.exists()


def test_who_only_reads_assigns_nothing() -> None:
    _lay_three_of_ten()
    with pytest.raises(PermissionMissing):
        services.assign_target(HALF, actor=Reader(frozenset({1})), at=AT)
    assert not Target.objects.exists()
