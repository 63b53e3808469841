"""The forms of django-allauth in our words: labels, hints and what browsers may fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EMAIL = _("Thư điện tử")
PASSWORD = _("Mật khẩu")
NEW_PASSWORD = _("Mật khẩu mới")
AGAIN = _("Nhập lại mật khẩu")
STRONG = _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không trùng tên hay thư điện tử của bạn.")
CODE = _("Mã xác thực")
CODE_HINT = _("6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.")
DIFFERENT = _("Hai lần nhập mật khẩu không giống nhau.")


def say(form: forms.Form, **words: tuple[StrOrPromise, StrOrPromise]) -> None:
    """Give fields their label and hint; placeholders go, a label says it better."""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label = label
        field.help_text = hint
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = str(_("Nhập thông tin này."))


class TypedTwice:
    """Says in Vietnamese that the two passwords differ."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Replace the sentence of the library by ours where the second password is complained of."""
        is_sentence = field == "password2" and not isinstance(error, forms.ValidationError)
        given = DIFFERENT if is_sentence else error
        super().add_error(field, given)  # type: ignore[misc]


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, login=(EMAIL, ""), password=(PASSWORD, ""))


class SignUpForm(TypedTwice, account.SignupForm):  # type: ignore[misc]
    """How a citizen opens an account: name, e-mail, password."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            name=(_("Họ và tên"), ""),
            email=(EMAIL, _("Chúng tôi gửi một liên kết xác nhận tới địa chỉ này.")),
            password1=(PASSWORD, STRONG),
            password2=(AGAIN, ""),
        )


class ChangePasswordForm(TypedTwice, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password, then the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            oldpassword=(_("Mật khẩu hiện tại"), ""),
            password1=(NEW_PASSWORD, STRONG),
            password2=(AGAIN, ""),
        )


class FirstPasswordForm(TypedTwice, account.SetPasswordForm):  # type: ignore[misc]
    """A password for who signed in without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, password1=(NEW_PASSWORD, STRONG), password2=(AGAIN, ""))


class ForgottenPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    """The e-mail to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, email=(EMAIL, ""))


class NewPasswordForm(TypedTwice, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice, after the link was followed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, password1=(NEW_PASSWORD, STRONG), password2=(AGAIN, ""))


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more before a sensitive change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, password=(PASSWORD, ""))


class CodeForm(second_factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=(CODE, CODE_HINT))


class CodeAgainForm(second_factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more before a sensitive change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=(CODE, CODE_HINT))


class ActivateCodeForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a freshly joined authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=(CODE, _("6 chữ số đang hiện trong ứng dụng.")))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
