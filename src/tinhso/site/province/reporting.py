"""Monthly reports of the demo: received, to be received, returned; the unit of the shown people owes its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tinhso.agencies.models import Level
from tinhso.agencies.queries import holder
from tinhso.calendars.clock import day_of, instant
from tinhso.indicators.models import Report, ReportFigure
from tinhso.indicators.reports import regimes, services
from tinhso.indicators.reports.figures import Numbers
from tinhso.indicators.reports.periods import last_ended
from tinhso.indicators.reports.services import Signing
from tinhso.kernel.actors import SystemActor
from tinhso.site.province import people
from tinhso.warehouse import declaring
from tinhso.warehouse.models import FactFile, Snapshot
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    import random

    from tinhso.accounts.actors import OfficerActor
    from tinhso.indicators.reports.periods import Period
    from tinhso.indicators.reports.regimes import Regime
    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff

ACTOR = SystemActor("demo")
REGIME = "de-an-06-thang"
FACTS = ("dossiers.dossier", "tasks.task")
SENT, RECEIVED = 8, 5
"""So many units have sent theirs; so many of these were received, the last was returned."""
MORNING, AFTERNOON = 8 * 60, 15 * 60


def report(staff: Staff, era: Era, until: datetime, rng: random.Random) -> None:
    """Play the last month whose day has passed, by the services, with the facts as they are now."""
    police = holder("residence", Level.PROVINCE, day_of(until), within=era.province)
    regime = regimes.in_force().get(REGIME)
    period = _passed(regime, until) if regime else None
    if police is None or regime is None or period is None:
        return
    gatherer = _people(staff, era, police.pk, until, rng)
    begun = instant(period.last + timedelta(days=1), MORNING)
    services.call(regime, period, actor=ACTOR, at=begun)
    units = [commune for commune in era.communes if commune != era.middle][:SENT]
    _build_facts(until)
    for place, unit in enumerate(units):
        owed = Report.objects.get(regime=REGIME, period=period.code, agency=unit)
        at = instant(owed.due_on - timedelta(days=1), AFTERNOON) + timedelta(minutes=7 * place)
        _send(owed, staff, at, corrects=place == 0, rng=rng)
        if place < RECEIVED:
            services.receive(owed.uuid, actor=gatherer, at=at + timedelta(hours=1))
        elif place == SENT - 1:
            why = "Mục II chưa nêu nguyên nhân và trách nhiệm; đề nghị bổ sung."
            services.return_report(
                owed.uuid, reason=why, actor=gatherer, at=at + timedelta(hours=1)
            )
    _forget_facts()
    services.find_late(actor=ACTOR, at=until)


def _people(
    staff: Staff, era: Era, police: int, until: datetime, rng: random.Random
) -> OfficerActor:
    """Writers and heads of the units that send, and whoever gathers at the police."""
    since = day_of(until) - timedelta(days=460)
    units = [commune for commune in era.communes if commune != era.middle][:SENT]
    places = [(unit, role) for unit in units for role in ("specialist", "agency-leader")]
    people.employ(staff, places, since=since, until=None, actor=ACTOR, at=until, rng=rng)
    label = "Công chức tổng hợp báo cáo Công an tỉnh"
    return people.sign_in_for(
        *(staff, "report-officer", label, "Thảo", police),
        deep=False,
        since=since,
        actor=ACTOR,
        at=until,
    )


def _passed(regime: Regime, until: datetime) -> Period | None:
    """The latest period whose reports were due before now; None before the regime began."""
    found = last_ended(regime.frequency, regime.first_day, day_of(until))
    while services.due_of(regime.levels[0], found).at > until:
        found = last_ended(regime.frequency, regime.first_day, found.first)
    return found if found.first >= regime.since else None


def _build_facts(until: datetime) -> None:
    for code in FACTS:
        rebuild(declaring.registry[code], at=until)


def _forget_facts() -> None:
    """The log has no places yet: the worker lays out facts of its own once it has."""
    FactFile.objects.filter(table__in=FACTS).delete()
    Snapshot.objects.filter(table__in=FACTS).delete()


def _send(owed: Report, staff: Staff, at: datetime, *, corrects: bool, rng: random.Random) -> None:
    writer = staff.at(owed.agency_id, "specialist", rng)
    head = staff.at(owed.agency_id, "agency-leader", rng)
    services.open_report(owed.uuid, actor=writer, at=at)
    if corrects:
        _correct(owed, writer, at)
    services.keep_rest(owed.uuid, "shortfalls", actor=writer, at=at)
    services.keep_rest(owed.uuid, "next", actor=writer, at=at)
    words = "Đề nghị bổ sung máy quét cho bộ phận một cửa cấp xã."
    services.write(owed.uuid, "proposals", words=words, actor=writer, at=at)
    signing = Signing(capacity="TM. ỦY BAN NHÂN DÂN", post="CHỦ TỊCH")
    services.confirm(owed.uuid, signing=signing, actor=head, at=at)
    services.submit(owed.uuid, actor=writer, at=at)


def _correct(owed: Report, writer: OfficerActor, at: datetime) -> None:
    """One figure is said otherwise, with the reason: both stand."""
    figure = ReportFigure.objects.filter(report=owed, indicator="online-ratio").first()
    if figure is None or not figure.denominator:
        return
    said = Numbers(None, min((figure.numerator or 0) + 1, figure.denominator), figure.denominator)
    why = "Một hồ sơ nộp hộ tại thôn chưa ghi kênh trực tuyến."
    services.correct(owed.uuid, figure.uuid, said, reason=why, actor=writer, at=at)
