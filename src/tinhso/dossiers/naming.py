"""What a step or a charge is called (tên bước, khoản thu) in the language of the page; records keep Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import definitions
from tinhso.dossiers.acts import OUTCOME_NAMES
from tinhso.dossiers.workflow.moves import ClosedBecause
from tinhso.ui.languages import is_vietnamese, worded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Step
    from tinhso.payments.models import Charge

RECEIPT = "Tiếp nhận hồ sơ"
OPINION = "Cho ý kiến"
TRANSFER = "Trả lời đề nghị chuyển hồ sơ"
COMPLAINT = "Trả lời khiếu nại, phản ánh"
UNDONE = frozenset({ClosedBecause.CANCELLED.value, "withdrawn"})
"""Outcomes of a step that was closed before anybody did it."""
BESIDE = {
    RECEIPT: _("Tiếp nhận hồ sơ"),
    OPINION: _("Cho ý kiến"),
    TRANSFER: _("Trả lời đề nghị chuyển hồ sơ"),
    COMPLAINT: _("Trả lời khiếu nại, phản ánh"),
}
"""The steps that no workflow holds, in the language of the page."""
NAME_OF = {
    "receipt": RECEIPT,
    "opinion": OPINION,
    "transfer": TRANSFER,
    "complaint": COMPLAINT,
}
"""The same by their node."""


def fee_title(charge: Charge, version: int) -> str:
    """The name of a charge, the English of the fee that it stands for where the reader chose English."""
    if is_vietnamese():
        return charge.name
    fees = definitions.of_version(version).fees
    return next((fee.title for fee in fees if fee.code == charge.code), charge.name)


def outcome_title(step: Step) -> StrOrPromise:
    """How a closed step ended; an opinion that nobody gave is neither done nor a dossier that was stopped."""
    if _is_beside(step) and step.outcome == ClosedBecause.TIMED_OUT.value:
        return _("Không trả lời trong hạn")
    if step.act == "give_opinion" and step.outcome == ClosedBecause.CANCELLED.value:
        asked = getattr(step, "opinion_request", None)
        is_late = (
            asked is not None and step.closed_at is not None and asked.due_at <= step.closed_at
        )
        return _("Không có ý kiến trong hạn") if is_late else _("Không cần ý kiến nữa")
    return OUTCOME_NAMES.get(step.outcome or "", step.outcome or "")


def _is_beside(step: Step) -> bool:
    return step.act == "give_opinion" and step.token is None


def step_title(step: Step, version: int) -> str:
    """The name of a step, the English of the workflow of that version where the reader chose English."""
    return step_named(step.name, step.node, version)


def step_named(name: str, node: str, version: int) -> str:
    """The same of a step of which only its name and node are known."""
    if is_vietnamese():
        return name
    if name in BESIDE:
        return str(BESIDE[name])
    known = definitions.of_version(version).workflow.nodes.get(node)
    return worded(name, known.english if known else "")


def work_named(node: str, version: int) -> str:
    """What is done, or waited for, at a node of a workflow or beside it."""
    known = definitions.of_version(version).workflow.nodes.get(node)
    return step_named(known.written if known else NAME_OF.get(node, ""), node, version)
