"""What can be granted about agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class AgencyPermission(Permission):
    """Verbs about agencies and reforms."""

    READ = "agencies:agency:read"
    EDIT = "agencies:agency:edit"
    CARRY_OUT_REFORM = "agencies:reform:carry_out"


WORDS: Mapping[Permission, StrOrPromise] = {
    AgencyPermission.READ: _("Xem danh bạ cơ quan và phương án sắp xếp"),
    AgencyPermission.EDIT: _("Sửa danh bạ cơ quan, lập phương án sắp xếp"),
    AgencyPermission.CARRY_OUT_REFORM: _("Thực hiện phương án sắp xếp cơ quan"),
}
"""What each right is called on the screen."""
