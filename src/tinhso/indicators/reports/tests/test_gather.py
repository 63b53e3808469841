"""A consolidated report adds parts and wholes, never percentages, and each number opens into the units behind it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tinhso.accounts.models import User
from tinhso.indicators.definitions import Indicator, Measure, MeasureKind
from tinhso.indicators.models import ReportFigure
from tinhso.indicators.reports import behind, services
from tinhso.indicators.reports.content import content_of
from tinhso.indicators.reports.errors import LineUnknown, NothingGathered
from tinhso.indicators.reports.figures import Numbers, total
from tinhso.indicators.reports.printing.sheet import xlsx
from tinhso.indicators.reports.printing.words import laid_out
from tinhso.indicators.reports.tests.offices import AT
from tinhso.indicators.reports.tests.stages import both_received, opened, sent, submitted

if TYPE_CHECKING:
    from tinhso.indicators.reports.tests.offices import Reporting

RATIO = Indicator("online", "1", "probe", "Tỷ lệ", numerator=object())  # type: ignore[arg-type]
PARTS = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=12)


@pytest.mark.slow
@given(PARTS)
def test_the_whole_is_divided_anew(drawn: list[tuple[int, int]]) -> None:
    parts = [(min(pair), max(pair)) for pair in drawn]
    found = total(RATIO, [Numbers(RATIO.value(n, d), n, d) for n, d in parts])
    numerator, denominator = sum(n for n, _ in parts), sum(d for _, d in parts)
    assert (found.numerator, found.denominator) == (numerator, denominator)
    assert found.value == RATIO.value(numerator, denominator)


def test_a_median_is_not_added_up() -> None:
    median = Indicator("m", "1", "probe", "Trung vị", measure=Measure(MeasureKind.MEDIAN, "x"))
    assert total(median, [Numbers(Decimal(3)), Numbers(Decimal(5))]).value is None


@pytest.mark.slow
def test_one_act_gathers_what_was_received(offices: Reporting) -> None:
    whole = both_received(offices)
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    online = ReportFigure.objects.get(report=whole, indicator="online", agency=None)
    assert (online.numerator, online.denominator) == (15, 40)
    assert online.value == Decimal("37.5"), "60 % and 30 % would make 45 % on average"
    units = behind.units_of(online, None)
    assert [(unit.name, unit.numbers.numerator) for unit in units] == [
        ("UBND xã Ba Gia", 6),
        ("UBND xã Đăk Pơ", 9),
    ]
    gathered = content_of(whole)["gathered"]
    assert gathered == {"units": 2, "of": 3, "missing": ["Sở Y tế tỉnh Thử nghiệm"]}


@pytest.mark.slow
def test_units_that_are_not_in_a_sum_are_named_wherever_it_stands(offices: Reporting) -> None:
    """Who sent nothing, and who sent no such figure: in the row, on the figure's page, in every paper."""
    whole = both_received(offices)
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    of_unit = ReportFigure.objects.filter(report=whole, indicator="online", agency=offices.ba_gia)
    of_unit.update(value=None, numerator=None, denominator=None)
    online = ReportFigure.objects.get(report=whole, indicator="online", agency=None)
    once = "2/3 đơn vị: UBND xã Ba Gia, và 1 đơn vị chưa gửi báo cáo"
    alone = "2/3 đơn vị: Sở Y tế tỉnh Thử nghiệm, UBND xã Ba Gia"
    client = Client()
    client.force_login(User.objects.get(pk=offices.gatherer.user))
    for said, *page in ((once, "report", whole.uuid), (alone, "figure", whole.uuid, online.uuid)):
        shown = client.get(reverse(f"reports:{page[0]}", args=page[1:])).content.decode()
        assert said in shown, page
    content = content_of(whole)
    paper = str(laid_out(content))
    assert once in paper, "PDF and Word are made of these words"
    assert paper.count("Sở Y tế tỉnh Thử nghiệm") == 1, "who sent nothing is named once"
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(content)))
    rows = book.get_sheet_by_name("Số liệu").to_python()
    assert [2, "Sở Y tế tỉnh Thử nghiệm; UBND xã Ba Gia"] in [row[-2:] for row in rows]


def test_sentences_of_the_units_come_along_each_with_its_unit(offices: Reporting) -> None:
    whole = both_received(offices)
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    found = whole.sentences.order_by("pk").values_list("kind", "unit", "decision")
    assert list(found) == [
        ("missed_targets", offices.ba_gia.pk, "waiting"),
        ("missed_targets", offices.dak_po.pk, "waiting"),
    ]


def test_a_unit_s_correction_shows_beside_the_sum(offices: Reporting) -> None:
    report = opened(offices)
    online = ReportFigure.objects.get(report=report, indicator="online")
    said = Numbers(None, 9, 10)
    services.correct(report.uuid, online.uuid, said, reason="Sót", actor=offices.clerk, at=AT)
    sent(offices, report, offices.clerk, offices.head)
    services.receive(report.uuid, actor=offices.gatherer, at=AT)
    whole = offices.report(offices.police, "province")
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    found = ReportFigure.objects.get(report=whole, indicator="online", agency=None)
    assert (found.numerator, found.denominator) == (6, 10)
    assert found.stated == {"value": "90.00", "numerator": 9, "denominator": 10}


@pytest.mark.slow
def test_a_unit_s_figure_is_corrected_by_the_unit_alone(offices: Reporting) -> None:
    whole = both_received(offices)
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    line = ReportFigure.objects.get(report=whole, indicator="online", agency=offices.ba_gia)
    said = Numbers(None, 9, 10)
    with pytest.raises(LineUnknown):
        services.correct(whole.uuid, line.uuid, said, reason="x", actor=offices.gatherer, at=AT)
    assert not line.corrections.exists()


def test_of_nothing_received_nothing_is_gathered(offices: Reporting) -> None:
    submitted(offices)
    whole = offices.report(offices.police, "province")
    with pytest.raises(NothingGathered):
        services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    assert not whole.figures.exists()


@pytest.mark.slow
def test_what_comes_later_is_added_when_gathered_again(offices: Reporting) -> None:
    report = submitted(offices)
    services.receive(report.uuid, actor=offices.gatherer, at=AT)
    whole = offices.report(offices.police, "province")
    services.open_report(whole.uuid, actor=offices.gatherer, at=AT)
    far = offices.report(offices.dak_po)
    services.open_report(far.uuid, actor=offices.far_clerk, at=AT)
    sent(offices, far, offices.far_clerk, offices.far_head)
    services.receive(far.uuid, actor=offices.gatherer, at=AT)
    services.recount(whole.uuid, actor=offices.gatherer, at=AT)
    online = ReportFigure.objects.get(report=whole, indicator="online", agency=None)
    assert (online.numerator, online.denominator) == (15, 40)
