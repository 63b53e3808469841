"""Rows with legal effect: every change of a dossier's standing is one of them, with its actor, time and reason.

Keys are derived from the dossier's uuid and an ordinal, so that a pure plan can name a row before it is written.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.channels import Channel
from tinhso.dossiers.models.dossiers import Dossier


class LegalRow(models.Model):
    """Who did it and when; the columns that every legal row has."""

    id = models.UUIDField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="%(class)ss")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.dossier_id}"


class Submission(LegalRow):
    """What the applicant handed in (nộp hồ sơ), the first time or as a supplement."""

    channel = models.CharField(max_length=20, choices=Channel.choices)
    answers = models.JSONField()
    answered_request = models.OneToOneField(
        "SupplementRequest", on_delete=models.PROTECT, null=True, related_name="answer"
    )


class PostalItem(LegalRow):
    """Papers that came by post (bưu gửi): they count from when they arrived, whenever somebody opened the envelope.

    `posted_on` is the day on the envelope, `tracking` the number of the postal item.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="postal_item"
    )
    arrived_at = models.DateTimeField()
    posted_on = models.DateField(null=True)
    tracking = models.CharField(max_length=60, default="")


class ConsentWay(models.TextChoices):
    """How an applicant says that somebody may file for them."""

    WRITTEN = "written", _("Giấy ủy quyền, giấy đồng ý")
    SPOKEN = "spoken", _("Nói trực tiếp tại nơi giúp nộp")
    ELECTRONIC = "electronic", _("Tin nhắn, xác nhận điện tử")


class Consent(LegalRow):
    """The applicant agreed that somebody files for them (đồng ý cho nộp hộ): who agreed, when, how, and whom."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="consent")
    helper = models.TextField()
    given_by = models.TextField()
    given_on = models.DateField()
    way = models.CharField(max_length=20, choices=ConsentWay.choices)


class Paper(LegalRow):
    """One file for one required paper (thành phần hồ sơ)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="papers")
    code = models.CharField(max_length=60)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    is_taken_out = False
    """Whether the applicant took it out since; told by the query that lists what was handed in."""


class Receipt(LegalRow):
    """The dossier was valid and complete, got its number and its appointed day (tiếp nhận hồ sơ).

    `explanation` tells line by line how the appointed time was worked out.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    explanation = models.JSONField(default=list)


class Refusal(LegalRow):
    """Receipt was refused (từ chối tiếp nhận)."""

    reason = models.TextField()


class SupplementRequest(LegalRow):
    """The applicant was asked, once and for everything missing (yêu cầu bổ sung)."""

    items = models.JSONField()
    reason = models.TextField()
    answer_by = models.DateField()
    phase = models.CharField(max_length=20)


class Stop(LegalRow):
    """The work ended without a result (dừng xử lý): the applicant never answered the `request`."""

    request = models.OneToOneField(SupplementRequest, on_delete=models.PROTECT, related_name="stop")
    reason = models.TextField()


class Suspension(LegalRow):
    """The clock stopped (tạm dừng tính thời hạn): for a `supplement`, for a `payment`, or because the work `stopped`.

    `amount` is the financial duty in đồng (nghĩa vụ tài chính).
    """

    kind = models.CharField(max_length=20)
    reason = models.TextField(default="", db_default="")
    amount = models.PositiveBigIntegerField(null=True)
    request = models.OneToOneField(
        SupplementRequest, on_delete=models.PROTECT, null=True, related_name="suspension"
    )


class Resumption(LegalRow):
    """The clock went on, with the appointed time before and after (tính tiếp thời hạn), and how it came about."""

    suspension = models.OneToOneField(
        Suspension, on_delete=models.PROTECT, related_name="resumption"
    )
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    explanation = models.JSONField(
        default=list, db_default=models.Value([], output_field=models.JSONField())
    )
    note = models.TextField(default="", db_default="")


class Assignment(LegalRow):
    """A step was given to a person, or taken (phân công, nhận xử lý)."""

    step = models.ForeignKey("Step", on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )


class OpinionRequest(LegalRow):
    """Another agency was asked for its opinion (lấy ý kiến), with a time to answer."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="opinion_request")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    due_at = models.DateTimeField()


class Opinion(LegalRow):
    """What the other agency answered (ý kiến); without words nobody did: its silence counts as agreement."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="opinion")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    content = models.TextField()

    @property
    def is_silence(self) -> bool:
        """Whether the time to answer passed, under a procedure that takes silence for agreement."""
        return not self.content


class Decision(LegalRow):
    """The competent person decided (quyết định giải quyết)."""

    approves = models.BooleanField()
    reason = models.TextField()


class Result(LegalRow):
    """The result as a document (kết quả giải quyết), with its signer and post.

    `kind` says what document it is (loại giấy tờ), `holder` whose, `agency` who issued it: so it offers itself where a
    paper of that kind is asked of the same person. One that `refuses` is told to the applicant and serves nowhere.
    """

    code = models.CharField(max_length=60)
    title = models.TextField()
    document_number = models.CharField(max_length=80)
    signer = models.TextField()
    signed_on = models.DateField()
    valid_until = models.DateField(null=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=60, default="", db_default="")
    refuses = models.BooleanField(default=False, db_default=False)
    holder = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["holder", "kind"], name="result_by_holder")]


class HandOver(LegalRow):
    """The result reached the applicant (trả kết quả)."""

    way = models.CharField(max_length=20)
    receiver = models.TextField(default="")


class Transfer(LegalRow):
    """The dossier's work went from one agency to another (chuyển cơ quan giải quyết): at a reform, or taken over."""

    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
