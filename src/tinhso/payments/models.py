"""What is owed to an agency, what was taken for it, and what was taken back (khoản phải thu, thu tiền, hủy biên lai).

Money is whole đồng, an integer. Rows are added and never removed: a receipt (biên lai) that was wrong is answered by
a `PaymentCancellation`, a charge that should not be by a `ChargeWithdrawal`.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of
from tinhso.payments import subjects
from tinhso.payments.errors import ChargeUnknown, PaymentUnknown, ProposalUnknown
from tinhso.payments.permissions import PaymentPermission
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


class ChargeKind(models.TextChoices):
    """What the law calls it (Luật Phí và lệ phí 97/2015/QH13): a price of a service, or of an act of state."""

    FEE = "fee", _("Phí")
    LEVY = "levy", _("Lệ phí")


class Moment(models.TextChoices):
    """When it is to be paid (thời điểm nộp)."""

    AT_RECEIPT = "at_receipt", _("Nộp khi tiếp nhận")
    AT_RESULT = "at_result", _("Nộp khi nhận kết quả")


class Method(models.TextChoices):
    """How the money came (hình thức thu). A code that was scanned counts when an officer says that it arrived."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")
    QR = "qr", _("Quét mã VietQR")


def _seen(actor: Actor, *permissions: Permission, at: datetime, agency: str = "agency") -> Q:
    """Rows of the agencies where the actor holds one of the rights, and of those that they alone follow that day."""
    held: set[int] = set()
    for permission in permissions:
        scope = actor.scope(permission, at=at)
        if scope.everywhere:
            return Q()
        held |= scope.agencies
    before = inherited(held, day_of(at)) if held else frozenset[int]()
    return Q(**{f"{agency}__in": held | before})


class AccountProposalQuerySet(models.QuerySet["AccountProposal"]):
    """Words about accounts that wait for a second person."""

    def waiting(self) -> Self:
        """The latest of each agency, where nobody has confirmed it."""
        latest = AccountProposal.objects.order_by("agency", "-at", "-pk").distinct("agency")
        return self.filter(pk__in=latest.values("pk"), account=None)

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of agencies whose accounts the actor keeps; not of those before, into which nothing is paid."""
        scope = actor.scope(PaymentPermission.EDIT_ACCOUNT, at=at)
        return self.all() if scope.everywhere else self.filter(agency__in=scope.agencies)

    def get_or_refuse(self, key: UUID) -> AccountProposal:
        """The one of that uuid; `ProposalUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise ProposalUnknown
        return found


class CollectingAccount(models.Model):
    """The bank account into which an agency collects (tài khoản thu), in a period.

    `since` is the first day, `until` the first day after; the number of the bank (`bank`, mã BIN) is what VietQR names
    it by. What is in force on a day is what codes shown on that day carry. `actor` confirmed it; who
    declared it, another person, stands in the `proposal`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=6)
    bank_name = models.CharField(max_length=100)
    number = models.CharField(max_length=19)
    holder = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()
    actor = models.TextField()
    proposal = models.OneToOneField(
        "AccountProposal", on_delete=models.PROTECT, null=True, related_name="account"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="collecting_account_one_a_day",
                expressions=[
                    (
                        Func(F("agency"), F("agency"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="collecting_account_in_order",
                condition=Q(until=None) | Q(since__lt=F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"

    def is_in_force(self, on: date) -> bool:
        """Whether codes of that day carry it."""
        return self.since <= on and (self.until is None or on < self.until)


class AccountProposal(models.Model):
    """An account that one person declared and a second one has still to confirm (đề nghị khai báo tài khoản thu).

    Codes carry nothing of it until then. Of several of one agency the latest counts; what it replaces stays written.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=6)
    bank_name = models.CharField(max_length=100)
    number = models.CharField(max_length=19)
    holder = models.CharField(max_length=100)
    since = models.DateField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = AccountProposalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-at"], name="account_proposal_latest")]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Words about charges."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of agencies where the actor takes money or reads what was taken."""
        return self.filter(_seen(actor, PaymentPermission.TAKE, PaymentPermission.READ, at=at))

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawal=None)

    def unpaid(self) -> Self:
        """Those for which money is still to come."""
        paid = PaymentLine.objects.filter(payment__cancellation=None).values("charge")
        return self.standing().filter(amount__gt=0).exclude(pk__in=paid)

    def get_or_refuse(self, key: UUID) -> Charge:
        """The one of that uuid; `ChargeUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise ChargeUnknown
        return found


