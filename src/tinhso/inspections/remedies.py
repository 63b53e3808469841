"""What became of a recommendation (khắc phục sau kiểm tra): by its task, and by who looked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.inspections.models import Outcome, Recheck
from tinhso.tasks.models import State as TaskState

if TYPE_CHECKING:
    from tinhso.inspections.models import Recommendation


def outcome_of(recommendation: Recommendation) -> str:
    """What the last look at a recommendation found; empty when nobody looked again."""
    last = Recheck.objects.filter(recommendation=recommendation).order_by("-pk").first()
    return last.outcome if last else ""


def words_of(recommendation: Recommendation) -> str:
    """What was said at the last look; empty when nobody looked again."""
    last = Recheck.objects.filter(recommendation=recommendation).order_by("-pk").first()
    return last.words if last else ""


def is_over(recommendation: Recommendation) -> bool:
    """Whether its task is confirmed or was cancelled."""
    task = recommendation.task
    return task is not None and task.state in {TaskState.DONE, TaskState.CANCELLED}


def is_remedied(recommendation: Recommendation) -> bool:
    """Whether its task is over, or somebody looked again and found it done."""
    return is_over(recommendation) or outcome_of(recommendation) == Outcome.DONE
