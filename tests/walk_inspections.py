"""What the walk of permissions meets of inspections: the commune's, in every state where an act begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.cast import AT
from tests.walk_sample import Sample
from tinhso.inspections import services
from tinhso.inspections.models import FindingKind, Inspection, State, TeamPost
from tinhso.inspections.pages.acting import ACTS
from tinhso.inspections.tests.factories import CODE, publish_checklist
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from tests.walk_things import Things

SYSTEM = SystemActor("test")
TYPED: dict[str, Any] = {
    "words": "Thử",
    "text": "Thử",
    "kind": "result",
    "number": "1/KL",
    "ordinal": "1",
    "outcome": "done",
}

SAT = {"expected": "0", "place": "Trụ sở", "begins_at": f"{AT:%Y-%m-%d}T00:00"}


def make_inspection_samples(things: Things) -> dict[str, list[Sample]]:
    """The province inspects the commune: one inspection for each state."""
    publish_checklist()
    going = _inspection(things, 1)
    sealed = _sealed(things, 2)
    agreed = _sealed(things, 3)
    services.agree(agreed.uuid, actor=SYSTEM, at=AT)
    concluded = _sealed(things, 4)
    services.agree(concluded.uuid, actor=SYSTEM, at=AT)
    services.conclude(concluded.uuid, number="4/KL", actor=SYSTEM, at=AT)
    starts = {
        State.OPEN: going,
        State.SEALED: sealed,
        State.AGREED: agreed,
        State.CONCLUDED: concluded,
    }
    key = {"key": going.uuid}
    stuck = {"finding": str(sealed.findings.get().pk), "about": "other"}
    note = {"text": "Thử", "judgement": "met", "expected": "0"}
    return {
        "api/v1/inspections/": [Sample("under way", {**key, "ordinal": 1})],
        "inspections:plan": [Sample("of the commune", {"key": going.plan.uuid})],
        "inspections:comparing": [Sample("of the commune", {"key": going.plan.uuid})],
        "inspections:inspection": [Sample("under way", key)],
        "inspections:years": [Sample("under way", key)],
        "inspections:item": [Sample("under way", {**key, "ordinal": 1}, note)],
        "inspections:photo": [Sample("under way", {**key, "ordinal": 1})],
        "inspections:paper": [
            Sample(label, {"key": one.uuid, "paper": "bien-ban", "form": "docx"})
            for label, one in (("under way", going), ("sealed", sealed))
        ],
        "inspections:sitting": [Sample("under way", key, SAT)],
        "inspections:self_reporting": [Sample("under way", key, {"expected": "0"})],
        "inspections:act": [
            Sample(
                act.slug,
                {"key": starts[act.states[0]].uuid, "slug": act.slug},
                stuck if act.slug == "vuong-mac" else TYPED,
            )
            for act in ACTS
        ],
    }


def _inspection(things: Things, number: int) -> Inspection:
    on = AT.date() + timedelta(days=number)
    facts = services.PlanFacts(
        number=f"{number}/KH",
        issued_on=AT.date(),
        title="Kế hoạch kiểm tra",
        first=date(2026, 1, 1),
        last=date(2026, 6, 30),
        checklist=CODE,
        team=[services.Member("Hà", TeamPost.HEAD)],
        visits=[services.Visit(things.cast.commune.pk, on)],
    )
    province = things.cast.province.pk
    plan = services.plan_inspections(facts, agency=province, actor=SYSTEM, at=AT)
    return plan.inspections.select_related("plan").get()


def _sealed(things: Things, number: int) -> Inspection:
    made = _inspection(things, number)
    services.note(made.uuid, 1, text="Thử", judgement="", expected=0, actor=SYSTEM, at=AT)
    services.find(made.uuid, kind=FindingKind.CAUSE, text="Thử", actor=SYSTEM, at=AT)
    services.recommend(made.uuid, text="Thử", actor=SYSTEM, at=AT)
    begins, ends = AT - timedelta(hours=2), AT - timedelta(hours=1)
    facts = services.SittingFacts("Trụ sở", begins, ends, [services.Present("Bình")])
    services.sit(made.uuid, facts=facts, expected=0, actor=SYSTEM, at=AT)
    services.seal(made.uuid, actor=SYSTEM, at=AT)
    return made
