"""What the walk of permissions meets of shared data: a data set that the commune owes, and its delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cast import AT
from tests.walk_sample import Sample
from tinhso.datasets import services
from tinhso.datasets.tests.factories import CODE, FILE, publish
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from tests.walk_things import Things

PERIOD = "2025-Q3"


def make_dataset_samples(things: Things) -> dict[str, list[Sample]]:
    """The commune delivered the third quarter."""
    commune = things.cast.commune
    publish(owner={"keys": [commune.key]})
    made = services.deliver(
        CODE,
        PERIOD,
        FILE,
        filename="q3.csv",
        agency=commune.pk,
        actor=SystemActor("test"),
        at=AT,
    )
    delivery = [Sample("of the commune", {"key": made.uuid})]
    dataset = [Sample("owed by the commune", {"code": CODE})]
    return {
        "api/v1/datasets/": [
            Sample("of the commune", {"code": CODE, "period": PERIOD, "key": made.uuid})
        ],
        "datasets:delivery": delivery,
        "datasets:bad_rows": delivery,
        "datasets:dataset": dataset,
        "datasets:delivering": dataset,
        "datasets:rows": dataset,
        "datasets:export": dataset,
    }
