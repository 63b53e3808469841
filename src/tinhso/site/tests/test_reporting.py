"""The demo's monthly reports: received, waiting, returned; everybody else owes theirs."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from tests.worlds import begun_with
from tinhso.indicators.models import Report
from tinhso.indicators.reports.tests.offices import REGIME, Reporting, make_reporting, publish
from tinhso.site.province.matters import Era
from tinhso.site.province.people import Staff
from tinhso.site.province.reporting import REGIME as CODE
from tinhso.site.province.reporting import report
from tinhso.warehouse.models import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
@begun_with
def offices() -> Reporting:
    """A province that reports."""
    return make_reporting()


@pytest.mark.slow
def test_units_send_and_the_shown_one_still_owes(offices: Reporting, tmp_path: Path) -> None:
    sections = [{"code": code, "name": code} for code in ("shortfalls", "next", "proposals")]
    publish("report_regime", CODE, {**REGIME, "sections": sections})
    era = Era(offices.province.pk, NOW.date(), communes=[offices.ba_gia.pk, offices.dak_po.pk])
    staff, kept = Staff(), Snapshot.objects.count()
    with override_settings(WAREHOUSE=tmp_path):
        report(staff, era, NOW, random.Random(1))  # noqa: S311  (no secret)
    states = dict(Report.objects.filter(regime=CODE, level="unit").values_list("agency", "state"))
    (sender,) = {offices.ba_gia.pk, offices.dak_po.pk} - {era.middle}
    assert states[sender] == "received"
    assert states[era.middle] == "due"
    assert Report.objects.get(regime=CODE, agency=era.middle).found_late_at == NOW
    assert [shown.role for shown in staff.sign_ins] == ["Công chức tổng hợp báo cáo Công an tỉnh"]
    assert Snapshot.objects.count() == kept
