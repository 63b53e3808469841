"""The fact table `dossiers.dossier`: one row a dossier, as the law and the log tell it today."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.facts import competence, naming, totals
from tinhso.dossiers.facts.communes import Communes
from tinhso.dossiers.facts.listed import LEVELS, Lists
from tinhso.dossiers.facts.pauses import Minutes, Pause, pauses_of, without
from tinhso.dossiers.facts.reading import Part, Row, day, portions, stream
from tinhso.dossiers.facts.touching import EVERYTHING, MONEY, PEOPLE, dossiers_of
from tinhso.dossiers.models import ONLINE, Channel, State, Transfer
from tinhso.warehouse.declaring import Column, ColumnType, FactTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.models import Event

CODE = "dossiers.dossier"
LAST_HOURS, LAST_PART = 240, 10
"""A rush: finished in the last four working hours of the appointed time, or in the last tenth of it."""
TEXT, WHOLE, YES, DAY = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
    ColumnType.DATE,
)
SETTLED = "d.state IN ('decided', 'handed_over')"

PARTS = (
    Part(
        "pause",
        "array_agg(t.at ORDER BY t.at) AS since, array_agg(r.at ORDER BY t.at) AS until,"
        " bool_or(t.kind = 'payment') AS is_duty",
        "dossiers_suspension t LEFT JOIN dossiers_resumption r ON r.suspension_id = t.id",
    ),
    Part(
        "asked",
        "count(DISTINCT t.id) AS number,"
        " count(DISTINCT (t.id, item.words)) > count(DISTINCT item.words) AS twice",
        "dossiers_supplementrequest t"
        " LEFT JOIN LATERAL jsonb_array_elements_text(t.items) item(words) ON true",
    ),
    Part("held", "count(*) AS number", "dossiers_heldpaperasked t"),
    Part("extended", "count(*) AS number", "dossiers_extension t"),
    Part("sorry", "count(*) AS number", "dossiers_apology t"),
    Part(
        "paper",
        "count(DISTINCT t.code) AS number,"
        " count(DISTINCT t.code) FILTER (WHERE c.id IS NOT NULL) AS confirmed,"
        " count(DISTINCT t.code) FILTER (WHERE c.result_id IS NOT NULL) AS reused",
        "dossiers_paper t LEFT JOIN dossiers_paperconfirmation c ON c.paper_id = t.id",
    ),
    Part(
        "result",
        "count(*) AS number, count(t.file_id) AS digitised,"
        " count(*) FILTER (WHERE t.refuses) AS refusing, min(t.signed_on) AS first_signed",
        "dossiers_result t",
    ),
    Part("given", "max(t.at) AS last, bool_or(t.way = 'post') AS by_post", "dossiers_handover t"),
    Part("again", "max(t.at) AS last", "dossiers_reopening t"),
    Part(
        "step",
        "count(*) AS number, bool_or(t.outcome = 'sent_back') AS returned,"
        " min(t.opened_at) FILTER (WHERE t.token IS NOT NULL) AS begun",
        "dossiers_step t",
    ),
    Part("logged", "count(*) AS number", "dossiers_importedstep t"),
    Part("complaint", "count(*) AS number", "dossiers_complaint t"),
    Part("rating", "(array_agg(t.score ORDER BY t.at DESC))[1] AS score", "dossiers_rating t"),
)
MONEY_OF = """
LEFT JOIN (
    SELECT c.subject, sum(c.amount)::bigint AS due, sum(c."full")::bigint AS whole,
           sum(paid.amount)::bigint AS paid, sum(paid.cashless)::bigint AS cashless
    FROM payments_charge c
    LEFT JOIN payments_chargewithdrawal gone ON gone.charge_id = c.id
    LEFT JOIN LATERAL (
        SELECT sum(line.amount) AS amount,
               sum(line.amount) FILTER (WHERE payment.method <> 'cash') AS cashless
        FROM payments_paymentline line
        JOIN payments_payment payment ON payment.id = line.payment_id
        LEFT JOIN payments_paymentcancellation void ON void.payment_id = payment.id
        WHERE line.charge_id = c.id AND void.id IS NULL
    ) paid ON true
    WHERE gone.id IS NULL {some}
    GROUP BY c.subject
) money ON money.subject = d.uuid
"""
"""What is owed and paid for a dossier, in đồng; without withdrawn charges and cancelled receipts."""

CHANNELS = tuple((channel.value, channel.label) for channel in Channel)
STATES = tuple((state.value, state.label) for state in State)
VERSION_LEVELS = (("province", _("Cấp tỉnh")), ("commune", _("Cấp xã")))

# Each column with the SQL that tells it, in the order of the rows.
TOLD: tuple[tuple[Column, str], ...] = (
    (Column("uuid", TEXT, _("Khóa hồ sơ")), "d.uuid::text"),
    (Column("number", TEXT, _("Mã hồ sơ")), "d.number"),
    (Column("submitted_on", DAY, _("Ngày nộp")), "d.submitted_on"),
    (Column("received_on", DAY, _("Ngày tiếp nhận")), "d.received_on"),
    (Column("due_on", DAY, _("Ngày hẹn trả")), day("d.due_at")),
    (Column("finished_on", DAY, _("Ngày giải quyết xong")), day("d.finished_at")),
    (Column("handed_over_on", DAY, _("Ngày trả kết quả")), day("given.last")),
    (Column("receiving_agency", WHOLE, _("Nơi tiếp nhận")), "d.receiving_agency_id"),
    (Column("returning_agency", WHOLE, _("Nơi trả kết quả")), "d.returning_agency_id"),
    (Column("helping_agency", WHOLE, _("Nơi giúp nộp")), "d.helping_agency_id"),
    (Column("present_agency", WHOLE, _("Nơi đang giải quyết")), "d.competent_agency_id"),
    (Column("procedure", TEXT, _("Thủ tục"), called=naming.procedures), "p.code"),
    (Column("field", TEXT, _("Lĩnh vực"), called=naming.fields), "v.field"),
    (Column("level", TEXT, _("Cấp giải quyết"), words=VERSION_LEVELS), "v.level"),
    (Column("channel", TEXT, _("Kênh nộp"), words=CHANNELS), "d.channel"),
    (
        Column("is_online", YES, _("Nộp trực tuyến")),
        f"d.channel IN ({', '.join(repr(channel.value) for channel in ONLINE)})",
    ),
    (Column("is_by_post", YES, _("Nộp qua bưu chính")), "d.channel = 'post'"),
    (
        Column("is_returned_by_post", YES, _("Trả kết quả qua bưu chính")),
        "coalesce(given.by_post, false)",
    ),
    (Column("state", TEXT, _("Trạng thái"), words=STATES), "d.state"),
    (
        Column("is_received", YES, _("Đã tiếp nhận (không kể tiếp nhận nhầm đã hủy)")),
        "d.received_at IS NOT NULL AND d.state <> 'cancelled'",
    ),
    (Column("is_settled", YES, _("Đã có kết quả")), SETTLED),
    (
        Column("is_on_time", YES, _("Đúng hạn (trống khi chưa có kết quả hoặc không có hẹn)")),
        f"CASE WHEN {SETTLED} THEN d.finished_at <= d.due_at END",
    ),
    (Column("is_imported", YES, _("Lịch sử nhập từ hệ thống khác")), "d.batch_id IS NOT NULL"),
    (Column("is_cancelled", YES, _("Tiếp nhận nhầm, đã hủy")), "d.state = 'cancelled'"),
    (Column("batch", TEXT, _("Đợt nhập lịch sử")), "b.uuid::text"),
    (
        Column("has_financial_duty", YES, _("Có nghĩa vụ tài chính")),
        "coalesce(pause.is_duty, false)",
    ),
    (Column("was_reopened", YES, _("Đã mở lại")), "again.last IS NOT NULL"),
    (Column("was_returned", YES, _("Có bước bị trả lại")), "coalesce(step.returned, false)"),
    (
        Column(
            "was_received_after_work",
            YES,
            _("Tiếp nhận sau khi đã làm (có bước, có kết quả ký trước)"),
        ),
        "coalesce(step.begun < d.received_at OR result.first_signed < d.received_on, false)",
    ),
    (
        Column("asked_same_paper_twice", YES, _("Yêu cầu cùng một giấy tờ hai lần")),
        "coalesce(asked.twice, false)",
    ),
    (
        Column("asked_held_papers", WHOLE, _("Giấy tờ đã có mà vẫn yêu cầu"), "giấy tờ"),
        "coalesce(held.number, 0)",
    ),
    (
        Column("supplements", WHOLE, _("Lần yêu cầu bổ sung"), "lần"),
        "coalesce(asked.number, 0)",
    ),
    (
        Column("extensions", WHOLE, _("Lần xin lỗi, gia hạn"), "lần"),
        "coalesce(extended.number, 0)",
    ),
    (
        Column("apologies", WHOLE, _("Lần xin lỗi khi đã quá hạn"), "lần"),
        "coalesce(sorry.number, 0)",
    ),
    (Column("papers", WHOLE, _("Giấy tờ nộp"), "giấy tờ"), "coalesce(paper.number, 0)"),
    (
        Column("papers_digitised", WHOLE, _("Giấy tờ đã số hóa và xác nhận"), "giấy tờ"),
        "coalesce(paper.confirmed, 0)",
    ),
    (
        Column("papers_reused", WHOLE, _("Giấy tờ dùng lại kết quả đã có"), "giấy tờ"),
        "coalesce(paper.reused, 0)",
    ),
    (Column("results", WHOLE, _("Kết quả"), "kết quả"), "coalesce(result.number, 0)"),
    (
        Column("results_digitised", WHOLE, _("Kết quả có bản điện tử"), "kết quả"),
        "coalesce(result.digitised, 0)",
    ),
    (
        Column("results_refusing", WHOLE, _("Kết quả là từ chối"), "kết quả"),
        "coalesce(result.refusing, 0)",
    ),
    (Column("fee_due", WHOLE, _("Phí, lệ phí phải nộp"), "đồng"), "coalesce(money.due, 0)"),
    (
        Column("fee_full", WHOLE, _("Phí, lệ phí khi không miễn giảm"), "đồng"),
        "coalesce(money.whole, 0)",
    ),
    (Column("fee_paid", WHOLE, _("Phí, lệ phí đã nộp"), "đồng"), "coalesce(money.paid, 0)"),
    (
        Column("fee_cashless", WHOLE, _("Phí, lệ phí đã nộp không dùng tiền mặt"), "đồng"),
        "coalesce(money.cashless, 0)",
    ),
    (
        Column("complaints", WHOLE, _("Khiếu nại, phản ánh"), "lần"),
        "coalesce(complaint.number, 0)",
    ),
    (Column("rating", WHOLE, _("Điểm hài lòng (lần đánh giá cuối)"), "điểm"), "rating.score"),
    (
        Column("steps", WHOLE, _("Bước xử lý"), "bước"),
        "coalesce(step.number, 0) + coalesce(logged.number, 0)",
    ),
)
# What is worked out in Python, after those.
WORKED_OUT = (
    Column("agency", WHOLE, _("Cơ quan giải quyết vào ngày tiếp nhận")),
    Column("service_level", TEXT, _("Mức độ dịch vụ công trực tuyến"), words=LEVELS),
    Column("is_project_06", YES, _("Dịch vụ công thiết yếu của Đề án 06")),
    Column("must_be_online", YES, _("Bắt buộc nộp trực tuyến")),
    Column("working_minutes", WHOLE, _("Thời gian giải quyết"), "phút làm việc"),
    Column("appointed_minutes", WHOLE, _("Thời gian được hẹn"), "phút làm việc"),
    Column("paused_minutes", WHOLE, _("Thời gian tạm dừng"), "phút làm việc"),
    Column("finished_in_last_hours", YES, _("Xong sát giờ hẹn")),
    Column("commune_agency", WHOLE, _("Xã, phường của ngày đó (khóa cơ quan)")),
    Column("commune", TEXT, _("Xã, phường của ngày đó (mã)")),
)


class Asked(NamedTuple):
    """What the columns that are worked out need of a dossier, as the statement tells it after the others."""

    key: int
    competent: int
    procedure: str
    day: date
    received_at: datetime | None
    reopened_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    is_settled: bool
    stopped: list[datetime] | None
    went_on: list[datetime | None] | None
    lives_in: int | None
    brought_to: int | None


NEEDED = (
    "d.id, d.competent_agency_id, p.code, coalesce(d.received_on, d.submitted_on), d.received_at, again.last,"
    f" d.due_at, d.finished_at, {SETTLED}, pause.since, pause.until, d.lives_in, d.brought_to"
)


@lru_cache(maxsize=2)
def _statement(*, some: bool) -> str:
    told = ", ".join(sql for _column, sql in TOLD)
    parts = "\n".join(part.joined(some=some) for part in PARTS)
    money = MONEY_OF.format(some="AND c.subject = ANY(%(subjects)s)" if some else "")
    return f"""
    SELECT {told}, {NEEDED}
    FROM (
        SELECT d.*, {day("d.submitted_at")} AS submitted_on, {day("d.received_at")} AS received_on,
               who.commune_id AS lives_in,
               CASE WHEN desk.kind = 'commune' THEN desk.id WHEN above.kind = 'commune' THEN above.id END AS brought_to
        FROM dossiers_dossier d
        JOIN agencies_agency desk ON desk.id = d.receiving_agency_id
        LEFT JOIN agencies_agencyperiod place ON place.agency_id = desk.id
             AND (place.since IS NULL OR place.since <= coalesce({day("d.received_at")}, {day("d.submitted_at")}))
             AND (place.until IS NULL OR place.until > coalesce({day("d.received_at")}, {day("d.submitted_at")}))
        LEFT JOIN agencies_agency above ON above.id = place.parent_id
        LEFT JOIN parties_party who ON who.id = d.applicant_id
        {"WHERE d.id = ANY(%(keys)s)" if some else ""}
    ) d
    JOIN dossiers_procedureversion v ON v.id = d.procedure_id
    JOIN dossiers_procedure p ON p.id = v.procedure_id
    LEFT JOIN dossiers_importbatch b ON b.id = d.batch_id
    {parts}
    {money}
    """


def rows(subjects: Sequence[UUID] | None) -> Iterator[Row]:
    """The rows of these dossiers, or of all."""
    lists, communes, minutes = Lists(), Communes(), working_calendar().working_minutes
    for keys in portions(subjects):
        some: dict[str, Any] = {"keys": keys, "subjects": list(subjects or ())}
        moved = competence.at_receipt(
            None if keys is None else Transfer.objects.filter(dossier__in=keys)
        )
        for row in stream(_statement(some=keys is not None), some if keys is not None else None):
            told, asked = row[: len(TOLD)], Asked(*row[len(TOLD) :])
            listed = lists.on(asked.procedure, asked.day)
            agency = moved.get(asked.key, asked.competent)
            lies = communes.on(asked.day, asked.lives_in, asked.brought_to)
            yield (*told, agency, *listed, *_times(asked, minutes), *lies)


def _times(asked: Asked, minutes: Minutes) -> tuple[int | None, int | None, int, bool | None]:
    """Minutes worked and appointed since receipt (or since it was last reopened), paused; whether it was a rush."""
    pauses = pauses_of(asked.stopped, asked.went_on, asked.finished_at)
    paused = sum(minutes(begin, end) for begin, end in pauses)
    begin = asked.reopened_at or asked.received_at
    if begin is None:
        return None, None, paused, None
    due = asked.due_at
    appointed = _between(begin, due, pauses, minutes) if due is not None else None
    if not asked.is_settled or asked.finished_at is None:
        return None, appointed, paused, None
    worked = _between(begin, asked.finished_at, pauses, minutes)
    if due is None or appointed is None:
        return worked, None, paused, None
    left = minutes(asked.finished_at, due)
    rush = asked.finished_at <= due and (left <= LAST_HOURS or left * LAST_PART <= appointed)
    return worked, appointed, paused, rush


def _between(begin: datetime, end: datetime, pauses: list[Pause], minutes: Minutes) -> int:
    return without(minutes, begin, end, [pause for pause in pauses if pause[0] >= begin])


def subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """Whose rows these events can have changed; None when it may be anybody's."""
    return dossiers_of(CODE, events)


def total(column: str) -> int:
    """What PostgreSQL says of a measure over all dossiers."""
    return totals.of_dossiers(column)


def links(keys: Collection[str]) -> dict[str, str]:
    """The pages of dossiers."""
    return {key: reverse("dossiers:dossier", args=[key]) for key in keys}


TABLE = FactTable(
    code=CODE,
    name=_("Hồ sơ"),
    counted=lambda n: npgettext("đếm", "hồ sơ", "hồ sơ", n),
    grain=_("một hồ sơ, kể cả hồ sơ chưa được tiếp nhận và lịch sử nhập từ hệ thống khác"),
    key="uuid",
    subject="uuid",
    day="received_on",
    agency="agency",
    columns=(*(column for column, _sql in TOLD), *WORKED_OUT),
    kinds=("dossiers.", *MONEY, *PEOPLE, *EVERYTHING),
    subjects=subjects,
    rows=rows,
    total=total,
    links=links,
    version=4,
)
