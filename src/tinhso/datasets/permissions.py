"""The verbs of data sets that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class DatasetPermission(Permission):
    """Rights on shared data (quyền về kho dữ liệu dùng chung)."""

    DELIVER = "datasets:dataset:deliver"
    READ = "datasets:dataset:read"


WORDS: Mapping[Permission, StrOrPromise] = {
    DatasetPermission.DELIVER: _("Giao bộ dữ liệu của cơ quan mình"),
    DatasetPermission.READ: _("Xem kho dữ liệu dùng chung"),
}
"""What each right is called on the screen."""
