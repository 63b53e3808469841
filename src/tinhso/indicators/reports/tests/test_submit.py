"""The head confirms, it is sent, received or returned; every version that was sent stays readable; late is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.calendars.clock import day_of
from tinhso.events.models import Event
from tinhso.indicators import changes
from tinhso.indicators.models import Report, ReportAct, Submission
from tinhso.indicators.models.reports import ReportState
from tinhso.indicators.reports import queries, regimes, services
from tinhso.indicators.reports.errors import ReasonMissing, ReportUnready
from tinhso.indicators.reports.errors import ReportState as StateUnfit
from tinhso.indicators.reports.facts import REPORTS
from tinhso.indicators.reports.notices import RULES
from tinhso.indicators.reports.tests.offices import AT, DUE, LATE, SYSTEM
from tinhso.indicators.reports.tests.stages import SIGNED, opened, submitted
from tinhso.kernel.errors import NotAllowed, StaleVersion
from tinhso.notifications.models import Notification
from tinhso.notifications.services import notify

if TYPE_CHECKING:
    from tinhso.indicators.reports.tests.offices import Reporting


def told(kind: str) -> set[str]:
    """Who is told of the newest events of a kind."""
    events = list(Event.objects.filter(kind=f"indicators.report_{kind}"))
    notify(events, at=AT)
    return set(Notification.objects.values_list("recipient", flat=True))


def test_those_named_owe_a_report_and_the_receiver_none_to_itself(offices: Reporting) -> None:
    owed = set(Report.objects.values_list("agency", "level"))
    assert owed == {
        (offices.health.pk, "unit"),
        (offices.ba_gia.pk, "unit"),
        (offices.dak_po.pk, "unit"),
        (offices.police.pk, "province"),
    }
    assert offices.report(offices.ba_gia).due_on == DUE.date(), "three working days after the 14th"


def test_a_period_is_called_for_once_when_it_has_ended(offices: Reporting) -> None:
    del offices
    before = Report.objects.count()
    assert services.call_ended(actor=SYSTEM, at=AT) == 0
    november = AT.replace(month=11, day=16)
    assert services.call_ended(actor=SYSTEM, at=november) == before
    assert services.call_ended(actor=SYSTEM, at=november) == 0


def test_nobody_is_late_for_what_nobody_asked(offices: Reporting) -> None:
    from tinhso.indicators.reports.tests.offices import REGIME, publish  # noqa: PLC0415

    publish("report_regime", "another", REGIME)
    known = Report.objects.count()
    assert services.call_ended(actor=SYSTEM, at=LATE) == 0
    assert services.call_ended(actor=SYSTEM, at=DUE) == known
    del offices


def test_the_head_confirms_only_what_somebody_decided_on(offices: Reporting) -> None:
    report = opened(offices)
    with pytest.raises(ReportUnready):
        services.confirm(report.uuid, signing=SIGNED, actor=offices.head, at=AT)
    services.keep_rest(report.uuid, "shortfalls", actor=offices.clerk, at=AT)
    with pytest.raises(NotAllowed):
        services.confirm(report.uuid, signing=SIGNED, actor=offices.clerk, at=AT)
    with pytest.raises(StaleVersion):
        services.confirm(
            report.uuid, signing=SIGNED, expected=report.version, actor=offices.head, at=AT
        )
    assert offices.report(offices.ba_gia).state == ReportState.DRAFT
    services.confirm(report.uuid, signing=SIGNED, actor=offices.head, at=AT)
    with pytest.raises(StateUnfit):
        services.write(report.uuid, "next", words="Thêm", actor=offices.clerk, at=AT)


def test_nothing_is_sent_that_no_head_confirmed(offices: Reporting) -> None:
    report = opened(offices)
    with pytest.raises(StateUnfit):
        services.submit(report.uuid, actor=offices.clerk, at=AT)
    assert not Submission.objects.exists()


def test_returned_with_reasons_and_sent_again_both_versions_stay(offices: Reporting) -> None:
    report = submitted(offices)
    with pytest.raises(ReasonMissing):
        services.return_report(report.uuid, reason="", actor=offices.gatherer, at=AT)
    with pytest.raises(NotAllowed):
        services.return_report(report.uuid, reason="Thiếu", actor=offices.clerk, at=AT)
    assert offices.report(offices.ba_gia).state == ReportState.SUBMITTED
    services.return_report(
        report.uuid, reason="Nêu rõ nguyên nhân", actor=offices.gatherer, at=LATE
    )
    back = Report.objects.late(day_of(LATE)).get(pk=report.pk)
    assert back.is_late(day_of(LATE)), "late again until it is sent again"
    assert queries.pace_of(back, day_of(LATE)).state == "late"
    services.write(report.uuid, "shortfalls", words="Do thiếu máy.", actor=offices.clerk, at=LATE)
    services.confirm(report.uuid, signing=SIGNED, actor=offices.head, at=LATE)
    services.submit(report.uuid, actor=offices.clerk, at=LATE)
    assert not Report.objects.late(day_of(LATE)).filter(pk=report.pk).exists()
    first, second = Submission.objects.filter(report=report).order_by("number")
    assert "Do thiếu máy." not in str(first.content)
    assert "Do thiếu máy." in str(second.content)
    report.refresh_from_db()
    assert report.is_on_time, "what was in time stays in time when it is sent again"


def test_only_the_receiver_receives(offices: Reporting) -> None:
    report = submitted(offices)
    with pytest.raises(NotAllowed):
        services.receive(report.uuid, actor=offices.head, at=AT)
    assert not ReportAct.objects.filter(kind="received").exists()
    services.receive(report.uuid, actor=offices.gatherer, at=AT)
    assert offices.report(offices.ba_gia).state == ReportState.RECEIVED


def test_who_has_not_sent_is_reminded_once_before_the_day(offices: Reporting) -> None:
    submitted(offices)
    assert services.remind(actor=SYSTEM, at=AT) == 0
    assert services.remind(actor=SYSTEM, at=DUE) == 2
    assert services.remind(actor=SYSTEM, at=DUE) == 0
    keys = told("reminded")
    assert offices.far_clerk.key in keys
    assert offices.clerk.key not in keys


def test_who_let_the_day_pass_is_late(offices: Reporting) -> None:
    submitted(offices, at=DUE)
    assert services.find_late(actor=SYSTEM, at=DUE) == 0
    assert services.find_late(actor=SYSTEM, at=LATE) == 2
    assert services.find_late(actor=SYSTEM, at=LATE) == 0
    rows = {row[4]: row for row in REPORTS.rows(None)}
    columns = [column.name for column in REPORTS.columns]
    on_time = columns.index("is_on_time")
    assert rows[offices.ba_gia.pk][on_time] is True
    assert rows[offices.dak_po.pk][on_time] is False
    assert REPORTS.total("") == len(rows)
    told = [each for each in changes.latest(SYSTEM, at=LATE) if "muộn" in each.name]
    assert [(each.name, each.agency, each.href) for each in told] == [
        ("2 báo cáo nộp muộn, xem danh sách", "", "/bao-cao/?xem=cham")
    ]


def test_every_notice_says_something(offices: Reporting) -> None:
    report = submitted(offices)
    services.return_report(report.uuid, reason="Thiếu", actor=offices.gatherer, at=AT)
    keys = told("returned") | told("submitted") | told("confirmed")
    assert {offices.clerk.key, offices.head.key, offices.gatherer.key} <= keys
    assert any("Thiếu" in body for body in Notification.objects.values_list("body", flat=True))
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_a_report_keeps_the_regime_under_which_it_fell_due(offices: Reporting) -> None:
    from tinhso.indicators.reports.tests.offices import REGIME, publish  # noqa: PLC0415

    changed = {**REGIME, "name": "Tên khác"}
    publish("report_regime", "de-an-06", changed, version="2")
    report = offices.report(offices.ba_gia)
    assert regimes.regime("de-an-06").name == "Tên khác"
    assert regimes.version_of(report.regime, report.regime_version).name == REGIME["name"]
