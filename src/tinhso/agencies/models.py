"""Agencies and their competence over time (cơ quan, thẩm quyền theo thời gian).

An agency is an identity that never changes; everything that can be said of it (name, parent, codes,
area) is a period. A field of work may move to another agency while both live on. Periods are
half-open: `since` is the first day, `until` the first day that no longer belongs; an empty `since`
means "from before this book was opened", an empty `until` "still".
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.boundaries import models as _outlines  # noqa: F401  (tables of this app too)
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from datetime import date


def _point(column: str) -> Func:
    """An integer column as a range of one value: core GiST knows ranges, not integers."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def _hashed_point(column: str) -> Func:
    """A text column as a range of one value, by its 64-bit hash."""
    hashed = Func(F(column), Value(0), function="hashtextextended")
    return Func(hashed, hashed, Value("[]"), function="int8range")


_PERIOD = Func(F("since"), F("until"), function="daterange")


class Level(models.IntegerChoices):
    """Level of government (cấp chính quyền). Districts ended on 1 July 2025."""

    CENTRAL = 1, _("Trung ương")
    PROVINCE = 2, _("Cấp tỉnh")
    DISTRICT = 3, _("Cấp huyện")
    COMMUNE = 4, _("Cấp xã")


class AgencyKind(models.TextChoices):
    """What an agency is (loại cơ quan). The unit kinds are territories with their committee."""

    MINISTRY = "ministry", _("Bộ, ngành trung ương")
    PROVINCE = "province", _("Tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    DIVISION = "division", _("Phòng, chi cục")
    CENTRE = "centre", _("Trung tâm, bộ phận một cửa")
    COMMITTEE = "committee", _("Ban chỉ đạo, tổ công tác")


UNIT_KINDS = frozenset({AgencyKind.PROVINCE, AgencyKind.DISTRICT, AgencyKind.COMMUNE})


def official_name(name: str, kind: str) -> str:
    """The name under which an agency signs: a unit's committee ("UBND xã Trà Bồng"), else its name."""
    return f"UBND {name[:1].lower()}{name[1:]}" if kind in UNIT_KINDS else name


def official_title(name: str, name_en: str, kind: str) -> str:
    """The official name in the language of the page."""
    english = f"People's Committee of {name_en}" if name_en and kind in UNIT_KINDS else name_en
    return worded(official_name(name, kind), english)


class AssignedBy(models.TextChoices):
    """Who gave the agency code: the state, or this platform below a code of the state."""

    STATE = "state", _("Nhà nước cấp")
    PLATFORM = "platform", _("Nền tảng đặt tạm")


class SuccessionKind(models.TextChoices):
    """How one agency follows another (kế thừa)."""

    MERGE = "merge", _("Hợp nhất, sáp nhập")
    SPLIT = "split", _("Chia, tách")
    RENAME = "rename", _("Đổi tên")
    TRANSFER = "transfer", _("Chuyển giao")
    ABOLISH = "abolish", _("Giải thể, kết thúc hoạt động")


_Holds_co = TypeVar("_Holds_co", bound="Period", covariant=True)


class PeriodQuerySet(models.QuerySet[_Holds_co]):
    """Words common to everything that holds for a period of days."""

    def on(self, day: date) -> Self:
        """What holds on that day."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))


class Period(models.Model):
    """Days during which something holds."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Words about identities."""

    def alive(self, day: date) -> Self:
        """Agencies that exist on that day."""
        return self.filter(pk__in=AgencyPeriod.objects.on(day).values("agency"))

    def of_kind(self, *kinds: AgencyKind) -> Self:
        """Agencies of one of the kinds."""
        return self.filter(kind__in=kinds)


class Agency(models.Model):
    """An agency (cơ quan) as an identity; `key` is the name by which packs and tables speak of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.TextField(unique=True)
    kind = models.TextField(choices=AgencyKind)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")

    def __str__(self) -> str:
        return self.key


class AgencyPeriod(Period):
    """What holds of an agency for a period: name, level, parent, codes, area, centre.

    `agency_code` is the identifier of QĐ 20/2020/QĐ-TTg, level 1 first (`H48.36`); `reversed_code`
    its older form of QCVN 102:2016 (`000.00.36.H48`), still seen on the document axis; `unit_code`
    is the code of the General Statistics Office. `folded` is what search without accents reads.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="periods")
    parent = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="child_periods"
    )
    name = models.TextField()
    name_en = models.TextField(blank=True)
    level = models.SmallIntegerField(choices=Level)
    agency_code = models.TextField(blank=True)
    reversed_code = models.TextField(blank=True)
    assigned_by = models.TextField(choices=AssignedBy, default=AssignedBy.PLATFORM)
    unit_code = models.TextField(blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    folded = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agency_period_no_overlap",
                expressions=[(_point("agency_id"), "&&"), (_PERIOD, "&&")],
            ),
            ExclusionConstraint(
                name="agency_code_no_overlap",
                expressions=[(_hashed_point("agency_code"), "&&"), (_PERIOD, "&&")],
                condition=~Q(agency_code=""),
            ),
            models.CheckConstraint(
                name="agency_period_in_order",
                condition=Q(since=None) | Q(until=None) | Q(since__lt=F("until")),
            ),
            models.CheckConstraint(
                name="agency_not_its_own_parent", condition=~Q(parent=F("agency"))
            ),
        ]
        indexes = [
            models.Index(fields=["agency_code"], name="agency_period_by_code"),
            models.Index(fields=["unit_code"], name="agency_period_by_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def centre(self) -> str:
        """Latitude and longitude of the middle, as people write them; empty when not known."""
        if self.latitude is None or self.longitude is None:
            return ""
        return f"{self.latitude.normalize():f}, {self.longitude.normalize():f}"

    @property
    def place_name(self) -> str:
        """Where its papers are written: the name without its kind ("Xã Trà Bồng" is Trà Bồng)."""
        name = self.name
        for kind in ("Xã ", "Phường ", "Đặc khu ", "Tỉnh ", "Huyện ", "Thành phố ", "Thị trấn "):
            name = name.removeprefix(kind)
        return name

    @property
    def official_name(self) -> str:
        """The name under which it signs: a unit's committee ("UBND xã Trà Bồng"), else its name."""
        return official_name(self.name, self.agency.kind)

    @property
    def official_title(self) -> str:
        """The official name in the language of the page."""
        return official_title(self.name, self.name_en, self.agency.kind)

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)


class Succession(models.Model):
    """One agency follows another on a day (kế thừa). Without `successor` it simply ended.

    `share` is the declared part of the predecessor's people or records that went there (0 to 1),
    empty when no text declares one; it is never guessed.
    """

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="follows"
    )
    on = models.DateField()
    kind = models.TextField(choices=SuccessionKind)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    legal_basis = models.TextField()
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="succession_once",
                fields=["predecessor", "successor", "on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="succession_share_is_a_part",
                condition=Q(share=None) | Q(share__gt=0, share__lte=1),
            ),
            models.CheckConstraint(
                name="succession_not_of_itself", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or '∅'}"


