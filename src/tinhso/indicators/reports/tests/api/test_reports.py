"""A report by the API, from what is owed to what is received: the same rights and refusals as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tinhso.accounts.models import SentKey
from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.events.models import Event
from tinhso.indicators.models import (
    FigureCorrection,
    Report,
    ReportSentence,
    SentenceDecision,
    Submission,
)
from tinhso.indicators.models.reports import ReportState
from tinhso.indicators.reports.permissions import ReportPermission as Right
from tinhso.indicators.reports.tests.offices import AT
from tinhso.indicators.reports.tests.stages import opened, sent, submitted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.indicators.reports.tests.offices import Reporting

pytestmark = pytest.mark.slow
PATH = "/api/v1/reports"
KEY = "so-y-te-000001"
SIGNED = {"signer": "Hoa", "post": "CHỦ TỊCH", "capacity": "TM. ỦY BAN NHÂN DÂN"}


def at(report: Report, *parts: object) -> str:
    return "/".join([PATH, str(report.uuid), *map(str, parts)])


def part(told: dict[str, Any], section: str, kind: str, **wanted: object) -> dict[str, Any]:
    """The only figure or sentence of a section that is so."""
    (found,) = next(each for each in told["sections"] if each["code"] == section)[kind]
    assert wanted.items() <= found.items()
    return dict(found)


def figure(told: dict[str, Any], indicator: str) -> dict[str, Any]:
    figures = [each for section in told["sections"] for each in section["figures"]]
    return dict(next(each for each in figures if each["indicator"] == indicator))


def refused(answer: HttpResponse, status: int, code: str) -> None:
    assert (answer.status_code, content(answer)["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


def test_it_is_listed_opened_written_confirmed_and_sent(ours: Caller) -> None:
    (owed,) = content(ours.get(PATH, {"state": "due"}))["reports"]
    assert (owed["regime"], owed["period"]) == ("de-an-06", "2026-10")
    assert (owed["agency"]["name"], owed["receiver"]["name"]) == (
        "UBND xã Ba Gia",
        "Công an tỉnh Thử nghiệm",
    )
    address = f"{PATH}/{owed['uuid']}"
    told = content(ours.post(f"{address}/opening", {"expected_version": owed["version"]}))
    online = figure(told, "online")
    assert (online["value"], online["numerator"], online["denominator"]) == ("60", 6, 10)
    correction = {"numerator": 8, "denominator": 10, "reason": "Hai hồ sơ nộp hộ"}
    told = content(ours.put(f"{address}/figures/{online['uuid']}/correction", correction))
    assert figure(told, "online")["stated"] == {"value": "80", "numerator": 8, "denominator": 10}
    assert figure(told, "online")["value"] == "60", "both stand"
    assert figure(told, "online")["reason"] == "Hai hồ sơ nộp hộ"
    offered = part(told, "shortfalls", "sentences", decision="waiting")
    assert "hệ thống tính 60% (6/10)" in offered["words"], "the sentence follows the correction"
    changed = {
        "decision": "changed",
        "words": "Mới đạt 80%.",
        "expected_version": offered["version"],
    }
    ours.put(f"{address}/sentences/{offered['uuid']}", changed)
    told = content(ours.post(f"{address}/sections/next/sentences", {"words": "Ra quân."}))
    assert part(told, "next", "sentences", decision="written")["words"] == "Ra quân."
    assert part(told, "shortfalls", "sentences")["words"] == "Mới đạt 80%."
    confirmed = ours.post(
        f"{address}/confirmation", {**SIGNED, "expected_version": told["version"]}
    )
    assert content(confirmed)["signing"]["name"] == "Hoa"
    told = content(ours.post(f"{address}/submission"))
    assert (told["state"], told["history"][0]["act"]) == ("submitted", "submitted")
    sent = Submission.objects.get(report__uuid=owed["uuid"])
    assert sent.actor == f"partner:{ours.token.uuid}"


def test_the_receiver_reads_what_was_sent_and_returns_it_with_a_reason(
    offices: Reporting, ours: Caller, police: Caller
) -> None:
    report = opened(offices)
    ReportSentence.objects.create(
        report=report, section="next", kind="late_tasks", source="task:1", at=AT,
        offered="Chậm", words="Chậm", link="/nhiem-vu/1/",
    )  # fmt: skip
    sent(offices, report, offices.clerk, offices.head)
    told = content(police.get(at(report)))
    assert (told["is_own"], told["sent"], told["waiting"]) == (False, 1, 0)
    assert figure(told, "online")["version"] is None
    assert "/so-lieu/" in part(told, "shortfalls", "sentences")["link"]
    assert part(told, "next", "sentences")["link"] == "", "a task is not the receiver's to open"
    reason = {"reason": "Thiếu số trạm", "expected_version": told["version"]}
    assert content(police.post(at(report, "return"), reason))["state"] == "returned"
    told = content(ours.get(at(report)))
    assert (told["state"], told["history"][0]["words"]) == ("returned", "Thiếu số trạm")


def test_the_receiver_takes_it(offices: Reporting, police: Caller) -> None:
    report = submitted(offices)
    assert content(police.post(at(report, "receipt")))["state"] == "received"


def test_a_draft_is_nobody_elses_to_read(offices: Reporting, police: Caller) -> None:
    told = content(police.get(at(opened(offices))))
    assert (told["state"], told["sections"], told["signing"]) == ("draft", [], {})


def test_what_is_sent_again_under_its_key_changes_nothing(offices: Reporting, ours: Caller) -> None:
    report = opened(offices)
    online = figure(content(ours.get(at(report))), "online")["uuid"]
    said = {"numerator": 8, "denominator": 10, "reason": "Nộp hộ"}
    address = at(report, "figures", online, "correction")
    first = ours.put(address, said, Idempotency_Key=KEY)
    events = Event.objects.count()
    again = ours.put(address, said, Idempotency_Key=KEY)
    assert content(first) == content(again)
    assert (FigureCorrection.objects.count(), Event.objects.count()) == (1, events)
    other = ours.put(address, {**said, "numerator": 9}, Idempotency_Key=KEY)
    refused(other, 409, "dossiers.key_used_otherwise")
    assert FigureCorrection.objects.count() == 1


def test_a_refused_act_leaves_its_key_free(offices: Reporting, ours: Caller) -> None:
    report = opened(offices)
    refused(
        ours.post(at(report, "submission"), Idempotency_Key=KEY), 409, "indicators.report_state"
    )
    assert not SentKey.objects.exists()


def test_a_correction_is_withdrawn(offices: Reporting, ours: Caller) -> None:
    report = opened(offices)
    poles = figure(content(ours.get(at(report))), "poles")["uuid"]
    ours.put(at(report, "figures", poles, "correction"), {"value": "12", "reason": "Đếm tay"})
    assert figure(content(ours.get(at(report))), "poles")["stated"]["value"] == "12"
    told = ours.post(at(report, "figures", poles, "correction-withdrawal"), {"reason": "Nhầm"})
    assert figure(content(told), "poles")["stated"] is None


def test_lists_are_told_by_side_state_period_and_term(offices: Reporting, police: Caller) -> None:
    def keys(**asked: str) -> list[str]:
        return [each["uuid"] for each in content(police.get(PATH, asked))["reports"]]

    own = str(offices.report(offices.police, "province").uuid)
    assert keys(side="own") == [own]
    assert own not in keys(side="incoming")
    assert len(keys(side="incoming")) == 3
    assert len(keys(due_to="2026-10-19")) == 3
    assert keys(period="2026-09") == keys(state="received") == keys(regime="other") == []
    refused(
        police.get(PATH, {"cursor": "00000000-0000-4000-8000-000000000000"}),
        422,
        "dossiers.cursor_unknown",
    )


def test_a_page_names_the_one_that_follows(
    offices: Reporting, police: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    del offices
    monkeypatch.setattr("tinhso.indicators.reports.paging.PAGE", 2)
    first = content(police.get(PATH))
    second = content(police.get(PATH, {"cursor": first["next"]}))
    assert (len(first["reports"]), len(second["reports"]), second["next"]) == (2, 2, None)


OWN_ACTS: dict[str, tuple[str, dict[str, Any], Right]] = {
    "recount": ("recount", {}, Right.WRITE),
    "write": ("sections/next/sentences", {"words": "Thử"}, Right.WRITE),
    "confirm": ("confirmation", SIGNED, Right.CONFIRM),
}


@pytest.mark.parametrize("name", OWN_ACTS)
def test_each_act_takes_its_right(offices: Reporting, name: str) -> None:
    path, body, right = OWN_ACTS[name]
    report = opened(offices)
    events = Event.objects.count()
    rights = {Right.READ, Right.WRITE, Right.CONFIRM, Right.RECEIVE} - {right}
    refused(caller(offices.ba_gia, rights).post(at(report, path), body), 403, "permission_missing")
    assert Event.objects.count() == events


@pytest.mark.parametrize("path", ["receipt", "return"])
def test_only_who_receives_takes_or_returns_it(offices: Reporting, ours: Caller, path: str) -> None:
    report = submitted(offices)
    refused(ours.post(at(report, path), {"reason": "Thử"} if path == "return" else {}),
            403, "permission_missing")  # fmt: skip
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


@pytest.mark.parametrize(
    "path",
    [
        *("", "opening", "recount", "submission", "receipt", "reopening", "return"),
        *("confirmation", "sections/next/sentences"),
    ],
)
def test_a_stranger_finds_no_such_report(offices: Reporting, neighbour: Caller, path: str) -> None:
    report = offices.report(offices.ba_gia)
    body = {"reason": "Thử"} if path in {"reopening", "return"} else {}
    body |= SIGNED if path == "confirmation" else {}
    body |= {"words": "Thử"} if "sentences" in path else {}
    answer = neighbour.post(at(report, path), body) if path else neighbour.get(at(report))
    refused(answer, 404, "indicators.report_unknown")


def test_without_the_right_to_read_no_list_is_told(offices: Reporting) -> None:
    blind = caller(offices.ba_gia, ["dossiers:dossier:read"])
    refused(blind.get(PATH), 403, "permission_missing")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"numerator": 8, "denominator": 10}, "dossiers.request_malformed"),
        ({"numerator": 8, "denominator": 10, "reason": " "}, "dossiers.request_malformed"),
        ({"numerator": -1, "denominator": 10, "reason": "Sửa"}, "dossiers.request_malformed"),
        ({"value": "1e400", "reason": "Sửa"}, "dossiers.request_malformed"),
        ({"value": 80, "reason": "Sửa"}, "indicators.report_figure_unfit"),
        ({"numerator": 11, "denominator": 10, "reason": "Sửa"}, "indicators.report_figure_unfit"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    offices: Reporting, ours: Caller, said: dict[str, Any], code: str
) -> None:
    report = opened(offices)
    online = figure(content(ours.get(at(report))), "online")["uuid"]
    refused(ours.put(at(report, "figures", online, "correction"), said), 422, code)
    assert not FigureCorrection.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"decision": "changed"}, {"decision": "kept", "words": "Khác"}, {"decision": "waiting"}],
)
def test_a_decision_says_words_with_a_change_alone(
    offices: Reporting, ours: Caller, said: dict[str, str]
) -> None:
    report = opened(offices)
    offered = part(content(ours.get(at(report))), "shortfalls", "sentences")["uuid"]
    refused(ours.put(at(report, "sentences", offered), said), 422, "dossiers.request_malformed")
    assert not SentenceDecision.objects.exists()


def test_what_has_moved_on_is_refused(offices: Reporting, ours: Caller) -> None:
    report = opened(offices)
    stale = {"decision": "kept", "expected_version": 7}
    offered = part(content(ours.get(at(report))), "shortfalls", "sentences")["uuid"]
    refused(ours.put(at(report, "sentences", offered), stale), 409, "stale_version")
    refused(ours.post(at(report, "recount"), {"expected_version": 9}), 409, "stale_version")
    assert not SentenceDecision.objects.exists()


def test_it_is_not_confirmed_while_a_sentence_waits(offices: Reporting, ours: Caller) -> None:
    report = opened(offices)
    refused(ours.post(at(report, "confirmation"), SIGNED), 409, "indicators.report_unready")


@pytest.mark.parametrize("path", ["figures", "sentences"])
def test_a_line_that_is_not_there_is_not_found(offices: Reporting, ours: Caller, path: str) -> None:
    report = opened(offices)
    tail = ("correction",) if path == "figures" else ()
    body = {"value": "1", "reason": "Sửa"} if tail else {"decision": "kept"}
    answer = ours.put(at(report, path, report.uuid, *tail), body)
    refused(answer, 404, "indicators.report_line_unknown")


def test_a_section_that_the_outline_has_not_is_refused(offices: Reporting, ours: Caller) -> None:
    answer = ours.post(at(opened(offices), "sections/none/sentences"), {"words": "Thử"})
    refused(answer, 422, "indicators.report_section_unknown")
