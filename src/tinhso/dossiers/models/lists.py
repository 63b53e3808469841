"""Dated lists of procedures (danh mục thủ tục), and the duty to file on line (bắt buộc nộp trực tuyến)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.legal import LegalRow
from tinhso.dossiers.models.procedures import Procedure

if TYPE_CHECKING:
    from datetime import date


class ProcedureList(models.TextChoices):
    """The lists that a pack may declare; what each means for a citizen is said in `queries.lists`."""

    PROJECT_06 = "project_06", _("Dịch vụ công thiết yếu theo Đề án 06")
    ONLINE_WHOLE = "online_whole", _("Dịch vụ công trực tuyến toàn trình")
    ONLINE_PART = "online_part", _("Dịch vụ công trực tuyến một phần")
    BY_POST = "by_post", _("Nhận, trả qua bưu chính công ích")
    ONE_PLACE = "one_place", _("Không nộp ngoài địa giới được")


class ListedProcedure(models.Model):
    """One line of a list: a procedure, from when until when, by which document (dòng của danh mục); immutable.

    What holds is said by the lines of the list's highest `version`; the former ones stay.
    """

    list = models.CharField(max_length=20, choices=ProcedureList.choices)
    version = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    period = DateRangeField()
    document = models.TextField()
    article = models.TextField(default="")
    is_verified = models.BooleanField(default=False)
    note = models.TextField(default="")
    note_en = models.TextField(default="", db_default="")
    is_current = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["code"], condition=models.Q(is_current=True), name="listed_now_by_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.code}"


class OnlineDuty(models.Model):
    """From a day on a procedure is filed on line (bắt buộc nộp trực tuyến), by decision of the province, with reason.

    An end, once decided, has its own reason; nothing is deleted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="online_duties")
    period = DateRangeField()
    document = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    ended_reason = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.period}"

    @property
    def since(self) -> date:
        """The first day."""
        day: date = self.period.lower
        return day

    @property
    def until(self) -> date | None:
        """The first day on which it no longer holds."""
        day: date | None = self.period.upper
        return day


class PaperReason(models.TextChoices):
    """Why a desk took paper although the procedure is filed on line (lý do nhận hồ sơ giấy)."""

    FRAIL = "frail", _("Người cao tuổi, người khuyết tật, người không đọc được chữ")
    NO_IDENTITY = "no_identity", _("Chưa có tài khoản định danh điện tử")
    OUTAGE = "outage", _("Cổng hoặc đường truyền đang hỏng")
    ORIGINAL = "original", _("Phải xem bản chính hoặc vật mẫu")
    OTHER = "other", _("Lý do khác")


class PaperException(LegalRow):
    """A dossier taken on paper under a duty to file on line (ngoại lệ), with the reason that the desk gave."""

    duty = models.ForeignKey(OnlineDuty, on_delete=models.PROTECT, related_name="exceptions")
    reason = models.CharField(max_length=20, choices=PaperReason.choices)
    note = models.TextField(default="")
