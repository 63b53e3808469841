"""Forty dossiers in the real tables, laid down by hand: what is asked of them can be counted with a finger.

Days are of September 2026 unless a month stands before them. M is a fully online service of Project 06 at the commune,
B a partly online one at the department of construction, W one at the department of land that is not offered online.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.models import (
    Channel,
    Dossier,
    HandOver,
    ListedProcedure,
    ProcedureList,
    ProcedureVersion,
    Rating,
    Reopening,
    Result,
    State,
    Step,
    SupplementRequest,
)
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE, WELL, Desk, stored_paper
from tinhso.files.models import StoredFile
from tinhso.payments.models import Charge, ChargeKind, Method, Moment, Payment, PaymentLine

TABLE = """
nr what channel  received due   finished state       more
01 M    national 01       04    03       handed_over fee=transfer result=file
02 M    national 01       04    03       handed_over fee=qr result=file
03 M    national 02       07    04       handed_over fee=cash result=file
04 M    national 02       07    04       handed_over result=file
05 M    national 03       08    07       handed_over result=file
06 M    national 03       08    08       handed_over result=file score=5
07 M    national 07       10    14       handed_over
08 M    national 07       10    14       decided     score=2
09 M    counter  07       10    10       handed_over result=paper asked=1
10 M    counter  08       11    10       handed_over result=paper asked=2
11 M    counter  24       29    -        in_process
12 M    counter  28       10-05 -        in_process
13 M    post     10       15    14       handed_over given=post
14 M    counter  -        -     -        refused
15 M    national -        -     -        submitted
16 M    counter  07       10    -        cancelled
17 M    helper   08       11    11       handed_over
18 M    national 08-31    03    02       handed_over
19 M    national 30       10-03 -        in_process  late-evening
20 M    national 10-01    10-06 -        in_process  midnight
21 W    counter  10       25    21       handed_over fee=unpaid
22 W    counter  10       25    21       handed_over
23 W    counter  10       25    21       handed_over
24 W    counter  10       25    22       decided
25 W    counter  10       25    22       decided
26 B    national 11       25    23       handed_over given=post
27 B    national 11       25    23       handed_over
28 B    national 11       25    24       decided
29 B    counter  01       15    16       handed_over
30 B    counter  01       15    18       decided
31 B    national 03       20    -        awaiting_supplement
32 W    counter  12       25    -        withdrawn
33 B    counter  14       10-20 -        suspended
34 W    counter  02       18    17       decided     reopened
35 B    counter  04       22    21       decided     sent-back
36 W    counter  15       10-05 10-02    decided
37 M    national 14       -     15       handed_over
38 M    counter  15       18    17       handed_over
39 B    national 16       30    29       decided     result=file result=paper
40 M    national 15       18    18       handed_over
"""
CODES = {"M": MARRIAGE, "B": BUILDING, "W": WELL}
FEE = 15_000
MORNING = 9 * 60


@dataclass(frozen=True)
class Line:
    """One dossier as the table says."""

    number: int
    what: str
    channel: str
    received: date | None
    due: date | None
    finished: date | None
    state: str
    more: tuple[str, ...]

    @property
    def key(self) -> UUID:
        """The uuid of the dossier."""
        return uuid5(NAMESPACE_URL, f"forty/{self.number}")

    def said(self, name: str) -> list[str]:
        """The values of `name=value` in the last column."""
        return [word.partition("=")[2] for word in self.more if word.startswith(f"{name}=")]


def lines() -> list[Line]:
    """The table, read."""
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        number, what, channel, received, due, finished, state, *more = line.split()
        days = (_day(received), _day(due), _day(finished))
        found.append(Line(int(number), what, channel, *days, state, tuple(more)))
    return found


def _day(text: str) -> date | None:
    if text == "-":
        return None
    month, _dash, day = text.rpartition("-")
    return date(2026, int(month or 9), int(day))


def lay(desk: Desk) -> list[Line]:
    """Lay the forty dossiers down; the lists say which procedures are offered online."""
    for code, name in (
        (MARRIAGE, ProcedureList.ONLINE_WHOLE),
        (BUILDING, ProcedureList.ONLINE_PART),
    ):
        _list(code, name)
    _list(MARRIAGE, ProcedureList.PROJECT_06)
    places = {"M": desk.commune, "B": desk.construction, "W": desk.land}
    told = lines()
    for line in told:
        agency = places[line.what]
        dossier = Dossier.objects.create(
            uuid=line.key,
            number=f"H99-2609-{line.number:04d}" if line.received else None,
            procedure=ProcedureVersion.objects.get(procedure__code=CODES[line.what]),
            channel=Channel(line.channel),
            state=State(line.state),
            receiving_agency=agency,
            competent_agency=agency,
            returning_agency=agency,
            submitted_at=_received(line) or AT,
            received_at=_received(line),
            due_at=line.due and instant(line.due, 17 * 60),
            finished_at=line.finished and instant(line.finished, MORNING),
        )
        _happened(dossier, line)
    return told


def _list(code: str, name: ProcedureList) -> None:
    ListedProcedure.objects.create(
        list=name, version="1", code=code, period=(date(2024, 1, 1), None), document="Thử nghiệm"
    )


def _received(line: Line) -> datetime | None:
    if line.received is None:
        return None
    if "late-evening" in line.more:
        return instant(line.received, 23 * 60 + 59)
    return instant(line.received, 0 if "midnight" in line.more else MORNING)


def _happened(dossier: Dossier, line: Line) -> None:
    for ordinal, kind in enumerate(line.said("result")):
        _result(dossier, line, f"result/{ordinal}", kind)
    for count in line.said("asked"):
        for ordinal in range(int(count)):
            SupplementRequest.objects.create(
                **_row(dossier, f"asked/{ordinal}"),
                items=["Bản sao"],
                reason="Thiếu",
                answer_by=date(2026, 9, 30),
                phase="reception",
            )
    for score in line.said("score"):
        Rating.objects.create(**_row(dossier, "rated"), score=int(score))
    for way in line.said("given"):
        HandOver.objects.create(**_row(dossier, "given"), way=way)
    for way in line.said("fee"):
        _charge(dossier, way)
    if "reopened" in line.more:
        Reopening.objects.create(
            **_row(dossier, "again"),
            decision_number="1",
            decided_on=date(2026, 9, 3),
            reason="Sai sót",
            due_after=instant(date(2026, 9, 18), 17 * 60),
        )
    if "sent-back" in line.more:
        Step.objects.create(
            id=uuid5(dossier.uuid, "step"),
            dossier=dossier,
            ordinal=1,
            node="x",
            name="Thẩm định",
            act="appraise",
            role="specialist",
            agency=dossier.competent_agency,
            opened_at=dossier.received_at or AT,
            closed_at=dossier.finished_at,
            closed_by="system:test",
            outcome="sent_back",
        )


def _row(dossier: Dossier, name: str) -> dict[str, Any]:
    at = dossier.received_at or AT
    return {"id": uuid5(dossier.uuid, name), "dossier": dossier, "at": at, "actor": "system:test"}


def _result(dossier: Dossier, line: Line, name: str, kind: str) -> None:
    file = None
    if kind == "file":
        file = StoredFile.objects.get(uuid=stored_paper(dossier=dossier.uuid)["key"])
    Result.objects.create(
        **_row(dossier, name),
        code="ket-qua",
        title="Kết quả",
        document_number="1",
        signer="Hoa",
        signed_on=line.finished or day_of(AT),
        file=file,
    )


def _charge(dossier: Dossier, way: str) -> None:
    charge = Charge.objects.create(
        subject=dossier.uuid,
        code="le-phi",
        kind=next(iter(ChargeKind)),
        name="Lệ phí",
        about="Lệ phí",
        reference=str(dossier.number),
        payer="Lan",
        agency=dossier.competent_agency,
        amount=FEE,
        full=FEE,
        lines=[],
        on=date(2026, 9, 1),
        moment=next(iter(Moment)),
        at=AT,
        actor="system:test",
    )
    if way == "unpaid":
        return
    payment = Payment.objects.create(
        subject=dossier.uuid,
        agency=dossier.competent_agency,
        year=2026,
        sequence=Payment.objects.count() + 1,
        method=Method(way),
        amount=FEE,
        payer="Lan",
        day=date(2026, 9, 1),
        at=AT,
        actor="system:test",
    )
    PaymentLine.objects.create(payment=payment, charge=charge, amount=FEE)
