"""The fact table `dossiers.procedure`: one row a procedure and a stretch of days in which nothing of it changes.

Whoever asks for a day takes the rows whose stretch holds it. Known are the procedures that packs published, those of
the national catalogue, and those that a dated list names although nothing else is known of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.clock import day_of
from tinhso.dossiers.facts import naming
from tinhso.dossiers.facts.listed import LEVELS, Lists
from tinhso.dossiers.facts.reading import Row, day
from tinhso.dossiers.fees import Fee, read_fees, work_out
from tinhso.dossiers.models import CatalogueVersion, Channel, ProcedureVersion
from tinhso.warehouse.declaring import Column, ColumnType, FactTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tinhso.events.models import Event

CODE = "dossiers.procedure"
NAMESPACE = UUID("6f0f4b8e-6a1c-5d0e-9a3d-2f5f0d6f7b11")
"""From it and its code each procedure gets the key under which its rows stand together."""
PACK, CATALOGUE, LIST = "pack", "catalogue", "list"
KNOWN = (
    (PACK, _("Gói nghiệp vụ của nền tảng")),
    (CATALOGUE, _("Danh mục quốc gia")),
    (LIST, _("Chỉ có trong danh mục thủ tục")),
)
SEVERAL = "several"
WORDS = (
    ("province", _("Cấp tỉnh")),
    ("commune", _("Cấp xã")),
    (SEVERAL, _("Nhiều cấp")),
)
TEXT, WHOLE, YES, DAY = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
    ColumnType.DATE,
)

COLUMNS = (
    Column("key", TEXT, _("Khóa")),
    Column("uuid", TEXT, _("Khóa thủ tục")),
    Column("procedure", TEXT, _("Thủ tục"), called=naming.procedures),
    Column("name", TEXT, _("Tên thủ tục")),
    Column("field", TEXT, _("Lĩnh vực"), called=naming.fields),
    Column("level", TEXT, _("Cấp giải quyết"), words=WORDS),
    Column("agency", WHOLE, _("Cơ quan (luôn trống)")),
    Column("known_from", TEXT, _("Biết từ nguồn"), words=KNOWN),
    Column("from_day", DAY, _("Từ ngày")),
    Column("until_day", DAY, _("Đến trước ngày")),
    Column("service_level", TEXT, _("Mức độ dịch vụ công trực tuyến"), words=LEVELS),
    Column("is_project_06", YES, _("Dịch vụ công thiết yếu của Đề án 06")),
    Column("must_be_online", YES, _("Bắt buộc nộp trực tuyến")),
    Column("has_fee", YES, _("Có phí, lệ phí (trống khi không biết)")),
    Column("is_free_online", YES, _("Nộp trực tuyến thì không mất phí, lệ phí")),
    Column("is_fee_reduced_online", YES, _("Nộp trực tuyến thì phí, lệ phí thấp hơn")),
)


@dataclass(frozen=True)
class Known:
    """What is known of a procedure on the days from `since` to before `until`; no fees are known of the catalogue's."""

    source: str
    since: date
    until: date | None
    name: str | None = None
    field: str | None = None
    level: str | None = None
    fees: tuple[Fee, ...] | None = None

    def holds_on(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= on and (self.until is None or on < self.until)

    def turns(self) -> set[date]:
        """The days on which something of it changes."""
        rules = [rule for fee in self.fees or () for rule in (*fee.rates, *fee.reductions)]
        days = {self.since, self.until}
        for rule in rules:
            days |= {rule.since, rule.until}
        return {turn for turn in days if turn is not None}


def key_of(code: str) -> UUID:
    """The key of a procedure's rows."""
    return uuid5(NAMESPACE, code)


def rows(subjects: Sequence[UUID] | None) -> Iterator[Row]:
    """The stretches of these procedures, or of all."""
    lists, known = Lists(), _known()
    for code in sorted(set(known) | lists.codes()):
        if subjects is None or key_of(code) in subjects:
            yield from _stretches(code, known.get(code, []), lists)


def _known() -> dict[str, list[Known]]:
    """What packs say of each procedure, the newest version first; of the others, what the catalogue says."""
    known: dict[str, list[Known]] = {}
    versions = ProcedureVersion.objects.order_by("-version").select_related("procedure")
    for version in versions:
        since, until = version.period.lower, version.period.upper
        fees = read_fees(version.definition)
        told = Known(PACK, since, until, version.procedure.name, version.field, version.level, fees)
        known.setdefault(version.procedure.code, []).append(told)
    first = dict(CatalogueVersion.objects.order_by().values_list("entry").annotate(Min("since")))
    newest = CatalogueVersion.objects.filter(until=None)
    for entry, code, name, sector, levels in newest.values_list(
        "entry", "entry__code", "name", "sector", "levels"
    ):
        level = (levels[0] if len(levels) == 1 else SEVERAL) if levels else None
        since = day_of(first[entry])
        known.setdefault(code, [Known(CATALOGUE, since, None, name, sector, level)])
    return known


def _stretches(code: str, known: list[Known], lists: Lists) -> Iterator[Row]:
    """From each day on which something changes to the next, as long as the procedure is known."""
    listed = lists.turns(code)
    if not any(one.source == PACK for one in known):
        known = _since_listed(known, listed)
    turns = sorted(listed.union(*(one.turns() for one in known)))
    for on, after in zip(turns, [*turns[1:], None], strict=True):
        held = next((one for one in known if one.holds_on(on)), None)
        if held is None:
            continue
        yield (
            *(f"{code}@{on:%Y-%m-%d}", str(key_of(code)), code, held.name, held.field, held.level),
            *(None, held.source, on, after, *lists.on(code, on), *_fees(held, on)),
        )


def _since_listed(known: list[Known], listed: set[date]) -> list[Known]:
    """When the catalogue was read says nothing of since when a procedure exists: a list may name it before."""
    first = min((*listed, *(one.since for one in known)))
    if not known:
        return [Known(LIST, first, None)]
    [one] = known
    return [Known(one.source, first, None, one.name, one.field, one.level)]


def _fees(known: Known, on: date) -> tuple[bool | None, bool | None, bool | None]:
    """Whether anything is charged that day, whether it is nothing on line, whether it is less."""
    if known.fees is None:
        return None, None, None
    at_desk, on_line = (
        _sum(known.fees, channel, on) for channel in (Channel.COUNTER, Channel.NATIONAL)
    )
    has_fee = at_desk > 0
    return has_fee, has_fee and on_line == 0, has_fee and on_line < at_desk


def _sum(fees: Iterable[Fee], channel: Channel, on: date) -> int:
    """What somebody pays of whom nothing else is known, in đồng."""
    owed = [work_out(fee, {"channel": channel.value, "answers": {}}, on) for fee in fees]
    return sum(one.amount for one in owed if one is not None)


def subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """All: what changes procedures and lists changes many, seldom, and they are few."""
    return None if events else ()


_TURNS = f"""
WITH known(code, since, until) AS (
    SELECT p.code, lower(v.period), upper(v.period)
    FROM dossiers_procedureversion v JOIN dossiers_procedure p ON p.id = v.procedure_id
), listed(code, on_day) AS (
    SELECT code, unnest(ARRAY[lower(period), upper(period)]) FROM dossiers_listedprocedure WHERE is_current
    UNION
    SELECT p.code, unnest(ARRAY[lower(o.period), upper(o.period)])
    FROM dossiers_onlineduty o JOIN dossiers_procedure p ON p.id = o.procedure_id WHERE NOT isempty(o.period)
), others(code, since) AS (
    SELECT code, min(since) FROM (
        SELECT e.code, {day("c.since")} AS since
        FROM dossiers_catalogueversion c JOIN dossiers_catalogueentry e ON e.id = c.entry_id
        UNION ALL SELECT code, on_day FROM listed
    ) told WHERE code NOT IN (SELECT code FROM known) GROUP BY code
), ruled(code, on_day) AS (
    SELECT p.code, (jsonb_path_query(v.definition, path::jsonpath) #>> '{{}}')::date
    FROM dossiers_procedureversion v
    JOIN dossiers_procedure p ON p.id = v.procedure_id
    CROSS JOIN (VALUES ('$.fees[*].rates[*].from'), ('$.fees[*].rates[*].until'),
                       ('$.fees[*].reductions[*].from'), ('$.fees[*].reductions[*].until')) rule(path)
), turn AS (
    SELECT code, since AS on_day FROM known UNION SELECT code, until FROM known
    UNION SELECT code, since FROM others UNION SELECT code, on_day FROM listed UNION SELECT code, on_day FROM ruled
)
SELECT count(*) FROM turn WHERE on_day IS NOT NULL AND (
    EXISTS (
        SELECT 1 FROM known k
        WHERE k.code = turn.code AND k.since <= on_day AND (k.until IS NULL OR on_day < k.until)
    )
    OR EXISTS (SELECT 1 FROM others o WHERE o.code = turn.code AND o.since <= on_day)
)
"""


def total(column: str) -> int:
    """How many stretches there are, counted in SQL; the table has no measures."""
    if column:
        raise LookupError(column)
    with connection.cursor() as cursor:
        cursor.execute(_TURNS)
        (number,) = cursor.fetchone()
    return int(number)


TABLE = FactTable(
    code=CODE,
    name=_("Thủ tục hành chính"),
    counted=lambda n: npgettext("đếm", "thủ tục hành chính", "thủ tục hành chính", n),
    grain=_("một thủ tục trong một khoảng ngày mà không có gì của nó thay đổi"),
    key="key",
    subject="uuid",
    day="from_day",
    agency="agency",
    columns=COLUMNS,
    kinds=(
        "packs.applied",
        "dossiers.catalogue_imported",
        "dossiers.online_mandated",
        "dossiers.online_duty_ended",
    ),
    subjects=subjects,
    rows=rows,
    total=total,
    is_public=True,
)
