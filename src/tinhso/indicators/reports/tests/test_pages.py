"""Reports as HTTP sees them: written, confirmed, sent, returned, received, gathered, taken along."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tinhso.accounts.models import User
from tinhso.indicators import visibility
from tinhso.indicators.models import Report, ReportFigure, ReportSentence, SentenceDecision
from tinhso.indicators.models.reports import ReportState
from tinhso.indicators.reports import services
from tinhso.indicators.reports.tests.offices import AT, INDICATORS, publish
from tinhso.indicators.reports.tests.stages import both_received, opened, sent, submitted
from tinhso.indicators.tests.cases import CASES

if TYPE_CHECKING:
    from tinhso.indicators.reports.tests.offices import Reporting

EVERYTHING = visibility._Said(lambda _actor, _at, subjects: subjects, lambda _actor, _at: False)


def client(offices: Reporting, who: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=getattr(offices, who).user))
    return made


def page(report: Report) -> str:
    return reverse("reports:report", args=[report.uuid])


def act(who: Client, report: Report, slug: str, **body: object) -> int:
    return who.post(reverse("reports:act", args=[report.uuid, slug]), body).status_code


def shown(who: Client, address: str) -> str:
    answer = who.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", ["phai-lam", "da-gui", "cho-nhan", "cham", "??"])
@pytest.mark.slow
def test_every_list_opens(offices: Reporting, view: str) -> None:
    submitted(offices)
    for who in ("clerk", "head", "gatherer", "chair", "outsider"):
        assert shown(client(offices, who), f"{reverse('reports:lists')}?xem={view}")


@pytest.mark.slow
def test_a_report_goes_its_way_by_its_pages(offices: Reporting) -> None:
    report = offices.report(offices.ba_gia)
    lan, hoa, hung = (client(offices, who) for who in ("clerk", "head", "gatherer"))
    assert "Lập báo cáo</button>" in shown(lan, page(report))
    assert act(lan, report, "lap") == 302
    text = shown(lan, page(report))
    assert "60%" in text
    assert "6/10" in text
    assert "Còn 1 câu" in text
    sentence = report.sentences.get()
    address = reverse("reports:sentence", args=[report.uuid, sentence.uuid])
    body = {"lam": "sua", "expected": "0", "words": "Mới đạt 60 % vì thiếu máy."}
    assert lan.post(address, body).status_code == 302
    number = {"number": "15/BC-UBND", "post": "CHỦ TỊCH", "capacity": "TM. ỦY BAN NHÂN DÂN"}
    report.refresh_from_db()
    assert act(lan, report, "xac-nhan", expected=report.version, **number) == 403
    assert act(hoa, report, "xac-nhan", expected=report.version - 1, **number) == 409
    assert act(hoa, report, "xac-nhan", expected=report.version, **number) == 302
    assert act(lan, report, "gui") == 302
    assert "vì thiếu máy" in shown(hung, page(report))
    assert act(hung, report, "tra-lai") == 422
    assert act(hung, report, "tra-lai", reason="Nêu trách nhiệm") == 302
    assert "Nêu trách nhiệm" in shown(lan, page(report))
    assert "bản 1" in shown(hung, reverse("reports:sent", args=[report.uuid, 1]))


@pytest.mark.slow
def test_a_draft_is_nobody_s_but_the_agency_s_own(offices: Reporting) -> None:
    report = opened(offices)
    text = shown(client(offices, "gatherer"), page(report))
    assert "chưa gửi" in text
    assert "60%" not in text
    figure = ReportFigure.objects.filter(report=report).first()
    assert figure is not None
    for name, more in (("reports:figure", [figure.uuid]), ("reports:paper", ["pdf"])):
        address = reverse(name, args=[report.uuid, *more])
        assert client(offices, "gatherer").get(address).status_code == 404
        assert client(offices, "far_clerk").get(address).status_code == 404
    assert client(offices, "far_clerk").get(page(report)).status_code == 404


@pytest.mark.slow
def test_whoever_receives_it_is_led_to_figures_alone(offices: Reporting) -> None:
    report = opened(offices)
    ReportSentence.objects.create(
        report=report, section="next", kind="late_tasks", source="task:1", at=AT,
        offered="Chậm", words="Chậm", link="/nhiem-vu/1/",
    )  # fmt: skip
    sent(offices, report, offices.clerk, offices.head)
    links = [
        shown(client(offices, who), reverse("reports:sent", args=[report.uuid, 1])).count(link)
        for who in ("clerk", "gatherer")
        for link in ("/nhiem-vu/1/", "Xem nguồn")
    ]
    assert links == [1, 2, 0, 1]


@pytest.mark.slow
def test_of_a_reworded_sentence_the_page_offers_the_changed_figure(offices: Reporting) -> None:
    report = opened(offices)
    lan, sentence = client(offices, "clerk"), report.sentences.get()
    address = reverse("reports:sentence", args=[report.uuid, sentence.uuid])
    lan.post(address, {"lam": "sua", "expected": "0", "words": "Mới đạt 60%."})
    online = ReportFigure.objects.get(report=report, indicator="online")
    corrected = reverse("reports:figure", args=[report.uuid, online.uuid])
    body = {"numerator": "7", "denominator": "10", "reason": "Nộp hộ", "expected": "0"}
    assert lan.post(corrected, body).status_code == 302
    text = shown(lan, page(report))
    assert "Câu theo số mới:</strong> Tỷ lệ hồ sơ trực tuyến theo số đơn vị báo cáo là 70%" in text
    assert "Lấy câu theo số mới" in text
    keep = {"lam": "sua", "expected": "2", "words": "Mới đạt 60%."}
    assert lan.post(address, keep).status_code == 302
    text = shown(lan, page(report))
    assert ("Số liệu đã đổi" in text, "Mới đạt 60%." in text) == (False, True)


def test_an_english_page_names_the_tables_in_english(offices: Reporting) -> None:
    report = opened(offices)
    lan = client(offices, "clerk")
    lan.cookies["django_language"] = "en"
    publish("indicator", "online", {**INDICATORS["online"], "name_en": "Filed on line"}, "2")
    text = shown(lan, page(report))
    assert ("Filed on line</a>" in text, "Tỷ lệ hồ sơ trực tuyến</a>" in text) == (True, False)


@pytest.mark.slow
def test_the_second_of_two_finds_the_typed_text_again(offices: Reporting) -> None:
    report = opened(offices)
    sentence = report.sentences.get()
    address = reverse("reports:sentence", args=[report.uuid, sentence.uuid])
    lan = client(offices, "clerk")
    assert lan.post(address, {"lam": "giu", "expected": "0"}).status_code == 302
    answer = lan.post(address, {"lam": "sua", "expected": "0", "words": "Lời của người thứ hai"})
    assert answer.status_code == 409
    assert "Lời của người thứ hai" in answer.content.decode()
    assert SentenceDecision.objects.count() == 1


@pytest.mark.slow
def test_a_figure_opens_into_its_records_and_is_corrected(
    offices: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = opened(offices)
    figure = ReportFigure.objects.get(report=report, indicator="online")
    address = reverse("reports:figure", args=[report.uuid, figure.uuid])
    hoa = client(offices, "head")
    monkeypatch.setitem(visibility._registry._entries, CASES.code, EVERYTHING)
    text = shown(hoa, address)
    assert text.count('<li><a href="/vu-viec/') == 6, "also of a table without number and code"
    assert "6 bản ghi" in text
    body = {"lam": "sua", "numerator": "11", "denominator": "10", "reason": "Sót", "expected": "0"}
    assert hoa.post(address, body).status_code == 422
    assert hoa.post(address, {**body, "numerator": "7"}).status_code == 302
    text = shown(hoa, page(report))
    assert "70%" in text
    assert "60%" in text, "the computed one stands beside it"
    assert "Sót" in text
    withdraw = {"lam": "bo-sua", "reason": "Nhầm", "expected": "1"}
    assert hoa.post(address, withdraw).status_code == 302
    figure.refresh_from_db()
    assert figure.stated is None


def test_words_are_kept_together_and_added(offices: Reporting) -> None:
    report = opened(offices)
    lan = client(offices, "clerk")
    keep = reverse("reports:keeping", args=[report.uuid, "shortfalls"])
    assert lan.post(keep).status_code == 302
    add = reverse("reports:writing", args=[report.uuid, "next"])
    assert lan.get(add).status_code == 200
    assert lan.post(add, {"words": ""}).status_code == 422
    assert lan.post(add, {"words": "Ra quân cấp căn cước."}).status_code == 302
    assert "Ra quân" in shown(lan, page(report))


@pytest.mark.slow
def test_the_period_shows_who_is_late_and_gathers_in_one_click(offices: Reporting) -> None:
    whole = both_received(offices)
    hung = client(offices, "gatherer")
    address = reverse("reports:period", args=["de-an-06", "2026-10", "unit"])
    text = shown(hung, address)
    assert "Sở Y tế" in text
    assert "Quá hạn" in text
    assert client(offices, "clerk").get(address).status_code == 403
    assert act(hung, whole, "lap") == 302
    text = shown(hung, page(whole))
    assert "37,5%" in text
    assert "15/40" in text
    assert "2/3" in text
    total = ReportFigure.objects.get(report=whole, indicator="online", agency=None)
    text = shown(hung, reverse("reports:figure", args=[whole.uuid, total.uuid]))
    assert "UBND xã Ba Gia" in text


@pytest.mark.slow
def test_it_is_taken_along_as_pdf_word_and_excel(offices: Reporting) -> None:
    report = submitted(offices)
    lan = client(offices, "clerk")

    def taken(form: str) -> BytesIO:
        answer = lan.get(reverse("reports:paper", args=[report.uuid, form]))
        assert answer.status_code == 200
        return BytesIO(answer.getvalue())

    text = " ".join(page.extract_text() for page in PdfReader(taken("pdf")).pages)
    for words in (
        "Độc lập - Tự do - Hạnh phúc",
        "15/BC-UBND",
        "ngày 15 tháng 10 năm 2026",
        "CHỦ TỊCH",
    ):
        assert words in text
    paper = Document(taken("docx"))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "I. Kết quả thực hiện" in said
    assert "thấp hơn chỉ tiêu 80%" in said
    assert paper.tables[1].rows[1].cells[1].text == "60% (6/10)"
    book = CalamineWorkbook.from_filelike(taken("xlsx"))
    rows = book.get_sheet_by_name("Số liệu").to_python()
    assert rows[1][6:9] == [60, 6, 10]
    assert lan.get(reverse("reports:paper", args=[report.uuid, "odt"])).status_code == 404


@pytest.mark.slow
def test_of_a_return_the_former_version_is_still_printed(offices: Reporting) -> None:
    report = submitted(offices)
    services.return_report(report.uuid, reason="Thiếu", actor=offices.gatherer, at=AT)
    address = reverse("reports:paper", args=[report.uuid, "xlsx"])
    answer = client(offices, "gatherer").get(address, {"lan": "1"})
    assert "lan-1" in answer["Content-Disposition"]
    assert client(offices, "gatherer").get(address, {"lan": "2"}).status_code == 404
    assert offices.report(offices.ba_gia).state == ReportState.RETURNED
    figure = ReportFigure.objects.filter(report=report).first()
    assert figure is not None
    changed = reverse("reports:figure", args=[report.uuid, figure.uuid])
    assert changed not in shown(client(offices, "gatherer"), page(report))
    assert client(offices, "gatherer").get(changed).status_code == 404
