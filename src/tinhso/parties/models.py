"""Citizens and organisations as they deal with the administration, with or without an account."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.folding import tsquery
from tinhso.kernel.vectors import SearchVectorField
from tinhso.parties import visibility

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class PartyKind(models.TextChoices):
    """What a party is."""

    CITIZEN = "citizen", _("Cá nhân")
    ORGANISATION = "organisation", _("Doanh nghiệp, tổ chức")
    HOUSEHOLD_BUSINESS = "household_business", _("Hộ kinh doanh")


class PartyQuerySet(models.QuerySet["Party"]):
    """Words about parties."""

    def visible_to(self, actor: Actor, *, at: datetime) -> PartyQuerySet:
        """Parties that the actor may see: its own, and where it may read those known there."""
        return self.filter(visibility.visible_to(actor, at=at))

    def named(self, text: str) -> PartyQuerySet:
        """Parties whose name begins so, word by word, without accents; all when empty."""
        return self.filter(words__matches=text) if tsquery(text) else self


class Party(models.Model):
    """A citizen, an organisation or a household business (cá nhân, tổ chức, hộ kinh doanh).

    The numbers are as declared until `is_verified`, which follows from a `Verification`; a party
    that nobody confirmed is never joined to another by its number alone. `agency` registered it,
    empty when they did so themselves; `commune` is where they live.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=PartyKind)
    name = models.CharField(_("Họ và tên hoặc tên tổ chức"), max_length=300)
    sort_key = models.TextField(editable=False)
    words = SearchVectorField(editable=False, default=list)
    personal_id = models.CharField(_("Số định danh cá nhân"), max_length=12, blank=True)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=15, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=500, blank=True)
    commune = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="residents"
    )
    born_on = models.DateField(_("Ngày sinh"), null=True)
    is_verified = models.BooleanField(default=False)
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="registered_parties"
    )
    registered_at = models.DateTimeField()

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("công dân, tổ chức")
        indexes = [
            GinIndex(fields=["words"], name="party_by_words"),
            models.Index(fields=["sort_key", "id"], name="party_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personal_id"],
                condition=Q(is_verified=True) & ~Q(personal_id=""),
                name="party_verified_personal_id_once",
            ),
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=Q(is_verified=True) & ~Q(tax_code=""),
                name="party_verified_tax_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartyKey(models.Model):
    """A number by which a party is looked up (khóa tra cứu), with its mirror image for endings."""

    class Kind(models.TextChoices):
        """What the number is."""

        PERSONAL_ID = "personal_id", _("Số định danh cá nhân")
        TAX_CODE = "tax_code", _("Mã số thuế")
        PHONE = "phone", _("Số điện thoại")
        EMAIL = "email", _("Thư điện tử")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.TextField()
    mirrored = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "kind"], name="party_key_once")]
        indexes = [
            models.Index(
                fields=["value"], opclasses=["text_pattern_ops"], name="party_key_by_beginning"
            ),
            models.Index(
                fields=["mirrored"], opclasses=["text_pattern_ops"], name="party_key_by_ending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id}"


class Verification(models.Model):
    """Somebody confirmed who the party is (xác nhận nhân thân)."""

    class Method(models.TextChoices):
        """How it was confirmed. The QR code of a card is unsigned and proves nothing."""

        CARD_SEEN = "card_seen", _("Đối chiếu thẻ căn cước")
        LICENCE_SEEN = "licence_seen", _("Đối chiếu giấy chứng nhận đăng ký")
        NATIONAL_IDENTITY = "national_identity", _("Định danh điện tử quốc gia")

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="verification")
    method = models.CharField(max_length=20, choices=Method)
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return f"{self.party_id} {self.method}"


class Correction(models.Model):
    """Facts about a party were corrected (sửa thông tin); `before` keeps what stood there."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField()
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return f"{self.party_id} {self.at:%d/%m/%Y}"


class JoiningQuerySet(models.QuerySet["Joining"]):
    """Words about joinings."""

    def in_force(self) -> JoiningQuerySet:
        """Those that nobody has taken back."""
        return self.filter(separation=None)


class Joining(models.Model):
    """An officer found that an account's own party and a known one are the same person (kết nối tài khoản).

    `method` says what the person was compared with at the counter of `agency`. Both parties stay as they are: the
    account also sees what belongs to the known one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    own = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="joinings")
    known = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="joined_from")
    method = models.CharField(max_length=20, choices=Verification.Method)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.TextField()

    objects = JoiningQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-at"], name="joining_by_agency")]

    def __str__(self) -> str:
        return f"{self.own_id} {self.known_id}"


class Separation(models.Model):
    """A joining was taken back (hủy kết nối): it had joined two people, or should not stand."""

    joining = models.OneToOneField(Joining, on_delete=models.PROTECT, related_name="separation")
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return f"{self.joining_id}"
