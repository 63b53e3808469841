"""The fact table `dossiers.step`: one row a step of work, ours or of another system's log."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.facts import naming, totals
from tinhso.dossiers.facts.dossiers import VERSION_LEVELS
from tinhso.dossiers.facts.pauses import pauses_of, without
from tinhso.dossiers.facts.reading import Row, day, portions, stream
from tinhso.dossiers.facts.touching import CALENDAR, dossiers_of
from tinhso.warehouse.declaring import Column, ColumnType, FactTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from uuid import UUID

    from tinhso.events.models import Event

CODE = "dossiers.step"
BESIDE = ("opinion", "transfer", "complaint")
"""Nodes with a clock of their own: the pauses of the dossier are none of theirs."""
RESOURCE = "tinhso.dossiers.facts.resource"
"""What the name of a person in another system's log is hashed with: their work can be counted, they cannot be read."""
TEXT, WHOLE, YES, DAY = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
    ColumnType.DATE,
)

COLUMNS = (
    Column("key", TEXT, _("Khóa bước")),
    Column("dossier", TEXT, _("Khóa hồ sơ")),
    Column("batch", TEXT, _("Đợt nhập lịch sử")),
    Column("ordinal", WHOLE, _("Thứ tự trong hồ sơ")),
    Column("procedure", TEXT, _("Thủ tục"), called=naming.procedures),
    Column("field", TEXT, _("Lĩnh vực"), called=naming.fields),
    Column("level", TEXT, _("Cấp giải quyết"), words=VERSION_LEVELS),
    Column("agency", WHOLE, _("Cơ quan làm bước này")),
    Column("node", TEXT, _("Bước (mã)")),
    Column("name", TEXT, _("Bước")),
    Column("act", TEXT, _("Việc phải làm")),
    Column("role", TEXT, _("Vai trò")),
    Column("outcome", TEXT, _("Kết quả của bước")),
    Column("opened_on", DAY, _("Ngày bắt đầu")),
    Column("closed_on", DAY, _("Ngày xong")),
    Column("is_open", YES, _("Chưa xong")),
    Column("is_beside", YES, _("Ngoài quy trình (lấy ý kiến, chuyển cơ quan, khiếu nại)")),
    Column("is_imported", YES, _("Lịch sử nhập từ hệ thống khác")),
    Column("person", TEXT, _("Người giữ việc, hoặc người làm xong (khóa)")),
    Column("working_minutes", WHOLE, _("Thời gian của bước"), "phút làm việc"),
    Column(
        "waiting_minutes",
        WHOLE,
        _("Trong đó chờ người nhận (trống khi không ai bấm nhận)"),
        "phút làm việc",
    ),
)

_OURS = f"""
SELECT d.uuid::text || ':' || s.ordinal, d.uuid::text, NULL, s.ordinal, p.code, v.field, v.level, s.agency_id,
       s.node, s.name, s.act, s.role, s.outcome, {day("s.opened_at")}, {day("s.closed_at")}, s.closed_at IS NULL,
       s.token IS NULL AND s.node IN ({", ".join(f"'{node}'" for node in BESIDE)}), false,
       coalesce(u.uuid::text, CASE WHEN s.outcome NOT IN ('cancelled', 'withdrawn')
                              THEN substring(s.closed_by FROM '^user:(.+)$') END),
       s.opened_at, taken.first, s.closed_at, pause.since, pause.until, d.finished_at
FROM dossiers_step s
JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN dossiers_procedureversion v ON v.id = d.procedure_id
JOIN dossiers_procedure p ON p.id = v.procedure_id
LEFT JOIN accounts_user u ON u.id = s.person_id
LEFT JOIN (
    SELECT t.step_id, min(t.at) AS first FROM dossiers_assignment t
    WHERE t.person_id IS NOT NULL {{some_taken}} GROUP BY t.step_id
) taken ON taken.step_id = s.id
LEFT JOIN (
    SELECT t.dossier_id, array_agg(t.at ORDER BY t.at) AS since, array_agg(r.at ORDER BY t.at) AS until
    FROM dossiers_suspension t LEFT JOIN dossiers_resumption r ON r.suspension_id = t.id {{some_paused}}
    GROUP BY t.dossier_id
) pause ON pause.dossier_id = d.id
{{some_steps}}
"""
_LOGGED = f"""
SELECT d.uuid::text || ':' || s.ordinal, d.uuid::text, b.uuid::text, s.ordinal, p.code, v.field, v.level,
       d.competent_agency_id, s.activity, s.activity, '', s.department, NULL, {day("s.begun")}, {day("s.at")},
       false, false, true, s.resource, s.begun, s.at
FROM (
    SELECT t.*, coalesce(lag(t.at) OVER (PARTITION BY t.dossier_id ORDER BY t.ordinal), t.at) AS begun
    FROM dossiers_importedstep t {{some}}
) s
JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN dossiers_importbatch b ON b.id = d.batch_id
JOIN dossiers_procedureversion v ON v.id = d.procedure_id
JOIN dossiers_procedure p ON p.id = v.procedure_id
"""


