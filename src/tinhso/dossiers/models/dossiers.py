"""The dossier (hồ sơ) itself, its number, its search words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.inheriting import heritage
from tinhso.dossiers.models.channels import Channel
from tinhso.dossiers.models.history import ImportBatch
from tinhso.dossiers.models.procedures import ProcedureVersion
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.identifiers import show_reference
from tinhso.kernel.vectors import SearchVectorField
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


class State(models.TextChoices):
    """Where a dossier stands in law; a cache of its legal rows, held equal to them by test.

    The number in the national list (mã trạng thái trên Cổng Dịch vụ công quốc gia) is `national_code`.
    """

    SUBMITTED = "submitted", _("Chờ tiếp nhận")
    REFUSED = "refused", _("Không được tiếp nhận")
    IN_PROCESS = "in_process", _("Đang xử lý")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung")
    DECIDED = "decided", _("Đã có kết quả")
    HANDED_OVER = "handed_over", _("Đã trả kết quả")
    STOPPED = "stopped", _("Dừng xử lý")
    AWAITING_PAYMENT = "awaiting_payment", _("Chờ nghĩa vụ tài chính")
    SUSPENDED = "suspended", _("Tạm dừng giải quyết")
    WITHDRAWN = "withdrawn", _("Người nộp rút hồ sơ")
    CANCELLED = "cancelled", _("Đã hủy tiếp nhận")

    @property
    def national_code(self) -> int:
        """The state code exchanged with the national portal (1 to 10).

        A receipt that was cancelled counts as none: its dossier is told as not received.
        """
        return {
            "submitted": 1,
            "refused": 3,
            "in_process": 4,
            "awaiting_supplement": 5,
            "decided": 9,
            "handed_over": 10,
            "stopped": 8,
            "awaiting_payment": 6,
            "suspended": 8,
            "withdrawn": 7,
            "cancelled": 3,
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Whether the administration or the applicant still has something to do."""
        return self not in {
            State.REFUSED,
            State.HANDED_OVER,
            State.STOPPED,
            State.WITHDRAWN,
            State.CANCELLED,
        }

    @property
    def is_standing_still(self) -> bool:
        """Whether the clock stands still for as long as the state lasts (tạm dừng tính thời hạn)."""
        return self in {State.AWAITING_PAYMENT, State.SUSPENDED}


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Chainable words."""

    def visible_to(self, actor: Actor, *, at: datetime) -> DossierQuerySet:
        """Dossiers that the actor may see at that instant.

        They are visible if, and only if: the actor is (or stands for) the applicant; or the actor holds
        `dossiers:dossier:read` at one of the four places; or at an agency where a step of the dossier lies or lay; or
        where that is who stands today in the place of such an agency, which has ended (`inheriting.heritage`).
        """
        if actor.party is None:
            return self.in_office(actor, at=at)
        return self.filter(self._office(actor, at=at) | Q(applicant_id__in=stood_for(actor)))

    def in_office(self, actor: Actor, *, at: datetime) -> DossierQuerySet:
        """Dossiers that the actor may see as an officer, with notes and names of officers: never as the applicant."""
        return self.filter(self._office(actor, at=at))

    @staticmethod
    def _office(actor: Actor, *, at: datetime) -> Q:
        scope = actor.scope(DossierPermission.READ, at=at)
        if scope.everywhere:
            return Q()
        if not scope.agencies:
            return Q(pk__in=[])
        inherited, divided = heritage(scope.agencies, day_of(at))
        here = scope.agencies | inherited
        from tinhso.dossiers.models.work import Step  # noqa: PLC0415  (work refers to dossiers)

        return (
            Q(competent_agency__in=here)
            | Q(receiving_agency__in=here)
            | Q(returning_agency__in=here)
            | Q(helping_agency__in=here)
            | Q(Exists(Step.objects.filter(dossier=OuterRef("pk"), agency__in=here)))
            | divided
        )

    def get_or_refuse(self, key: UUID) -> Dossier:
        """The dossier of that uuid, or `DossierNotFound` (it is missing, or not yours to see)."""
        try:
            return self.get(uuid=key)
        except self.model.DoesNotExist:
            raise DossierNotFound(key=str(key)) from None


class Dossier(models.Model):
    """A dossier (hồ sơ thủ tục hành chính) from submission to result.

    `uuid` names it from birth, `reference` from submission, `number` (mã hồ sơ) from receipt only. The four places:
    where the applicant was helped, where it was received, who is competent, where the result is returned.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True)
    reference = models.CharField(max_length=10, null=True, unique=True)  # noqa: DJ001  (imported history has none)
    number = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001  (none before receipt)
    procedure = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers"
    )
    channel = models.CharField(max_length=20, choices=Channel.choices)
    state = models.CharField(max_length=24, choices=State.choices)
    version = models.PositiveIntegerField(default=1)
    applicant = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    helping_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    receiving_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+"
    )
    competent_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+"
    )
    returning_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+"
    )
    foreign_code = models.CharField(max_length=80, null=True)  # noqa: DJ001  (only dossiers from elsewhere)
    authority = models.CharField(max_length=20, default="province")
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="dossiers"
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "foreign_code"],
                name="foreign_code_once",
                condition=Q(foreign_code__isnull=False, batch__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(received_at__isnull=False),
                name="number_only_at_receipt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["competent_agency", "state", "due_at"], name="dossier_by_competent"
            ),
            models.Index(fields=["receiving_agency", "received_at"], name="dossier_by_receiving"),
            models.Index(fields=["applicant", "submitted_at"], name="dossier_by_applicant"),
        ]

    def __str__(self) -> str:
        return self.number or self.shown_reference or self.foreign_code or str(self.uuid)

    @property
    def shown_reference(self) -> str:
        """The reference as people read it, `ABCDE-12345`; empty where there is none."""
        return show_reference(self.reference) if self.reference else ""

    @property
    def is_imported(self) -> bool:
        """Whether it came from another system's log; such history refuses acts."""
        return self.batch_id is not None

    def is_overdue(self, at: datetime) -> bool:
        """Whether the appointed time had passed, at that instant or when the work ended."""
        return self.due_at is not None and (self.finished_at or at) > self.due_at

    def locked(self, expected_version: int | None) -> Dossier:
        """The row locked until the end of the transaction; `StaleVersion` when it is not the version that was shown."""
        dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if expected_version is not None and dossier.version != expected_version:
            raise StaleVersion
        return dossier


class DossierSearch(models.Model):
    """The folded words of a dossier: procedure, applicant, code parts (từ khóa tìm hồ sơ)."""

    dossier = models.OneToOneField(
        Dossier, on_delete=models.CASCADE, primary_key=True, related_name="search"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="dossier_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.dossier_id)


class DossierKey(models.Model):
    """A code by which a dossier is found from its beginning or its end: number, reference, ID, phone."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="keys")
    value = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(OpClass(F("value"), name="varchar_pattern_ops"), name="dossier_key_start"),
            models.Index(
                OpClass(Reverse("value"), name="text_pattern_ops"), name="dossier_key_end"
            ),
        ]

    def __str__(self) -> str:
        return self.value


class NumberCounter(models.Model):
    """The last sequence given by an agency on an official day (số thứ tự trong ngày)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="one_counter_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.last}"
