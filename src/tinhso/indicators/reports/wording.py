"""Words of reports that more than one module says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import UNIT_KINDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNFIT: dict[str, StrOrPromise] = {
    "both": _("nhập cả tử số và mẫu số."),
    "negative": _("không nhập số âm."),
    "part": _("tử số không lớn hơn mẫu số."),
    "value": _("nhập một số."),
}


def signer_of(kind: str) -> tuple[str, str]:
    """In which capacity, and as what, the head of such an agency signs (NĐ 30/2020/NĐ-CP Điều 13); Vietnamese."""
    return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") if kind in UNIT_KINDS else ("", "GIÁM ĐỐC")
