"""Open tasks counted by lead, group and follower, all in one pass over an index (số việc theo cơ quan, nhóm, người)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.translation import gettext as _

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.tasks.models.tasks import SOON, UNFINISHED
from tinhso.tasks.queries.tasks import LATE, NOBODY, SOON_DUE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tinhso.tasks.models.tasks import TaskQuerySet


@dataclass(frozen=True)
class Load:
    """The tasks of one agency, group or follower; `word` is how an address chooses it."""

    word: str
    name: str
    late: int
    soon: int
    waiting: int
    open: int


@dataclass(frozen=True)
class Loads:
    """Open tasks by lead, group and follower, most late first; `counts` is how many each view of them holds."""

    by_lead: list[Load]
    by_group: list[Load]
    by_follower: list[Load]
    counts: dict[str, int | None]


class _Counted(NamedTuple):
    lead: int | None
    group: str | None
    follower: int | None
    grouping: int
    open: int
    late: int
    soon: int
    issued: int
    accepted: int
    returned: int
    proposed: int


LEAD, GROUP, FOLLOWER, ALL = 0b011, 0b101, 0b110, 0b111
"""What PostgreSQL's GROUPING says of a line: a bit for each column that the line does not divide by."""
COUNT = """
SELECT lead, "group", follower, GROUPING(lead, "group", follower), count(*),
    count(*) FILTER (WHERE state = ANY(%s) AND deadline_on < %s),
    count(*) FILTER (WHERE state = ANY(%s) AND deadline_on BETWEEN %s AND %s),
    count(*) FILTER (WHERE state = 'issued'), count(*) FILTER (WHERE state = 'accepted'),
    count(*) FILTER (WHERE state = 'returned'), count(*) FILTER (WHERE state = 'proposed')
FROM ({tasks}) AS open GROUP BY GROUPING SETS ((lead), ("group"), (follower), ())
"""


def loads(tasks: TaskQuerySet, on: date) -> Loads:
    """How the open ones of the tasks lie, on that day."""
    columns = ("lead", "group", "follower", "state", "deadline_on")
    query = tasks.open().order_by().values(*columns).query
    sql, values = query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
    unfinished: Any = [state.value for state in UNFINISHED]
    with connection.cursor() as cursor:
        days = [unfinished, on, unfinished, on, on + SOON]
        cursor.execute(COUNT.format(tasks=sql), [*days, *values])
        found = [_Counted(*row) for row in cursor.fetchall()]
    (whole,) = (row for row in found if row.grouping == ALL)
    by = {kind: [row for row in found if row.grouping == kind] for kind in (LEAD, GROUP, FOLLOWER)}
    leads = names_of([row.lead for row in by[LEAD] if row.lead], on)
    people = User.objects.filter(pk__in=[row.follower for row in by[FOLLOWER] if row.follower])
    followers = dict(people.values_list("pk", "name"))
    nobody, loose = _("Chưa có người theo dõi"), _("Không thuộc nhóm")
    return Loads(
        by_lead=_sorted((row.lead, leads.get(row.lead or 0, ""), row) for row in by[LEAD]),
        by_group=_sorted((row.group, row.group or loose, row) for row in by[GROUP]),
        by_follower=_sorted(
            (row.follower, followers.get(row.follower or 0, nobody), row) for row in by[FOLLOWER]
        ),
        counts=_views(whole),
    )


def _views(whole: _Counted) -> dict[str, int | None]:
    return {
        "dang-mo": whole.open,
        LATE: whole.late,
        SOON_DUE: whole.soon,
        "cho-nhan": whole.issued,
        "dang-lam": whole.accepted,
        "tra-lai": whole.returned,
        "cho-xac-nhan": whole.proposed,
    }


def _sorted(found: Iterable[tuple[Any, str, _Counted]]) -> list[Load]:
    made = [
        Load(str(key or NOBODY), name, row.late, row.soon, row.issued + row.returned, row.open)
        for key, name, row in found
    ]
    return sorted(made, key=lambda load: (-load.late, -load.open, load.name))
