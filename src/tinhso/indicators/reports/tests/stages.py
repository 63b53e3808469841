"""A report brought to a state, by the people whose acts lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.indicators.models import Report
from tinhso.indicators.reports import services
from tinhso.indicators.reports.services import Signing
from tinhso.indicators.reports.tests.offices import AT

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.actors import OfficerActor
    from tinhso.indicators.reports.tests.offices import Reporting

SIGNED = Signing("15/BC-UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def opened(offices: Reporting, *, at: datetime = AT) -> Report:
    """The report of Ba Gia, half written."""
    return services.open_report(offices.report(offices.ba_gia).uuid, actor=offices.clerk, at=at)


def sent(
    offices: Reporting,
    report: Report,
    clerk: OfficerActor,
    head: OfficerActor,
    *,
    at: datetime = AT,
) -> Report:
    """A report whose offered sentences were all kept, confirmed and sent."""
    del offices
    for section in ("shortfalls", "next"):
        services.keep_rest(report.uuid, section, actor=clerk, at=at)
    services.confirm(report.uuid, signing=SIGNED, actor=head, at=at)
    services.submit(report.uuid, actor=clerk, at=at)
    report.refresh_from_db()
    return report


def submitted(offices: Reporting, *, at: datetime = AT) -> Report:
    """The report of Ba Gia as it arrived."""
    return sent(offices, opened(offices, at=at), offices.clerk, offices.head, at=at)


def both_received(offices: Reporting) -> Report:
    """Those of Ba Gia and of Đăk Pơ received; the police's own, which gathers them, still to be made."""
    far = offices.report(offices.dak_po)
    services.open_report(far.uuid, actor=offices.far_clerk, at=AT)
    found = [submitted(offices), sent(offices, far, offices.far_clerk, offices.far_head)]
    for report in found:
        services.receive(report.uuid, actor=offices.gatherer, at=AT)
    return offices.report(offices.police, "province")
