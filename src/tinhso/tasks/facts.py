"""The fact table `tasks.task`: one row a task, with its days; neither its shares nor what stands for its periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.clock import day_of
from tinhso.tasks.models import Act, Evidence, ExtensionDecision, NoticeKind, State, Task, TaskAct
from tinhso.tasks.models.tasks import DEADLINE_KINDS
from tinhso.warehouse.declaring import Column, ColumnType, FactTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor

CODE = "tasks.task"
ROWS_AT_ONCE = 2_000
TEXT, WHOLE, YES, DAY = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
    ColumnType.DATE,
)

COLUMNS = (
    Column("uuid", TEXT, _("Khóa nhiệm vụ")),
    Column("notice", TEXT, _("Khóa văn bản giao việc")),
    Column(
        "source_kind",
        TEXT,
        _("Loại văn bản giao việc"),
        words=tuple((kind.value, kind.label) for kind in NoticeKind),
    ),
    Column("group", TEXT, _("Nhóm nhiệm vụ")),
    Column("agency", WHOLE, _("Cơ quan chủ trì")),
    Column("giver", WHOLE, _("Cơ quan giao và theo dõi")),
    Column("deadline_kind", TEXT, _("Loại thời hạn"), words=DEADLINE_KINDS),
    Column(
        "state", TEXT, _("Trạng thái"), words=tuple((state.value, state.label) for state in State)
    ),
    Column("issued_on", DAY, _("Ngày giao")),
    Column("due_on", DAY, _("Thời hạn")),
    Column("reported_on", DAY, _("Ngày báo cáo hoàn thành")),
    Column("done_on", DAY, _("Ngày xác nhận hoàn thành")),
    Column("is_done", YES, _("Đã hoàn thành")),
    Column("is_cancelled", YES, _("Đã hủy")),
    Column("is_on_time", YES, _("Đúng hạn (trống khi chưa xong hoặc không có hạn)")),
    Column("returns", WHOLE, _("Lần trả lại"), "lần"),
    Column("reports", WHOLE, _("Báo cáo tiến độ"), "lần"),
    Column("extensions", WHOLE, _("Lần gia hạn"), "lần"),
    Column("evidence", WHOLE, _("Minh chứng"), "mục"),
)

_TOLD = (
    *("uuid", "notice__uuid", "notice__kind", "group", "lead", "agency", "deadline_kind", "state"),
    *("at", "deadline_on", "proposed_at", "confirmed_at"),
    *("returns", "reports", "extensions", "shown"),
)


def rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    """The rows of these tasks, or of all, by one question."""
    whole = Task.objects.filter(parent=None, is_standing=False)
    found = whole if subjects is None else whole.filter(uuid__in=subjects)
    told = found.order_by("pk").annotate(
        proposed_at=Max("acts__at", filter=Q(acts__kind=Act.PROPOSED)),
        confirmed_at=Max("acts__at", filter=Q(acts__kind=Act.CONFIRMED)),
        returns=_number("acts", acts__kind=Act.RETURNED),
        reports=_number("acts", acts__kind=Act.REPORTED),
        extensions=_number("extension_requests", extension_requests__decision__is_granted=True),
        shown=_number("evidence"),
    )
    for row in told.values_list(*_TOLD).iterator(ROWS_AT_ONCE):
        yield _row(row)


def _number(of: str, **which: Any) -> Count:
    """How many of a task's rows; several are joined at once, so that each counts as itself."""
    return Count(f"{of}__pk", filter=Q(**which) if which else None, distinct=True)


def _row(told: tuple[Any, ...]) -> tuple[Any, ...]:
    uuid, notice, *rest = told
    *said, state, at, due_on, proposed_at, confirmed_at = rest[:-4]
    is_done = state == State.DONE
    is_reported = is_done or state == State.PROPOSED
    reported_on = day_of(proposed_at) if is_reported and proposed_at is not None else None
    done_on = day_of(confirmed_at) if is_done and confirmed_at is not None else None
    is_on_time = on_time(due_on, reported_on, done_on) if is_done else None
    return (
        *(str(uuid), str(notice), *said, state, day_of(at), due_on, reported_on, done_on),
        *(is_done, state == State.CANCELLED, is_on_time, *rest[-4:]),
    )


def on_time(due_on: date | None, reported_on: date | None, done_on: date | None) -> bool | None:
    """Whether a confirmed task was done in time (đúng hạn): by the day of the report, not of its confirmation."""
    finished_on = reported_on or done_on
    return finished_on <= due_on if due_on and finished_on else None


def subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """The tasks that are subjects themselves; issuing a notice records one event for each of its tasks.

    The first period of a recurring one takes its place.
    """
    touched = {event.subject for event in events}
    found = Task.objects.filter(uuid__in=touched, parent=None)
    of_periods = found.exclude(standing=None).values_list("standing__uuid", flat=True)
    return {*found.values_list("uuid", flat=True), *of_periods}


def _of(path: str) -> dict[str, Any]:
    return {f"{path}__parent": None, f"{path}__is_standing": False}


_COUNTED: Mapping[str, Callable[[], int]] = {
    "": Task.objects.filter(parent=None, is_standing=False).count,
    "returns": TaskAct.objects.filter(kind=Act.RETURNED, **_of("task")).count,
    "reports": TaskAct.objects.filter(kind=Act.REPORTED, **_of("task")).count,
    "extensions": ExtensionDecision.objects.filter(is_granted=True, **_of("request__task")).count,
    "evidence": Evidence.objects.filter(**_of("task")).count,
}


def total(column: str) -> int:
    """What PostgreSQL says of a measure over all tasks."""
    return _COUNTED[column]()


def links(keys: Collection[str]) -> dict[str, str]:
    """The pages of tasks."""
    return {key: reverse("tasks:task", args=[key]) for key in keys}


TABLE = FactTable(
    code=CODE,
    name=_("Nhiệm vụ"),
    counted=lambda n: npgettext("đếm", "nhiệm vụ", "nhiệm vụ", n),
    grain=_("một nhiệm vụ của một cơ quan chủ trì"),
    key="uuid",
    subject="uuid",
    day="issued_on",
    agency="agency",
    columns=COLUMNS,
    kinds=("tasks.",),
    subjects=subjects,
    rows=rows,
    total=total,
    links=links,
    version=2,
)
"""A task finished by its lead keeps that lead: a reform moves open tasks only."""


def visible_tasks(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    """Of these tasks (uuids as text), those that the actor may open."""
    found = Task.objects.visible_to(actor, at=at).filter(uuid__in=list(keys))
    return {str(key) for key in found.values_list("uuid", flat=True)}