@lru_cache(maxsize=2)
def _statements(*, some: bool) -> tuple[str, str]:
    these = "= ANY(%(keys)s)" if some else ""
    ours = _OURS.format(
        some_taken=f"AND t.dossier_id {these}" if some else "",
        some_paused=f"WHERE t.dossier_id {these}" if some else "",
        some_steps=f"WHERE s.dossier_id {these}" if some else "",
    )
    return ours, _LOGGED.format(some=f"WHERE t.dossier_id {these}" if some else "")


def rows(subjects: Sequence[UUID] | None) -> Iterator[Row]:
    """The steps of these dossiers, or all."""
    for keys in portions(subjects):
        ours, logged = _statements(some=keys is not None)
        some = None if keys is None else {"keys": keys}
        yield from _ours(stream(ours, some))
        yield from _logged(stream(logged, some))


def _ours(found: Iterator[Row]) -> Iterator[Row]:
    minutes = working_calendar().working_minutes
    for row in found:
        *told, opened, taken, closed, since, until, finished = row
        is_beside = told[16]
        pauses = () if is_beside else pauses_of(since, until, finished)
        worked = without(minutes, opened, closed, pauses) if closed else None
        waited = without(minutes, opened, taken, pauses) if taken else None
        yield (*told, worked, waited)


def _logged(found: Iterator[Row]) -> Iterator[Row]:
    """A log tells when a step was done, not when somebody took it: it lasted since the one before."""
    minutes = working_calendar().working_minutes
    hashed = _Hashed()
    for row in found:
        *told, resource, begun, at = row
        yield (*told, hashed[resource], max(minutes(begun, at), 0), None)


class _Hashed(dict[str, str | None]):
    """Keys of the people of a log by what it calls them; few people do many steps."""

    def __missing__(self, resource: str) -> str | None:
        digest = salted_hmac(RESOURCE, resource, algorithm="sha256").hexdigest()[:16]
        self[resource] = f"log:{digest}" if resource else None
        return self[resource]


def subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """The dossiers whose steps these events can have changed; None when it may be any."""
    return dossiers_of(CODE, events)


def total(column: str) -> int:
    """What PostgreSQL says of a measure over all steps."""
    return totals.of_steps(column)


def links(keys: Collection[str]) -> dict[str, str]:
    """The pages of the dossiers that the steps belong to."""
    return {key: reverse("dossiers:dossier", args=[key.partition(":")[0]]) for key in keys}


TABLE = FactTable(
    code=CODE,
    name=_("Bước xử lý"),
    counted=lambda n: npgettext("đếm", "bước xử lý", "bước xử lý", n),
    grain=_("một bước của một hồ sơ, của nền tảng này hoặc theo nhật ký của hệ thống khác"),
    key="key",
    subject="dossier",
    day="opened_on",
    agency="agency",
    columns=COLUMNS,
    kinds=("dossiers.", *CALENDAR),
    subjects=subjects,
    rows=rows,
    total=total,
    links=links,
)
