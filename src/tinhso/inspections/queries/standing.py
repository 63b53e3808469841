"""Where an inspection stands, as shape and word, and its way from plan to closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.inspections.models import Inspection, MinutesKind, Plan, State
from tinhso.inspections.queries.sittings import sitting_of
from tinhso.ui.components import Step
from tinhso.ui.formatting import day as shown_day

if TYPE_CHECKING:
    from datetime import date

SHAPES = {
    State.OPEN: "wait",
    State.SEALED: "near",
    State.AGREED: "near",
    State.CONCLUDED: "wait",
    State.CLOSED: "done",
}


@dataclass(frozen=True)
class Standing:
    """The shape of a pill and its word."""

    shape: str
    word: str


def standing(inspection: Inspection, on: date) -> Standing:
    """Where it stands on a day; one whose day has not come is only prepared."""
    state = State(inspection.state)
    if state == State.OPEN and inspection.visit_on > on:
        return Standing("plain", _("Đã điền sẵn, chờ ngày đến"))
    return Standing(SHAPES[state], str(state.label))


def way(inspection: Inspection, plan: Plan, on: date) -> list[Step]:
    """What is done, what is going on, what comes next."""
    sealed = inspection.minutes_acts.filter(kind=MinutesKind.SEALED).order_by("-pk").first()
    agreed = inspection.minutes_acts.filter(kind=MinutesKind.AGREED).order_by("-pk").first()
    conclusion = getattr(inspection, "conclusion", None)
    closing = getattr(inspection, "closing", None)
    is_sealed, sitting = inspection.state != State.OPEN, sitting_of(inspection)
    visited = sitting.begins_at if sitting else inspection.visit_on
    dated = (
        (_("Lập kế hoạch, điền sẵn phiếu"), plan.issued_on),
        (_("Đến đơn vị, ghi phiếu"), visited if is_sealed else None),
        (_("Chốt biên bản"), sealed.at if sealed and is_sealed else None),
        (_("Đơn vị thông qua biên bản"), agreed.at if agreed else None),
        (_("Kết luận, giao khắc phục"), conclusion.at if conclusion else None),
        (_("Khắc phục xong, kết thúc"), closing.at if closing else None),
    )
    steps: list[Step] = []
    for label, at in dated:
        is_next = all(step.state == "done" for step in steps)
        is_to_come = label == dated[1][0] and inspection.visit_on > on
        if at is not None:
            steps.append(Step(label, shown_day(at), "done"))
        elif is_next and not is_to_come:
            steps.append(Step(label, "", "now"))
        else:
            steps.append(Step(label, shown_day(inspection.visit_on) if is_to_come else "", "next"))
    return steps
