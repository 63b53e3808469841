"""A deadline stated once for several tasks of a sentence (một thời hạn cho nhiều việc)."""

from __future__ import annotations

from tinhso.tasks.notices.deadlines import is_only_deadline
from tinhso.tasks.notices.source import Source, Span, pattern, words
from tinhso.tasks.notices.task import Task


def shared_deadline(source: Source, made: list[Task]) -> list[Task]:
    """A deadline that ends a sentence, or opens it, holds for all that the sentence orders of the same lead."""
    if not made:
        return made
    first, last = made[0], made[-1]
    opens = first.deadline and first.words["deadline"][0].start - first.span.start < _OPENING
    given = last if last.deadline else first if opens else None
    if given is None:
        return made
    is_apart = opens or _stands_apart(source, given)
    is_shared = given.deadline_on is not None
    return [
        one.due_as(given)
        if one.deadline is None
        and (opens or not _is_lasting(source, one))
        and (is_apart or (is_shared and one.lead == given.lead))
        else one
        for one in made
    ]


def _is_lasting(source: Source, task: Task) -> bool:
    """A duty that does not end on a day: to follow, to keep, not to do."""
    begins = source.match(_LASTING, task.words["order"][0])
    return begins is not None or source.search(_FOLLOWING, task.span) is not None


def _stands_apart(source: Source, task: Task) -> bool:
    """As in "…, hoàn thành trước ngày 30/6": what the last comma adds is the deadline alone."""
    due = task.words["deadline"][0].start
    at = max(source.text.rfind(sign, task.span.start, due) for sign in ";,")
    said = Span(at + 1, task.span.end)
    return at >= 0 and source.match(_DONE, said) is not None and (is_only_deadline(source, said))


_OPENING = 60
_LASTING = pattern(
    words(
        *(
            "theo dõi",
            "giám sát",
            "duy trì",
            "bảo đảm",
            "đảm bảo",
            "chịu trách nhiệm",
            "không",
            "nghiêm cấm",
        ),
        *("tuyệt đối", "kiên quyết", "chấm dứt", "thường xuyên", "đôn đốc", "bảo vệ"),
    )
)
_FOLLOWING = pattern(r"\b(?:theo\s+dõi|đôn\s+đốc|giám\s+sát)\b[^;]*\bthực\s+hiện\b")
_DONE = pattern(r"\s*(?:hoàn\s+thành|xong|thời\s+hạn|thời\s+gian)\b")
