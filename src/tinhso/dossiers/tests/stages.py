"""Dossiers brought to where an act is possible, and what it means that an act was refused."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit
from tinhso.dossiers import services
from tinhso.dossiers.models import Channel, Dossier, ImportBatch, State
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.dossiers.tests.factories import (
    AT,
    MARRIAGE,
    SYSTEM,
    Desk,
    answers,
    officer,
    received,
    step,
    submitted,
)
from tinhso.dossiers.tests.playing import tables
from tinhso.events.models import Event
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.errors import DomainError

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIVE_DAYS = Term(5, Unit.WORKING_DAYS)
TITLE = "Giấy xác nhận tình trạng hôn nhân"
SIGNER = "Hoa, Chủ tịch UBND xã"
DOCUMENT = ResultDocument("giay-xac-nhan", TITLE, "12/UBND-XNTTHN", SIGNER, AT.date())


@contextmanager
def refused(error: type[DomainError]) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    """The act is refused by that name, and nothing has happened: no row, no event, the worklist as it was."""
    before = tables(), Event.objects.count(), Party.objects.count()
    with pytest.raises(error) as caught:
        yield caught
    assert (tables(), Event.objects.count(), Party.objects.count()) == before


@dataclass
class Act:
    """An act that would succeed: call `run()`, or with another actor, version or facts."""

    name: str
    dossier: Dossier
    actor: Actor
    keys: list[Any] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def run(
        self, actor: Actor | None = None, *, dossier: Dossier | None = None, **changes: Any
    ) -> Dossier:
        done: Dossier = getattr(services, self.name)(
            (dossier or self.dossier).uuid,
            *self.keys,
            actor=actor or self.actor,
            at=changes.pop("at", AT),
            **self.facts | changes,
        )
        return done


def until(desk: Desk, node: str, *, at: datetime = AT) -> Dossier:
    """A dossier of the commune whose work has come to a step."""
    dossier = received(desk, at=at)
    if node == "tham_dinh":
        return dossier
    dossier = services.forward(
        dossier.uuid, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=at
    )
    if node == "ky_duyet":
        return dossier
    dossier = services.decide(
        dossier.uuid, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=at
    )
    if node == "ket_qua":
        return dossier
    document = replace(DOCUMENT, signed_on=day_of(at))
    return services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), document, actor=desk.specialist, at=at
    )


REFUSAL = replace(
    DOCUMENT, code="tu-choi", title="Văn bản từ chối giải quyết", document_number="13/UBND-TC"
)
WHY = "Đã có đăng ký kết hôn còn hiệu lực"


def decided(desk: Desk, dossier: Dossier, *, at: datetime = AT) -> Dossier:
    """A received dossier, appraised and approved, whoever was asked and has not answered."""
    on: dict[str, Any] = {"unheard": True, "at": at}
    key = dossier.uuid
    work = step(dossier, "tham_dinh")
    services.forward(key, work, actor=desk.specialist, outcome="agree", **on)
    return services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, **on)


def rejected(desk: Desk, *, at: datetime = AT) -> Dossier:
    """A dossier of the commune that its leader refused; the document is not there yet."""
    dossier = until(desk, "ky_duyet", at=at)
    return services.decide(
        dossier.uuid,
        step(dossier, "ky_duyet"),
        actor=desk.leader,
        approves=False,
        reason=WHY,
        at=at,
    )


def asked(desk: Desk, dossier: Dossier | None = None, *, at: datetime = AT) -> Dossier:
    """A dossier about which the department of health was asked."""
    dossier = dossier or received(desk, at=at)
    return services.ask_opinion(
        dossier.uuid,
        actor=desk.specialist,
        agency=desk.health.pk,
        question="Có ảnh hưởng không?",
        term=FIVE_DAYS,
        at=at,
    )


def waiting(
    desk: Desk, dossier: Dossier | None = None, *, actor: Actor | None = None, at: datetime = AT
) -> Dossier:
    """A dossier whose applicant was asked to supplement it."""
    dossier = dossier or received(desk, at=at)
    return services.request_supplement(
        dossier.uuid,
        actor=actor or desk.specialist,
        items=["Bản sao giấy cũ"],
        reason="Thiếu giấy tờ",
        at=at,
    )


def supplemented(dossier: Dossier, *, actor: Actor, at: datetime, code: str = MARRIAGE) -> Dossier:
    """The answer came."""
    return services.supplement(
        dossier.uuid,
        actor=actor,
        answers=answers(code, dossier=dossier.uuid),
        channel=Channel.NATIONAL,
        at=at,
    )


def make_imported(desk: Desk) -> Dossier:
    """A dossier of another system's log."""
    version = submitted(desk).procedure
    batch = ImportBatch.objects.create(
        file_name="nhat-ky.xes",
        content_hash=uuid4().hex,
        at=AT,
        actor="system:test",
        cases=1,
        steps=0,
        agency=desk.commune,
        procedure_id=version.procedure_id,
    )
    return Dossier.objects.create(
        uuid=uuid4(),
        procedure=version,
        channel=Channel.COUNTER,
        state=State.IN_PROCESS,
        receiving_agency=desk.commune,
        competent_agency=desk.commune,
        returning_agency=desk.commune,
        submitted_at=AT,
        batch=batch,
    )


