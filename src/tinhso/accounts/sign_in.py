"""How people sign in: django-allauth with our users, our log and our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.accounts import queries
from tinhso.accounts.actors import VISITOR, actor_for
from tinhso.accounts.models import SignIn, User
from tinhso.accounts.services import sign_ins, users
from tinhso.ui import navigation, qr

if TYPE_CHECKING:
    from django import forms
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Joins django-allauth to our services. Sign-in keeps real time, not the business clock."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản đã bị khóa."),
        "email_password_mismatch": _("Thư điện tử hoặc mật khẩu không đúng."),
        "email_taken": _("Đã có tài khoản dùng thư điện tử này."),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_login": _("Không đăng nhập được."),
        "invalid_password_reset": _("Liên kết không đúng hoặc đã hết hạn."),
        "rate_limited": _("Bạn thử quá nhiều lần, hãy chờ vài phút."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
        "too_many_login_attempts": _("Sai quá nhiều lần, hãy thử lại sau vài phút."),
        "unknown_email": _("Không có tài khoản nào dùng thư điện tử này."),
    }

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: forms.BaseForm,
        commit: bool = True,
    ) -> User:
        del request, user, commit
        given = form.cleaned_data
        return users.sign_up(
            email=given["email"],
            name=given["name"],
            password=given["password1"],
            actor=VISITOR,
            at=timezone.now(),
        )

    def get_login_redirect_url(self, request: ActedRequest) -> str:
        """Officers begin where their work waits, or where they join the factor for it; citizens at the portal."""
        user = request.user
        if not isinstance(user, User) or not user.is_officer:
            return super().get_login_redirect_url(request)  # type: ignore[no-any-return]
        request.actor = actor_for(user)
        if queries.needs_second_factor(user, at=timezone.now()):
            return reverse("accounts:mine")
        return navigation.beginning(request) or reverse("accounts:mine")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        self._note(SignIn.Outcome.SUCCEEDED, request, user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if isinstance(user, User):
            self._note(SignIn.Outcome.SIGNED_OUT, request, user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = str(credentials.get("email", "")).lower()
        self._note(SignIn.Outcome.FAILED, request, User.objects.filter(email=email).first())

    def _note(self, outcome: SignIn.Outcome, request: HttpRequest, user: User | None) -> None:
        sign_ins.note(
            outcome,
            user=user,
            address=self.get_client_ip(request),
            device=self.get_http_user_agent(request),
            actor=actor_for(user) if user and outcome != SignIn.Outcome.FAILED else VISITOR,
            at=timezone.now(),
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: our words, our QR code."""

    error_messages = {
        "add_email_blocked": _("Tài khoản có xác thực hai lớp không thêm thư điện tử được."),
        "cannot_delete_authenticator": _("Không tắt được xác thực hai lớp."),
        "cannot_generate_recovery_codes": _("Bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
        "unverified_email": _("Xác nhận thư điện tử trước khi bật xác thực hai lớp."),
    }

    def build_totp_svg(self, url: str) -> str:
        return qr.svg(url, label=gettext("Mã QR cho ứng dụng xác thực"))
