"""A report opens half written; a person decides on each sentence; what is corrected stands beside the computed."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from tinhso.indicators.models import (
    FigureCorrection,
    Report,
    ReportFigure,
    ReportSentence,
    SentenceDecision,
)
from tinhso.indicators.models.reports import Decision, ReportState
from tinhso.indicators.models.targets import Target
from tinhso.indicators.reports import services
from tinhso.indicators.reports.content import content_of
from tinhso.indicators.reports.errors import (
    FigureUnfit,
    ReasonMissing,
    ReportUnknown,
    ReportUnready,
    SentenceEmpty,
)
from tinhso.indicators.reports.errors import ReportState as StateUnfit
from tinhso.indicators.reports.figures import Numbers
from tinhso.indicators.reports.printing.sheet import xlsx
from tinhso.indicators.reports.printing.words import laid_out
from tinhso.indicators.reports.tests.offices import AT
from tinhso.indicators.reports.tests.stages import SIGNED, opened
from tinhso.kernel.errors import NotAllowed, StaleVersion

if TYPE_CHECKING:
    from tinhso.indicators.reports.tests.offices import Reporting


def figure(report: Report, code: str) -> ReportFigure:
    return ReportFigure.objects.get(report=report, indicator=code)


def _lines(section: dict[str, Any]) -> list[str]:
    found = [line for group in section["groups"] for line in group["lines"]]
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in found]


def offered(report: Report) -> ReportSentence:
    return ReportSentence.objects.get(report=report, kind="missed_targets")


def test_it_opens_with_the_figures_of_the_data_cut_off(offices: Reporting) -> None:
    report = opened(offices)
    online, settled = figure(report, "online"), figure(report, "settled")
    assert (online.numerator, online.denominator, online.value) == (6, 10, Decimal(60))
    assert settled.value == 5
    assert online.definition == "1"
    assert list(online.snapshots) == ["probe.cases"]


def test_what_no_record_tells_has_no_source_and_is_not_zero(offices: Reporting) -> None:
    poles = figure(opened(offices), "poles")
    assert (poles.source, poles.value) == ("no_source", None)


def test_a_missed_target_is_offered_as_a_sentence_with_the_gap(offices: Reporting) -> None:
    report = opened(offices)
    assert str(figure(report, "online").uuid) in offered(report).link, "it leads to its figure"
    assert offered(report).words == (
        "Tỷ lệ hồ sơ trực tuyến là 60% (6/10), thấp hơn chỉ tiêu 80% là 20 điểm %"
        " (theo Quyết định 55/QĐ-UBND)."
    )


def test_it_opens_once_and_only_by_its_own_people(offices: Reporting) -> None:
    key = offices.report(offices.ba_gia).uuid
    with pytest.raises(ReportUnknown):
        services.open_report(key, actor=offices.far_clerk, at=AT)
    with pytest.raises(NotAllowed):
        services.open_report(key, actor=offices.colonel, at=AT)
    assert not ReportFigure.objects.exists()
    opened(offices)
    with pytest.raises(StateUnfit):
        services.open_report(key, actor=offices.clerk, at=AT)
    assert offices.report(offices.ba_gia).state == ReportState.DRAFT


def test_each_decision_on_a_sentence_is_a_row(offices: Reporting) -> None:
    report = opened(offices)
    sentence = offered(report)
    decide = partial(services.decide, report.uuid, sentence.uuid, actor=offices.clerk, at=AT)
    decide(decision=Decision.CHANGED, words="Mới đạt 60 %.", expected=0)
    decide(decision=Decision.DROPPED, expected=1)
    decide(decision=Decision.KEPT, expected=2)
    rows = SentenceDecision.objects.filter(sentence=sentence).order_by("pk")
    assert list(rows.values_list("kind", flat=True)) == ["changed", "dropped", "kept"]
    sentence.refresh_from_db()
    assert sentence.words == sentence.offered, "a sentence that is kept says what was offered"


def test_two_at_once_the_second_is_told(offices: Reporting) -> None:
    report = opened(offices)
    sentence = offered(report)
    keep = partial(services.decide, decision=Decision.KEPT, expected=0, at=AT)
    keep(report.uuid, sentence.uuid, actor=offices.clerk)
    with pytest.raises(StaleVersion):
        keep(report.uuid, sentence.uuid, actor=offices.head)
    assert SentenceDecision.objects.count() == 1


def test_one_writes_what_nobody_offered(offices: Reporting) -> None:
    report = opened(offices)
    with pytest.raises(SentenceEmpty):
        services.write(report.uuid, "next", words=" \n ", actor=offices.clerk, at=AT)
    assert not SentenceDecision.objects.exists()
    made = services.write(
        report.uuid, "next", words="Ra quân cấp căn cước.", actor=offices.clerk, at=AT
    )
    assert (made.decision, made.words) == (Decision.WRITTEN, "Ra quân cấp căn cước.")


def test_a_corrected_figure_stands_beside_the_computed_one(offices: Reporting) -> None:
    report = opened(offices)
    online = figure(report, "online")
    services.correct(
        report.uuid,
        online.uuid,
        Numbers(None, 8, 10),
        reason="Hai hồ sơ nộp hộ",
        expected=0,
        actor=offices.clerk,
        at=AT,
    )
    online.refresh_from_db()
    assert online.value == 60
    assert online.stated == {"value": "80.00", "numerator": 8, "denominator": 10}
    services.recount(report.uuid, actor=offices.clerk, at=AT)
    online.refresh_from_db()
    assert online.stated is not None, "taking the figures anew keeps what a person said"
    services.withdraw_correction(
        report.uuid, online.uuid, reason="Nhầm", actor=offices.clerk, at=AT
    )
    online.refresh_from_db()
    assert online.stated is None
    assert FigureCorrection.objects.count() == 2


@pytest.mark.parametrize(
    "said", [Numbers(None, 11, 10), Numbers(None, -1, 10), Numbers(None, 5), Numbers(Decimal(50))]
)
def test_numbers_that_cannot_be_are_refused(offices: Reporting, said: Numbers) -> None:
    report = opened(offices)
    online = figure(report, "online")
    with pytest.raises(FigureUnfit):
        services.correct(report.uuid, online.uuid, said, reason="Sửa", actor=offices.clerk, at=AT)
    assert not FigureCorrection.objects.exists()


def test_a_correction_says_why(offices: Reporting) -> None:
    report = opened(offices)
    poles = figure(report, "poles")
    with pytest.raises(ReasonMissing):
        services.correct(
            report.uuid, poles.uuid, Numbers(Decimal(3)), reason=" ", actor=offices.clerk, at=AT
        )
    assert not FigureCorrection.objects.exists()


def test_what_is_no_longer_known_is_no_longer_offered(offices: Reporting) -> None:
    report = opened(offices)
    Target.objects.update(value=50)
    services.recount(report.uuid, actor=offices.clerk, at=AT)
    assert not report.sentences.exists()


def test_a_sentence_follows_the_corrected_figure_and_says_both_with_the_reason(
    offices: Reporting,
) -> None:
    report = opened(offices)
    online, sentence = figure(report, "online"), offered(report)
    services.keep_rest(report.uuid, "shortfalls", actor=offices.clerk, at=AT)
    said: dict[str, Any] = {"reason": "Hai hồ sơ nộp hộ", "actor": offices.clerk, "at": AT}
    with translation.override("en"):
        services.correct(report.uuid, online.uuid, Numbers(None, 17, 20), **said)
    sentence.refresh_from_db()
    assert sentence.decision == Decision.WAITING, "what was kept said another figure"
    both = (
        "Tỷ lệ hồ sơ trực tuyến theo số đơn vị báo cáo là 85% (17/20), đạt chỉ tiêu 80% (theo Quyết định"
        " 55/QĐ-UBND); hệ thống tính 60% (6/10), thấp hơn chỉ tiêu 80% là 20 điểm %. Lý do sửa: Hai hồ sơ nộp hộ."
    )
    assert sentence.words == both
    content = content_of(report)
    lines = [line for each in laid_out(content)["sections"] for line in _lines(each)]
    assert both in lines, "PDF and Word are made of these words"
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(content)))
    assert both in [row[-1] for row in book.get_sheet_by_name("Nội dung").to_python()]
    services.withdraw_correction(report.uuid, online.uuid, **said)
    assert offered(report).words.startswith("Tỷ lệ hồ sơ trực tuyến là 60% (6/10), thấp hơn")


def test_of_a_reworded_sentence_the_changed_figure_is_told_until_somebody_decides(
    offices: Reporting,
) -> None:
    report = opened(offices)
    online, sentence = figure(report, "online"), offered(report)
    decide = partial(services.decide, report.uuid, sentence.uuid, actor=offices.clerk, at=AT)
    said: dict[str, Any] = {"reason": "Hai hồ sơ nộp hộ", "actor": offices.clerk, "at": AT}
    decide(decision=Decision.CHANGED, words="Mới đạt 60%.")
    services.correct(report.uuid, online.uuid, Numbers(None, 7, 10), **said)
    outrun = offered(report)
    assert (outrun.words, outrun.is_outrun) == ("Mới đạt 60%.", True)
    assert "là 70% (7/10)" in outrun.offered
    assert services.keep_rest(report.uuid, "shortfalls", actor=offices.clerk, at=AT) == 0
    with pytest.raises(ReportUnready):
        services.confirm(report.uuid, signing=SIGNED, actor=offices.head, at=AT)
    decide(decision=Decision.KEPT)
    assert "là 70% (7/10)" in offered(report).words, "one click takes the new words"
    Target.objects.update(value=50)
    services.recount(report.uuid, actor=offices.clerk, at=AT)
    gone = offered(report)
    assert (gone.offered, gone.is_outrun) == ("", True), "what was decided on is not taken back"
    decide(decision=Decision.CHANGED, words=gone.words)
    assert offered(report).decision == Decision.WRITTEN
