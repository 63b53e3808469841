"""Fees of a dossier: charged at receipt, asked for by `fee_due`, paid before the result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers import services
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.fees import fee_due
from tinhso.dossiers.models import Channel, Dossier, HandOver
from tinhso.dossiers.pages.interrupting import DutyForm, VoucherForm
from tinhso.dossiers.services.charging import charge
from tinhso.dossiers.tests.factories import AT, MARRIAGE, application, revise, step, submitted
from tinhso.dossiers.tests.stages import DOCUMENT, waiting
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.payments import queries
from tinhso.payments import services as payments
from tinhso.payments.errors import FeeUnpaid
from tinhso.payments.models import Charge, Method
from tinhso.payments.tests.factories import SYSTEM, make_charges

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def at_counter(desk: Desk, **changes: Any) -> Dossier:
    """A dossier that was handed in and received at the counter: there is nothing off."""
    given = application(MARRIAGE, agency=desk.commune, channel=Channel.COUNTER, **changes)
    handed_in = services.submit(given, actor=desk.clerk, at=AT)
    return services.receive(handed_in.uuid, actor=desk.clerk, at=AT)


def decided(desk: Desk, dossier: Dossier) -> Dossier:
    """The dossier with its result, waiting to be handed over."""
    key = dossier.uuid
    services.forward(key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT)
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=AT)
    return services.attach_result(
        key, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=AT
    )


def pay(desk: Desk, dossier: Dossier, amount: int) -> None:
    payments.take(
        dossier.uuid,
        agency=desk.commune.pk,
        method=Method.CASH,
        expected=amount,
        actor=desk.clerk,
        at=AT,
    )


def hand_over(desk: Desk, dossier: Dossier) -> Dossier:
    return services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )


def test_receipt_charges_what_the_rules_of_the_day_say(desk: Desk) -> None:
    dossier = at_counter(desk)
    row = Charge.objects.get(subject=dossier.uuid)
    assert (row.amount, row.payer, row.reference) == (15_000, "Lan Một", dossier.number)
    assert row.lines[0].startswith("Mức thu 15.000 đồng")
    event = Event.objects.get(kind="payments.charged")
    assert event.payload == {
        "charge": str(row.uuid),
        "code": "le-phi-ho-tich",
        "amount": 15_000,
        "full": 15_000,
    }


def test_online_it_is_nothing_and_the_forgone_sum_is_kept(desk: Desk) -> None:
    dossier = services.receive(submitted(desk).uuid, actor=desk.clerk, at=AT)
    row = Charge.objects.get(subject=dossier.uuid)
    assert (row.amount, row.forgone) == (0, 15_000)
    assert fee_due(dossier, AT) is None


def test_somebody_exempt_pays_nothing_at_the_counter(desk: Desk) -> None:
    assert fee_due(at_counter(desk, dien_mien="ho_ngheo"), AT) is None


def test_what_is_due_now_is_answered_until_it_is_paid(desk: Desk) -> None:
    dossier = at_counter(desk)
    due = fee_due(dossier, AT)
    assert due is not None
    assert (due.amount, [row.code for row in due.charges]) == (15_000, ["le-phi-ho-tich"])
    pay(desk, dossier, 15_000)
    assert fee_due(dossier, AT) is None


def test_the_result_waits_for_the_fee(desk: Desk) -> None:
    dossier = decided(desk, at_counter(desk))
    with pytest.raises(FeeUnpaid):
        hand_over(desk, dossier)
    assert not HandOver.objects.exists()
    assert not Event.objects.filter(kind="dossiers.handed_over").exists()
    pay(desk, dossier, 15_000)
    assert hand_over(desk, dossier).state == "handed_over"


def fees_of_marriage(**changes: object) -> list[dict[str, object]]:
    from tinhso.dossiers.models import ProcedureVersion  # noqa: PLC0415

    version = ProcedureVersion.objects.filter(procedure__code=MARRIAGE).latest("version")
    (declared,) = version.definition["fees"]
    return [{**declared, **changes}]


def test_unless_the_pack_says_otherwise(desk: Desk) -> None:
    revise(MARRIAGE, fees=fees_of_marriage(holds_result=False))
    dossier = decided(desk, at_counter(desk))
    assert hand_over(desk, dossier).state == "handed_over"


def test_what_is_paid_with_the_result_is_due_once_it_is_decided(desk: Desk) -> None:
    revise(MARRIAGE, fees=fees_of_marriage(pay="at_result"))
    dossier = at_counter(desk)
    assert fee_due(dossier, AT) is None
    dossier = decided(desk, dossier)
    due = fee_due(dossier, AT)
    assert due is not None
    assert due.amount == 15_000


def test_a_withdrawn_charge_is_made_anew_by_who_receives(desk: Desk) -> None:
    dossier = at_counter(desk)
    row = Charge.objects.get()
    payments.withdraw(row.uuid, reason="Tính nhầm", actor=SYSTEM, at=AT)
    with pytest.raises(PermissionMissing):
        charge(dossier.uuid, actor=desk.specialist, at=AT)
    (again,) = charge(dossier.uuid, actor=desk.clerk, at=AT)
    assert again.ordinal == 2
    assert charge(dossier.uuid, actor=desk.clerk, at=AT) == []
    assert len(queries.standing(dossier.uuid)) == 1


def test_the_act_of_national_state_six_begins_with_what_is_owed(desk: Desk) -> None:
    dossier = at_counter(desk)
    definition = of_version(dossier.procedure_id)
    given: dict[str, Any] = {"dossier": dossier, "definition": definition, "step": None}
    asked = DutyForm(at=AT, **given).initial
    assert (asked["amount"], "Lệ phí" in asked["reason"]) == (15_000, True)
    pay(desk, dossier, 15_000)
    assert "amount" not in DutyForm(at=AT, **given).initial
    assert VoucherForm(at=AT, **given).initial["voucher"] == "2026/0000001"


def test_before_receipt_nothing_is_charged(desk: Desk) -> None:
    with pytest.raises(NotInThatState):
        charge(submitted(desk).uuid, actor=desk.clerk, at=AT)
    assert not Charge.objects.exists()


@pytest.mark.parametrize("act", [services.withdraw, services.cancel_receipt])
def test_what_is_taken_back_owes_nothing_and_is_not_charged_anew(desk: Desk, act: Any) -> None:
    dossier = at_counter(desk)
    act(dossier.uuid, actor=desk.clerk, reason="Nhầm thủ tục", at=AT)
    assert queries.standing(dossier.uuid) == []
    assert Charge.objects.get().withdrawal.reason == "Nhầm thủ tục"
    assert Event.objects.filter(kind="payments.charge_withdrawn").count() == 1
    with pytest.raises(NotInThatState):
        charge(dossier.uuid, actor=desk.clerk, at=AT)
    assert Charge.objects.count() == 1


def test_silence_that_ends_a_dossier_ends_what_it_owes(desk: Desk) -> None:
    dossier = waiting(desk, at_counter(desk), actor=desk.specialist)
    later = AT + timedelta(days=60)
    services.stop(dossier.uuid, actor=desk.leader, reason="Không bổ sung", at=later)
    assert queries.standing(dossier.uuid) == []
    assert Charge.objects.get().withdrawal.reason == "Không bổ sung"


def test_a_dossier_that_is_refused_owes_nothing(desk: Desk) -> None:
    dossier = submitted(desk)
    make_charges(desk.commune.pk, subject=dossier.uuid)
    services.refuse(dossier.uuid, actor=desk.clerk, reason="Không thuộc thẩm quyền", at=AT)
    assert queries.standing(dossier.uuid) == []


def test_what_was_paid_stays_paid_when_it_is_taken_back(desk: Desk) -> None:
    dossier = at_counter(desk)
    pay(desk, dossier, 15_000)
    services.withdraw(dossier.uuid, actor=desk.clerk, reason="Đơn xin rút", at=AT)
    (row,) = queries.standing(dossier.uuid)
    assert row.payment is not None


def test_while_the_desk_waits_for_papers_nothing_is_charged(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    with pytest.raises(NotInThatState):
        charge(dossier.uuid, actor=desk.clerk, at=AT)
    assert not Charge.objects.exists()
