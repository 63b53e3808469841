"""People who sign in: officers and citizens."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.permissions import AccountPermission
from tinhso.kernel.folding import tsquery
from tinhso.kernel.vectors import SearchVectorField

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class UserQuerySet(models.QuerySet["User"]):
    """Words about users."""

    def officers(self) -> UserQuerySet:
        """Accounts of people who work for an agency."""
        return self.filter(kind=User.Kind.OFFICER)

    def active(self) -> UserQuerySet:
        """Accounts that may sign in."""
        return self.filter(is_active=True)

    def visible_to(self, actor: Actor, *, at: datetime) -> UserQuerySet:
        """Officers whom the actor may see: those granted a role or holding a post where it may read.

        Whoever may create accounts also sees those that belong nowhere yet.
        """
        scope = actor.scope(AccountPermission.READ_USER, at=at)
        if scope.everywhere:
            return self.all()
        if not scope:
            return self.none()
        here = Q(grants__agency__in=scope.agencies) | Q(holdings__post__agency__in=scope.agencies)
        if actor.holds(AccountPermission.CREATE_USER, at=at):
            here |= Q(kind=User.Kind.OFFICER, grants=None, holdings=None)
        return self.filter(pk__in=User.objects.filter(here).values("pk"))

    def named(self, text: str) -> UserQuerySet:
        """Users whose name or e-mail begins so, word by word, without accents; all when empty."""
        return self.filter(words__matches=text) if tsquery(text) else self


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds users by e-mail, as the framework's sign-in asks."""


class User(AbstractBaseUser):
    """A person who signs in by e-mail (người dùng): an officer (công chức) or a citizen (công dân).

    `party_key` and `party_uuid` name the party that a citizen's account stands for, without a
    foreign key: parties lie above accounts. Both are empty until the citizen has said who they are.
    """

    class Kind(models.TextChoices):
        """Whose account it is."""

        OFFICER = "officer", _("Cán bộ, công chức")
        CITIZEN = "citizen", _("Công dân, tổ chức")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("Thư điện tử"), unique=True)
    name = models.CharField(_("Họ và tên"), max_length=200)
    sort_key = models.TextField(editable=False, default="")
    words = SearchVectorField(editable=False, default=list)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OFFICER)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)
    party_key = models.BigIntegerField(null=True, unique=True)
    party_uuid = models.UUIDField(null=True, unique=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("người dùng")
        ordering = ["sort_key", "pk"]
        indexes = [
            GinIndex(fields=["words"], name="user_by_words"),
            models.Index(fields=["sort_key", "id"], name="user_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(party_key__isnull=True, party_uuid__isnull=True)
                | Q(party_key__isnull=False, party_uuid__isnull=False, kind="citizen"),
                name="user_party_of_citizen_only",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_officer(self) -> bool:
        """Whether the account belongs to a person who works for an agency."""
        return self.kind == self.Kind.OFFICER


class Deactivation(models.Model):
    """An account was closed (khóa tài khoản); `User.is_active` follows from these rows."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deactivations")
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%d/%m/%Y}"


class Reactivation(models.Model):
    """A closed account was opened again (mở khóa tài khoản)."""

    deactivation = models.OneToOneField(
        Deactivation, on_delete=models.PROTECT, related_name="reactivation"
    )
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.deactivation_id} {self.at:%d/%m/%Y}"


class SignIn(models.Model):
    """One attempt to sign in (nhật ký đăng nhập), kept for its owner and the auditor.

    `user` is empty when the e-mail belongs to nobody; what was typed is never kept. `address` is
    personal data: it stays in this table and out of the event log.
    """

    class Outcome(models.TextChoices):
        """How the attempt ended."""

        SUCCEEDED = "succeeded", _("Thành công")
        FAILED = "failed", _("Sai mật khẩu hoặc mã")
        SIGNED_OUT = "signed_out", _("Đăng xuất")

    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_by_user")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%d/%m/%Y %H:%M}"
