"""Acts that the system runs itself at a service task (việc hệ thống tự làm): pure, and each declares its outcomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from tinhso.dossiers.cases import Case

ServiceAct = Callable[["Case", datetime], str]

service_acts: Registry[ServiceAct] = Registry("service act")


def compare_with_term(case: Case, at: datetime) -> str:
    """Whether the work got here within the appointed time: `on_time` or `late` (đối chiếu thời hạn)."""
    return "late" if case.due_at is not None and at > case.due_at else "on_time"


OUTCOMES = {"compare_with_term": ("on_time", "late")}
"""The outcomes that each service act declares; the pack's check reads them."""

service_acts.register("compare_with_term", compare_with_term)
