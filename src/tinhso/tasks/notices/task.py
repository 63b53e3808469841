"""A task as read from a text (nhiệm vụ đọc được), and what the headings above it give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tinhso.tasks.notices.bodies import Named
from tinhso.tasks.notices.deadlines import Deadline, DeadlineKind
from tinhso.tasks.notices.source import Span


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its words in the text, and what the text says of it. `words` names the spans that gave each field."""

    span: Span
    text: str
    group: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    deadline: str | None
    deadline_on: date | None
    deadline_kind: DeadlineKind
    references: tuple[str, ...]
    supervisor: str | None
    words: dict[str, tuple[Span, ...]]

    def due(self, deadline: Deadline, *, written: str) -> Task:
        """The same task with a deadline that stands elsewhere in the text."""
        return replace(
            self,
            deadline=written,
            deadline_on=deadline.on,
            deadline_kind=deadline.kind,
            words=self.words | {"deadline": (deadline.words,)},
        )

    def followed_by(self, name: str, words: Span) -> Task:
        """The same task with the person who is to follow it."""
        return replace(self, supervisor=name, words=self.words | {"supervisor": (words,)})

    def due_as(self, other: Task) -> Task:
        """The same task with the deadline of another."""
        return replace(
            self,
            deadline=other.deadline,
            deadline_on=other.deadline_on,
            deadline_kind=other.deadline_kind,
            words=self.words | {"deadline": other.words["deadline"]},
        )

    def as_json(self) -> dict[str, Any]:
        """The task as `./tinhso notice extract --json` prints it."""
        return {
            "text": self.text,
            "group": self.group,
            "lead": list(self.lead),
            "coordinate": list(self.coordinate),
            "deadline": self.deadline,
            "deadline_on": self.deadline_on.isoformat() if self.deadline_on else None,
            "deadline_kind": self.deadline_kind.value,
            "references": list(self.references),
            "supervisor": self.supervisor,
            "start": self.span.start,
            "end": self.span.end,
            "words": {
                name: [{"start": span.start, "end": span.end} for span in spans]
                for name, spans in self.words.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """What a heading gives to the items under it."""

    group: str = ""
    lead: Named | None = None
    coordinate: tuple[Named, ...] = ()
    deadline: Deadline | None = None
    is_ordering: bool = False
    is_telling: bool = False
    is_after: bool = False
    """After the items of a list: text without a mark orders nothing by its place alone."""