def _receive(desk: Desk) -> Act:
    return Act("receive", submitted(desk), desk.clerk)


def _refuse(desk: Desk) -> Act:
    return Act("refuse", submitted(desk), desk.clerk, facts={"reason": "Sai thẩm quyền"})


def _request_supplement(desk: Desk) -> Act:
    facts = {"items": ["Bản sao"], "reason": "Thiếu"}
    return Act("request_supplement", received(desk), desk.specialist, facts=facts)


def _supplement(desk: Desk) -> Act:
    facts = {"answers": answers(), "channel": Channel.NATIONAL}
    return Act("supplement", waiting(desk), desk.clerk, facts=facts)


def _stop(desk: Desk) -> Act:
    long_ago = AT - 90 * DAY
    dossier = waiting(desk, received(desk, at=long_ago), at=long_ago)
    return Act("stop", dossier, desk.head, facts={"reason": "Hết hạn bổ sung"})


def _assign(desk: Desk) -> Act:
    from tinhso.accounts.models import User  # noqa: PLC0415

    dossier = received(desk)
    person = User.objects.get(pk=desk.specialist.user)
    return Act("assign", dossier, desk.head, [step(dossier, "tham_dinh")], {"person": person})


def _take(desk: Desk) -> Act:
    dossier = received(desk)
    return Act("take", dossier, desk.specialist, [step(dossier, "tham_dinh")])


def _forward(desk: Desk) -> Act:
    dossier = received(desk)
    return Act(
        "forward", dossier, desk.specialist, [step(dossier, "tham_dinh")], {"outcome": "agree"}
    )


def _send_back(desk: Desk) -> Act:
    dossier = until(desk, "ky_duyet")
    facts = {"to": "tham_dinh", "note": "Xác minh lại"}
    return Act("send_back", dossier, desk.leader, [step(dossier, "ky_duyet")], facts)


def _ask_opinion(desk: Desk) -> Act:
    facts = {"agency": desk.health.pk, "question": "Có ý kiến gì?", "term": FIVE_DAYS}
    return Act("ask_opinion", received(desk), desk.specialist, facts=facts)


def _give_opinion(desk: Desk) -> Act:
    dossier = asked(desk)
    facts = {"agrees": True, "content": "Thống nhất"}
    return Act("give_opinion", dossier, desk.outsider, [step(dossier, "opinion")], facts)


def _decide(desk: Desk) -> Act:
    dossier = until(desk, "ky_duyet")
    return Act("decide", dossier, desk.leader, [step(dossier, "ky_duyet")], {"approves": True})


def _attach_result(desk: Desk) -> Act:
    dossier = until(desk, "ket_qua")
    return Act("attach_result", dossier, desk.specialist, [step(dossier, "ket_qua"), DOCUMENT])


def _hand_over(desk: Desk) -> Act:
    dossier = until(desk, "tra_ket_qua")
    return Act("hand_over", dossier, desk.clerk, [step(dossier, "tra_ket_qua")], {"way": "counter"})


def _extend(desk: Desk) -> Act:
    return Act("extend", received(desk), desk.leader, facts={"reason": "Chậm", "term": FIVE_DAYS})


def _suspend(desk: Desk) -> Act:
    return Act("suspend", received(desk), desk.leader, facts={"reason": "Chờ tòa án"})


def _resume(desk: Desk) -> Act:
    return Act("resume", _suspend(desk).run(), desk.leader)


