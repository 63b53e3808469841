"""What the codes in events of dossiers are called where the log is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.acts import OUTCOME_NAMES
from tinhso.dossiers.definitions import OpinionSilence
from tinhso.dossiers.models import Channel
from tinhso.events import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

VALUES: Mapping[str, Mapping[str, StrOrPromise]] = {
    "by": {"applicant": _("người nộp"), "desk": _("quầy")},
    "channel": dict(Channel.choices),
    "effect": {silence.value: silence.words for silence in OpinionSilence},
    "ground": {"unanswered": _("người nộp không bổ sung")},
    "outcome": OUTCOME_NAMES,
    "way": {"counter": _("Tại quầy"), "post": _("Bưu chính công ích"), "online": _("Bản điện tử")},
}
"""By the name of the fact."""


def register() -> None:
    """Tell the log."""
    for fact, words in VALUES.items():
        wording.register("dossiers", fact, words)
