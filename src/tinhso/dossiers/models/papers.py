"""What the desk saw of each paper, and why a paper that the platform holds was asked for all the same."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.legal import LegalRow, Paper, Result


class SeenAs(models.TextChoices):
    """As what an officer saw a paper when receiving it."""

    ORIGINAL = "original", _("Bản chính đã đối chiếu")
    CERTIFIED = "certified", _("Bản sao chứng thực")
    COPY = "copy", _("Bản sao thường")
    ELECTRONIC = "electronic", _("Bản điện tử")


class PaperConfirmation(LegalRow):
    """An officer confirmed a paper when receiving the dossier (xác nhận thành phần hồ sơ): who, when, seen as what.

    `result` is the earlier result of the same person from which the paper was taken. `kind` and `holder` let a paper
    whose original was seen offer itself next time.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="confirmation")
    seen_as = models.CharField(max_length=20, choices=SeenAs.choices)
    kind = models.CharField(max_length=60, default="", db_default="")
    holder = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    result = models.ForeignKey(Result, on_delete=models.PROTECT, null=True, related_name="uses")

    class Meta:
        indexes = [models.Index(fields=["holder", "kind"], name="paper_by_holder")]


class HeldPaperAsked(LegalRow):
    """A paper was asked for although the platform holds it (yêu cầu giấy tờ đã có), with the reason."""

    code = models.CharField(max_length=60)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
