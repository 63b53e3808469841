"""What can be granted about citizens and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class PartyPermission(Permission):
    """Verbs of parties, in alphabetical order of their values."""

    CORRECT = "parties:party:correct"
    READ = "parties:party:read"
    REGISTER = "parties:party:register"
    VERIFY = "parties:party:verify"


WORDS: Mapping[Permission, StrOrPromise] = {
    PartyPermission.CORRECT: _("Đính chính thông tin người dân, tổ chức"),
    PartyPermission.READ: _("Xem thông tin người dân, tổ chức"),
    PartyPermission.REGISTER: _("Đăng ký người dân, tổ chức"),
    PartyPermission.VERIFY: _("Xác minh người dân, tổ chức"),
}
"""What each right is called on the screen."""