class FieldOfWork(models.Model):
    """A field of state administration (lĩnh vực), the thing over which an agency is competent."""

    code = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    name = models.TextField()
    name_en = models.TextField(blank=True)

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)


class Competence(Period):
    """Who decides (thẩm quyền): one agency in a field, at a level, in a place, for a period."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="competences")
    field = models.ForeignKey(FieldOfWork, on_delete=models.PROTECT, related_name="competences")
    level = models.SmallIntegerField(choices=Level)
    place = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="competences_within")
    legal_basis = models.TextField()
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="competence_one_holder_a_day",
                expressions=[
                    (_point("field_id"), "&&"),
                    (_point("level"), "&&"),
                    (_point("place_id"), "&&"),
                    (_PERIOD, "&&"),
                ],
            ),
            models.CheckConstraint(
                name="competence_in_order",
                condition=Q(since=None) | Q(until=None) | Q(since__lt=F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.field}"


class Duty(models.TextChoices):
    """The part of a member in a committee (nhiệm vụ của thành viên)."""

    CHAIR = "chair", _("Trưởng ban")
    STANDING_DEPUTY = "standing_deputy", _("Phó ban thường trực")
    DEPUTY = "deputy", _("Phó ban")
    MEMBER = "member", _("Thành viên")
    SECRETARIAT = "secretariat", _("Cơ quan thường trực")


class Membership(Period):
    """An agency, by one of its posts, sits in a committee (ban chỉ đạo, tổ công tác)."""

    committee = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    post = models.TextField(blank=True)
    duty = models.TextField(choices=Duty, default=Duty.MEMBER)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_in_order",
                condition=Q(since=None) | Q(until=None) | Q(since__lt=F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.committee}"


class Reform(models.Model):
    """A reorganisation as prepared (phương án sắp xếp): who begins, ends, follows, what moves (`document`).

    It may be edited until the reform is carried out or discarded.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    on = models.DateField()
    legal_basis = models.TextField()
    verified = models.BooleanField(default=False)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("phương án sắp xếp")
        verbose_name_plural = _("phương án sắp xếp")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it was neither carried out nor discarded."""
        return not hasattr(self, "carried_out") and not hasattr(self, "discarded")


class ReformCarriedOut(models.Model):
    """The act that carried a reform out: when, by whom, and how much work in hand it moved."""

    reform = models.OneToOneField(Reform, on_delete=models.PROTECT, related_name="carried_out")
    at = models.DateTimeField()
    actor = models.TextField()
    moved = models.JSONField(default=dict)
    transfers = models.JSONField(default=list)  # predecessor, successor, field (empty: the rest)

    def __str__(self) -> str:
        return f"{self.reform} · {self.at:%d/%m/%Y}"


class ReformDiscarded(models.Model):
    """The act that gave a reform up (bỏ phương án): when, by whom, and why."""

    reform = models.OneToOneField(Reform, on_delete=models.PROTECT, related_name="discarded")
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.reform} · {self.at:%d/%m/%Y}"
