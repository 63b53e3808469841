"""What the applicant says of how a dossier was handled: a complaint with its answer, and a rating."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.legal import LegalRow


class Complaint(LegalRow):
    """The applicant complained (khiếu nại, phản ánh về hồ sơ); a step beside the workflow waits for the answer."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="complaint")
    content = models.TextField()
    due_at = models.DateTimeField()


class ComplaintAnswer(LegalRow):
    """What the agency answered (trả lời khiếu nại), and whether it found the complaint right."""

    step = models.OneToOneField("Step", on_delete=models.PROTECT, related_name="complaint_answer")
    is_right = models.BooleanField()
    content = models.TextField()


class Rating(LegalRow):
    """How content the applicant was (đánh giá mức độ hài lòng), from 1 to 5.

    Once for each handing over: its key is that of the working (`Case.round`).
    """

    score = models.PositiveSmallIntegerField()
    words = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="rated_from_1_to_5"),
        ]
