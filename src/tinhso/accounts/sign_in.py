"""How people sign in: django-allauth with our users, our log and our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.actors import VISITOR, actor_for
from tinhso.accounts.models import SignIn, User
from tinhso.accounts.services import sign_ins, users

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Joins django-allauth to our services. Sign-in keeps real time, not the business clock."""

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


class SignUpForm(SignupForm):  # type: ignore[misc]
    """How a citizen opens an account: e-mail, name, password."""

    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]
