"""The link by which the owner of a new account chooses the first password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from tinhso.accounts.permissions import AccountPermission

if TYPE_CHECKING:
    from tinhso.accounts.models import User
    from tinhso.kernel.requests import ActedRequest


JUST_MADE = "accounts.just_made"
"""Where the session notes the account that was just made: its link is shown on the next page, once."""


def first_password_link(request: ActedRequest, user: User) -> str:
    """The link, for who has just created the account, shown once; else empty.

    It is the library's own link to set a password: used once, and for three days at most. Whoever loses it asks for
    another by mail, as anybody who forgot a password.
    """
    if request.session.get(JUST_MADE) != str(user.uuid):
        return ""
    del request.session[JUST_MADE]
    may = request.actor.holds(AccountPermission.CREATE_USER, at=request.at)
    if not may or user.has_usable_password() or not user.is_active:
        return ""
    return request.build_absolute_uri(link_path(user))


def link_path(user: User) -> str:
    """The path of the link that sets the user's password."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