class Charge(models.Model):
    """What is to be paid for one subject (khoản phải thu), as a rule worked it out on a day.

    `subject` is the uuid of what it is for (a dossier); `code` the fee's code in its pack, `ordinal` counts up when a
    withdrawn one is made anew. `full` is what it would be without reductions; `lines` explain the amount. Of zero
    đồng it is settled from birth, and kept because what was forgone is a figure. `holds_result`: until it is paid
    the result is not handed over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.UUIDField()
    code = models.CharField(max_length=60)
    ordinal = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=ChargeKind.choices)
    name = models.CharField(max_length=300)
    about = models.CharField(max_length=1000)
    reference = models.CharField(max_length=60)
    payer = models.CharField(max_length=300)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    full = models.BigIntegerField()
    lines = models.JSONField()
    lines_en = models.JSONField(default=list, db_default=[])
    on = models.DateField()
    moment = models.CharField(max_length=20, choices=Moment.choices)
    holds_result = models.BooleanField(default=True)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = ChargeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "code", "ordinal"], name="charge_once_of_a_fee"
            ),
            models.CheckConstraint(
                name="charge_not_below_zero", condition=Q(amount__gte=0, full__gte=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the language of the page; papers and records keep the Vietnamese one."""
        return subjects.title_of(self)

    @property
    def why(self) -> list[str]:
        """What explains the amount, in the language of the page where it is known."""
        said: list[str] = self.lines if is_vietnamese() else self.lines_en or self.lines
        return said

    @property
    def forgone(self) -> int:
        """What reductions took away (số tiền miễn, giảm), in đồng."""
        return self.full - self.amount


class ChargeWithdrawal(models.Model):
    """A charge was made wrongly and is not owed (hủy khoản phải thu)."""

    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return str(self.charge_id)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Words about payments."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of agencies where the actor reads what was taken."""
        return self.filter(_seen(actor, PaymentPermission.READ, at=at))

    def get_or_refuse(self, key: UUID) -> Payment:
        """The one of that uuid; `PaymentUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise PaymentUnknown
        return found


class Payment(models.Model):
    """Money was taken (thu tiền) and its receipt (biên lai) given, by one act.

    The receipt is number `sequence` of the agency's `year`; the numbers have no gaps. `day` is the official day, under
    which the cashier closes it. `bank_reference` is the number of the bank's own transfer as the officer read it.
    `transfer` names it among all banks (bank, account, reference): one transfer stands behind one receipt, until
    that is cancelled.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    amount = models.BigIntegerField()
    payer = models.CharField(max_length=300)
    bank_reference = models.CharField(max_length=60, blank=True)
    transfer = models.CharField(max_length=90, null=True, unique=True)  # noqa: DJ001  (cash has none)
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sequence"], name="receipt_number_once"
            ),
            models.CheckConstraint(name="payment_above_zero", condition=Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(fields=["agency", "day"], name="payment_by_day"),
            models.Index(fields=["subject"], name="payment_by_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number of the receipt as people write it: `2026/0000012`."""
        return f"{self.year}/{self.sequence:07d}"


def transfer_name(bank: str, number: str, reference: str) -> str:
    """What names a transfer among all banks: the account it came to, and the bank's reference."""
    return f"{bank}:{number}:{reference}"


class PaymentLine(models.Model):
    """Which charge a payment pays (dòng biên lai); always the whole of it."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="lines_paid")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "charge"], name="charge_once_a_payment")
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.charge_id}"


class PaymentCancellation(models.Model):
    """A receipt was cancelled (hủy biên lai): what it paid is owed again, and its number stays used."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.CharField(max_length=1000)
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="cancellation_by_day")]

    def __str__(self) -> str:
        return str(self.payment_id)


class ReceiptCounter(models.Model):
    """The last receipt number that an agency gave in a year (số biên lai)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_receipt_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.last}"
