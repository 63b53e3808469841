"""What the sources say stands in the packs word by word, with its place in the text, and is never taken for our own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from tinhso.indicators import catalogue
from tinhso.indicators.judging import Verdict, judge
from tinhso.indicators.models import ReportedFigure, Target
from tinhso.indicators.queries import Cut, past_targets, reported, targets_for
from tinhso.indicators.tests.cases import AT
from tinhso.indicators.tests.test_observe import EVERYBODY
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services
from tinhso.packs.loading import Book, load

SOURCES = Path(__file__).resolve().parents[5] / "shared" / "sources"


@pytest.fixture(scope="module")
def book() -> Book:
    return load(Path(settings.PROJECT) / "packs" / "source-figures")


def _items(book: Book, kind: str) -> list[dict[str, object]]:
    sources = [s for pack in book.packs for s in pack.sources if s.kind == kind]
    key = "targets" if kind == "targets" else "figures"
    return [item for source in sources for item in source.value[key]]


def test_every_quotation_stands_in_its_source(book: Book) -> None:
    if not SOURCES.is_dir():
        pytest.skip("the sources are not beside this clone")
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in SOURCES.glob("*.txt")}
    told = [*_items(book, "targets"), *_items(book, "reported_figures")]
    assert len(told) > 30
    for item in told:
        quotation = item["quotation"]
        assert isinstance(quotation, dict)
        start, text = quotation["start"], quotation["text"]
        assert texts[quotation["source"]][start : start + len(text)] == text


@pytest.mark.django_db
def test_applying_the_packs_records_each_once_and_judges_nobody_here(book: Book) -> None:
    assert book.problems == []
    services.apply(book, actor=SystemActor("test"), at=AT)
    services.apply(book, actor=SystemActor("test"), at=AT)
    assert ReportedFigure.objects.count() == len(_items(book, "reported_figures"))
    assert Target.objects.count() == len(_items(book, "targets"))
    codes = list(catalogue.in_force())
    every_year = Cut(AT.date().replace(year=2022), AT.date())
    assert not targets_for(codes, every_year, actor=EVERYBODY, at=AT)
    both = past_targets(["online-ratio"], actor=EVERYBODY, at=AT)
    assert sorted(target.value for target in both) == [Decimal(50), Decimal(100)]


@pytest.mark.django_db
def test_what_has_an_unclear_whole_is_shown_and_not_judged(book: Book) -> None:
    services.apply(book, actor=SystemActor("test"), at=AT)
    [told] = reported(["online-whole-ratio"], actor=EVERYBODY, at=AT)
    assert (told.numerator, told.denominator, told.is_unclear) == (35_305, 162_390, True)
    indicator = catalogue.indicator("online-whole-ratio")
    assert judge(indicator, told, Target(value=Decimal(50))).verdict is Verdict.NONE
    [clear] = reported(["online-ratio"], actor=EVERYBODY, at=AT)
    [of_002] = past_targets(["online-ratio"], actor=EVERYBODY, at=AT).filter(value=50)
    found = judge(catalogue.indicator("online-ratio"), clear, of_002)
    assert (found.verdict, found.short) == (Verdict.MISSED, Decimal(3))
