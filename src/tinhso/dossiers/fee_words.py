"""What a reduction of a fee does, in words: from its rule, never from its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from tinhso.dossiers.fees import Reduction

WHOLE = 100


def told(cut: Reduction) -> str:
    """`Miễn: hộ nghèo` in the language of the page; a sum of its own is for one unit."""
    return f"{_effect(cut.percent, cut.amount)}: {cut.title}"


@override("vi")
def written(cut: Reduction) -> str:
    """The same for the record, which stays Vietnamese whoever acts."""
    return told(cut)


def _effect(percent: int | None, amount: int | None) -> str:
    if amount:
        return gettext("Chỉ nộp %(amount)s đồng") % {"amount": number(amount)}
    if percent in (None, WHOLE):
        return gettext("Miễn")
    return gettext("Giảm %(percent)s %%") % {"percent": percent}
