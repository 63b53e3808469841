"""What the inspections of the demo found and units could not solve: raised by each, joined, answered once, closed.

That of 2024 found the same five difficulties in seven units; the answers are made up, since no text tells of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.inspections import services
from tinhso.inspections.models import FindingKind
from tinhso.kernel.actors import SystemActor
from tinhso.tasks.models import Obstacle, ObstacleState
from tinhso.tasks.services import obstacles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.accounts.actors import OfficerActor
    from tinhso.inspections.models import Finding, Inspection

ACTOR = SystemActor("demo")
KINDS = ("citizens", "infrastructure", "sharing", "other", "citizens")
"""Of which kind each of the five is, in their order."""
ANSWER = "Đã giao nhiệm vụ trong kết luận kiểm tra (thử nghiệm: văn bản nguồn không kể kết quả)."
HELPED = "Thử nghiệm: đã gỡ."
SOON, LATER = timedelta(days=3), timedelta(days=14)


def raise_it(finding: Finding, head: OfficerActor, about: str, at: datetime) -> None:
    """The unit hands a finding on."""
    key = finding.inspection.uuid
    services.raise_finding(key, finding=finding.pk, about=about, actor=head, at=at)


def unblock(
    inspections: Sequence[Inspection], heads: Mapping[int, OfficerActor], at: datetime
) -> None:
    """Each difficulty of 2024 is raised by every unit, and seen as one by who answers."""
    found = [_raised(each, heads[each.unit_id], at) for each in inspections]
    for same in zip(*found, strict=True):
        main = same[0]
        for other in same[1:]:
            if other.solver_id == main.solver_id:
                obstacles.join(other.uuid, main=main.uuid, actor=ACTOR, at=at + SOON)
    raised = [one for each in found for one in each]
    waiting = Obstacle.objects.filter(pk__in=[one.pk for one in raised], main=None)
    for one in waiting.filter(state=ObstacleState.OPEN).order_by("pk"):
        obstacles.answer(one.uuid, words=ANSWER, actor=ACTOR, at=at + SOON)
    for one in raised:
        obstacles.close(one.uuid, words=HELPED, actor=heads[one.agency_id], at=at + LATER)


def _raised(inspection: Inspection, head: OfficerActor, at: datetime) -> list[Obstacle]:
    """What was found in a unit, in the order of the five."""
    found = inspection.findings.filter(kind=FindingKind.WEAKNESS).order_by("pk")
    for finding, about in zip(found, KINDS, strict=True):
        raise_it(finding, head, about, at)
    made = found.all().select_related("obstacle")
    return [one.obstacle for one in made if one.obstacle is not None]
