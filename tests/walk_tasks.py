"""What the walk of permissions meets of tasks: a notice that the province reviews, one it issued to the commune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cast import AT
from tests.walk_sample import Sample
from tinhso.kernel.actors import SystemActor
from tinhso.tasks import services
from tinhso.tasks.models import CommitteeKind, ObstacleState, Task
from tinhso.tasks.pages.act_table import ACTS
from tinhso.tasks.pages.obstacle_acting import ACTS as OBSTACLE_ACTS
from tinhso.tasks.services.obstacles import Stuck, answer, raise_obstacle
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.stuck import publish_kinds

if TYPE_CHECKING:
    from tests.walk_things import Things
    from tinhso.tasks.models import Notice

SYSTEM = SystemActor("test")
TEXT = "THÔNG BÁO\nSố: {number}/TB-UBND\nNhiệm vụ:\n1. UBND xã Ba Gia rà soát hồ sơ, xong trước ngày 31/12/2026.\n"
TYPED: dict[str, Any] = {
    "words": "Thử",
    "reason": "Thử",
    "value": "1/BC",
    "until": "2027-06-30",
    "answer": "yes",
}


def make_task_samples(things: Things) -> dict[str, list[Sample]]:
    """A notice under review, and a task of the commune in the state where each act begins."""
    review = _brought(things, 1)
    item = items_of(review.reviews.get())[0]
    number = {"expected": "0"}
    words = {"text": item.text, "leads": [item.leads[0]], "deadline_kind": "none"}
    key = {"key": review.uuid}
    given = _issued(things, 2)
    taken = _issued(things, 3)
    services.accept(taken.uuid, actor=SYSTEM, at=AT)
    starts = {"nhan": given, "giao-lai": given}
    return {
        **_obstacles(things),
        **_committees(things),
        "api/v1/tasks/": [Sample("of the commune", {"key": taken.uuid})],
        "api/v1/notices/": [Sample("under review", key)],
        "tasks:notice": [
            Sample("under review", key),
            Sample("issued", {"key": given.notice.uuid}),
        ],
        "tasks:reviewing": [
            Sample("under review", key, {**number, "then": "drop", "item": str(item.key)})
        ],
        "tasks:issuing": [Sample("under review", key, number)],
        "tasks:describing": [
            Sample("under review", key, {**number, "kind": "notice", "title": "Thử"})
        ],
        "tasks:discarding": [Sample("under review", key, {"reason": "Thử"})],
        "tasks:item": [Sample("under review", {**key, "item": item.key}, {**number, **words})],
        "tasks:performance_paper": [Sample("in Word", {"form": "docx"})],
        "tasks:task": [Sample("of the commune", {"key": taken.uuid})],
        "tasks:act": [
            Sample(act.slug, {"key": starts.get(act.slug, taken).uuid, "slug": act.slug}, TYPED)
            for act in ACTS
        ],
    }


def _committees(things: Things) -> dict[str, list[Sample]]:
    """A committee of the province."""
    facts = services.CommitteeFacts(CommitteeKind.STEERING, "Ban Chỉ đạo thử", AT.date())
    made = services.found_committee(facts, agency=things.cast.province.pk, actor=SYSTEM, at=AT)
    since = AT.date().isoformat()
    typed = {"role": "member", "post": "Giám đốc sở", "since": since}
    founding = {"agency": str(things.cast.province.pk), "kind": "working", "name": "Tổ thử"}
    return {
        "api/v1/committees/": [Sample("of the province", {"key": made.uuid})],
        "tasks:committee": [Sample("of the province", {"key": made.uuid})],
        "tasks:committee_act": [
            Sample("of the province", {"key": made.uuid, "slug": "thanh-vien"}, typed)
        ],
        "tasks:committee_founding": [Sample("of the province", {}, founding | {"since": since})],
    }


def _obstacles(things: Things) -> dict[str, list[Sample]]:
    """What the commune is stuck on: one that waits for the province, and one that it answered."""
    publish_kinds()
    commune = things.cast.commune.pk
    made = [
        raise_obstacle(Stuck("other", f"Máy quét {n} hỏng"), agency=commune, actor=SYSTEM, at=AT)
        for n in range(3)
    ]
    answer(made[1].uuid, words="Đã thay", actor=SYSTEM, at=AT)
    stuck = {"kind": "other", "text": "Mất điện", "agency": str(commune)}
    typed = {
        "words": "Thử",
        "solver": str(things.cast.department.pk),
        "body": "Bộ",
        "main": str(made[2].uuid),
    }
    starts = {act.slug: made[ObstacleState.OPEN not in act.states] for act in OBSTACLE_ACTS}
    return {
        "api/v1/obstacles/": [Sample("of the commune", {"key": made[0].uuid})],
        "tasks:obstacle": [Sample("of the commune", {"key": made[0].uuid})],
        "tasks:obstacle_raising": [Sample("at the commune", {}, stuck)],
        "tasks:obstacle_act": [
            Sample(act.slug, {"key": starts[act.slug].uuid, "slug": act.slug}, typed)
            for act in OBSTACLE_ACTS
        ],
    }


def _brought(things: Things, number: int) -> Notice:
    given = services.Brought(text=TEXT.format(number=number))
    return services.bring_in(given, agency=things.cast.province.pk, actor=SYSTEM, at=AT)


def _issued(things: Things, number: int) -> Task:
    notice = _brought(things, number)
    services.confirm(notice.uuid, expected=0, actor=SYSTEM, at=AT)
    return Task.objects.get(notice=notice)
