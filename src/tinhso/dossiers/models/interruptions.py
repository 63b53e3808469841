"""Rows of the acts that the law lets interrupt, end or reopen a dossier outside its workflow."""

from __future__ import annotations

from django.db import models

from tinhso.dossiers.models.dossiers import Dossier
from tinhso.dossiers.models.legal import LegalRow


class Extension(LegalRow):
    """The appointed time was extended, with the apology (văn bản xin lỗi và đề nghị gia hạn, mẫu 04).

    At most once in each working of the dossier: its key is that of the working (`Case.round`).
    """

    reason = models.TextField()
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    explanation = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_after__gt=models.F("due_before")), name="extended_to_later"
            ),
        ]


class Apology(LegalRow):
    """The appointed time `due_at` was missed, and the applicant was told so with the day promised now (xin lỗi).

    Again when that day was missed, too; the appointed time stays what it was, so that the dossier stays late. After a
    late result the day is that of the apology.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="apologies")
    reason = models.TextField()
    due_at = models.DateTimeField()
    promised_on = models.DateField()


class ApologyWaiver(LegalRow):
    """Why nobody is owed an apology for a result that came late (không phải xin lỗi), in this working."""

    reason = models.TextField()


class Withdrawal(LegalRow):
    """The applicant took the dossier back (rút hồ sơ), themselves or through the desk."""

    reason = models.TextField(default="")


class ReceiptCancellation(LegalRow):
    """A receipt that was a mistake (hủy tiếp nhận nhầm): the dossier keeps its number, marked."""

    reason = models.TextField()


class Reopening(LegalRow):
    """A concluded dossier was taken up again by decision (mở lại hồ sơ), with a new appointed time."""

    decision_number = models.CharField(max_length=80)
    decided_on = models.DateField()
    reason = models.TextField()
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField()
    explanation = models.JSONField(default=list)


class TransferRequest(LegalRow):
    """Another agency was asked to take the dossier over (đề nghị chuyển cơ quan giải quyết), with a time to answer."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="transfer_request")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    due_at = models.DateTimeField()


class TransferAnswer(LegalRow):
    """The other agency took the dossier over, or refused it with its reason (trả lời đề nghị chuyển)."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="transfer_answer")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    accepts = models.BooleanField()
    reason = models.TextField(default="")


class Guidance(LegalRow):
    """The desk told the applicant, before receipt, what to put right (hướng dẫn hoàn thiện hồ sơ)."""

    content = models.TextField()