def _require_payment(desk: Desk) -> Act:
    facts = {"amount": 50_000, "reason": "Lệ phí"}
    return Act("require_payment", received(desk), desk.specialist, facts=facts)


def _confirm_payment(desk: Desk) -> Act:
    owing = _require_payment(desk).run()
    return Act("confirm_payment", owing, desk.clerk, facts={"voucher": "BL-0001"})


def _withdraw(desk: Desk) -> Act:
    return Act("withdraw", received(desk), desk.clerk, facts={"reason": "Đơn xin rút tại quầy"})


def _cancel_receipt(desk: Desk) -> Act:
    return Act("cancel_receipt", received(desk), desk.clerk, facts={"reason": "Nhầm thủ tục"})


def concluded(desk: Desk, *, at: datetime = AT) -> Dossier:
    """A dossier whose result was handed over."""
    dossier = until(desk, "tra_ket_qua", at=at)
    return services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=at
    )


def _reopen(desk: Desk) -> Act:
    facts = {
        "decision_number": "7/QĐ-UBND",
        "decided_on": AT.date(),
        "reason": "Kết luận thanh tra",
        "term": FIVE_DAYS,
    }
    return Act("reopen", concluded(desk), desk.leader, facts=facts)


def _ask_transfer(desk: Desk) -> Act:
    facts = {"agency": desk.health.pk, "reason": "Thuộc thẩm quyền Sở Y tế"}
    return Act("ask_transfer", received(desk), desk.leader, facts=facts)


def _answer_transfer(desk: Desk) -> Act:
    dossier = _ask_transfer(desk).run()
    head = officer("Đào", "unit-head", desk.health)
    return Act("answer_transfer", dossier, head, [step(dossier, "transfer")], {"accepts": True})


def _apologise(desk: Desk) -> Act:
    """A dossier whose appointed time was over the day before."""
    dossier = received(desk, at=AT - 7 * DAY)
    facts = {"reason": "Chờ xác minh", "promised_on": (AT + 3 * DAY).date()}
    return Act("apologise", dossier, desk.leader, facts=facts)


def _waive_apology(desk: Desk) -> Act:
    one = Dossier.objects.filter(pk=until(desk, "tra_ket_qua").pk)
    one.update(due_at=AT - 7 * DAY)
    return Act("waive_apology", one.get(), desk.leader, facts={"reason": "Vì bão"})


def _guide(desk: Desk) -> Act:
    return Act("guide", submitted(desk), desk.clerk, facts={"content": "Ghi rõ nơi cư trú"})


def _correct(desk: Desk) -> Act:
    dossier = _guide(desk).run(at=AT + HOUR)
    facts = {"answers": answers(dossier=dossier.uuid), "channel": Channel.NATIONAL}
    return Act("correct", dossier, desk.clerk, facts=facts)


def _complain(desk: Desk) -> Act:
    return Act("complain", received(desk), SYSTEM, facts={"content": "Chậm quá"})


def _answer_complaint(desk: Desk) -> Act:
    dossier = _complain(desk).run()
    facts = {"is_right": True, "content": "Xin lỗi"}
    return Act("answer_complaint", dossier, desk.leader, [step(dossier, "complaint")], facts)


ACTS: dict[str, Callable[[Desk], Act]] = {
    "receive": _receive,
    "refuse": _refuse,
    "request_supplement": _request_supplement,
    "supplement": _supplement,
    "stop": _stop,
    "assign": _assign,
    "take": _take,
    "forward": _forward,
    "send_back": _send_back,
    "ask_opinion": _ask_opinion,
    "give_opinion": _give_opinion,
    "decide": _decide,
    "attach_result": _attach_result,
    "hand_over": _hand_over,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _resume,
    "require_payment": _require_payment,
    "confirm_payment": _confirm_payment,
    "withdraw": _withdraw,
    "cancel_receipt": _cancel_receipt,
    "reopen": _reopen,
    "ask_transfer": _ask_transfer,
    "answer_transfer": _answer_transfer,
    "apologise": _apologise,
    "waive_apology": _waive_apology,
    "guide": _guide,
    "correct": _correct,
    "complain": _complain,
    "answer_complaint": _answer_complaint,
    "rate": lambda desk: Act("rate", concluded(desk), SYSTEM, facts={"score": 4, "words": "Nhanh"}),
}
"""Every act on a dossier that exists, ready to be done."""
