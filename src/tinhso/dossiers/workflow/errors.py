"""What can be refused about a workflow and its tokens, by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing in a BPMN file that is not run here: where it stands, what it is, one sentence."""

    line: int
    element: str
    type: str
    sentence: str

    def __str__(self) -> str:
        return f"dòng {self.line}: {self.type} «{self.element}»: {self.sentence}"


class WorkflowUnsupported(Invalid):
    """The BPMN file holds something that is not run here; `problems` is the complete list."""

    code = "dossiers.workflow_unsupported"
    message = _("Sơ đồ quy trình có {count} chỗ chưa dùng được.")

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        errors: dict[str, list[str]] = {}
        for problem in self.problems:
            errors.setdefault(f"{problem.line}:{problem.element}", []).append(problem.sentence)
        super().__init__(errors=errors, count=len(self.problems))


class TokenNotOpen(Conflict):
    """The step is no longer open: somebody else finished it, or it was interrupted."""

    code = "dossiers.token_not_open"
    message = _("Bước này không còn mở.")


class OutcomeUnknown(Invalid):
    """The step cannot end with this outcome (kết quả bước)."""

    code = "dossiers.outcome_unknown"
    message = _("Bước «{step}» không có kết quả «{outcome}».")


class StepNotVisited(Conflict):
    """Work goes back only to a step that this branch has been through (trả lại bước trước)."""

    code = "dossiers.step_not_visited"
    message = _("Chỉ trả lại được bước mà nhánh này đã đi qua; «{step}» thì chưa.")


class TimerNotSet(Conflict):
    """The timer does not stand at the step of this token."""

    code = "dossiers.timer_not_set"
    message = _("Bước này không đặt hẹn giờ «{timer}».")
