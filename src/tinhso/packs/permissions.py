"""The verbs of this app that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class PackPermission(Permission):
    """What may be done with packs (gói nghiệp vụ)."""

    APPLY = "packs:pack:apply"
    READ = "packs:pack:read"


WORDS: Mapping[Permission, StrOrPromise] = {
    PackPermission.APPLY: _("Áp dụng gói nghiệp vụ"),
    PackPermission.READ: _("Xem gói nghiệp vụ"),
}
"""What each right is called on the screen."""
