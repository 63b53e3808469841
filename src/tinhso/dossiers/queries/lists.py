"""On which lists a procedure stands on a day, in a citizen's words; and which ones could be filed on line only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import definitions
from tinhso.dossiers.models import (
    ONLINE,
    Dossier,
    ListedProcedure,
    OnlineDuty,
    ProcedureList,
    ProcedureVersion,
    SupplementRequest,
)
from tinhso.ui import formatting
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition

WATCHED = timedelta(days=365)
"""How far back the ranking looks."""
MEANS: dict[str, StrOrPromise] = {
    ProcedureList.PROJECT_06: _("Là một trong các dịch vụ công thiết yếu của Đề án 06."),
    ProcedureList.ONLINE_WHOLE: _("Làm trọn vẹn trên mạng: không phải đến nơi nào."),
    ProcedureList.ONLINE_PART: _("Nộp trên mạng được; phải đến một lần để ký hoặc nhận kết quả."),
    ProcedureList.BY_POST: _("Gửi hồ sơ và nhận kết quả qua bưu điện được."),
    ProcedureList.ONE_PLACE: _("Phải nộp đúng nơi giải quyết, không nộp ở xã, phường khác được."),
}


@dataclass(frozen=True)
class Listing:
    """A procedure's place on a list: what it means, since and until when, by which document."""

    code: str
    words: StrOrPromise
    since: date
    until: date | None
    document: str
    note: str = ""


def listings(code: str, day: date) -> list[Listing]:
    """Where the procedure stands on that day; the duty to file on line first."""
    found = ListedProcedure.objects.filter(code=code, is_current=True, period__contains=day)
    told = [
        Listing(
            row.list,
            MEANS[row.list],
            row.period.lower,
            row.period.upper,
            row.document,
            worded(row.note, row.note_en),
        )
        for row in sorted(found, key=lambda row: ProcedureList.values.index(row.list))
    ]
    duty = coming_duty(code, day)
    return [_told(duty, day), *told] if duty else told


def _told(duty: OnlineDuty, day: date) -> Listing:
    words = (
        _("Phải nộp trực tuyến. Không tự làm được thì đến quầy, cán bộ giúp bạn nộp trên mạng.")
        if duty.since <= day
        else _("Sắp tới phải nộp trực tuyến.")
    )
    return Listing("online_only", words, duty.since, duty.until, duty.document)


def duty_on(code: str, day: date) -> OnlineDuty | None:
    """The duty to file this procedure on line on that day."""
    return OnlineDuty.objects.filter(procedure__code=code, period__contains=day).first()


def online_only(day: date) -> set[str]:
    """The codes of the procedures that are filed on line only on that day."""
    found = OnlineDuty.objects.filter(period__contains=day)
    return set(found.values_list("procedure__code", flat=True))


def coming_duty(code: str, day: date) -> OnlineDuty | None:
    """The duty of that day, else the next one."""
    now_or_later = Q(period__contains=day) | Q(period__startswith__gt=day)
    found = OnlineDuty.objects.filter(now_or_later, procedure__code=code)
    return found.order_by("period").first()


def is_fully_online(code: str, day: date) -> bool:
    """Whether the whole of it can be done on line, by the list of that day."""
    return ListedProcedure.objects.filter(
        list=ProcedureList.ONLINE_WHOLE, code=code, is_current=True, period__contains=day
    ).exists()


@dataclass(frozen=True)
class Candidate:
    """One procedure in the ranking (xếp hạng): how many came, how many on line, how many of these went smoothly."""

    version: ProcedureVersion
    filed: int
    online: int
    smooth: int
    papers: int
    questions: int
    is_fully_online: bool
    duty: OnlineDuty | None

    @property
    def online_share(self) -> str:
        """Of all that were filed."""
        return formatting.share(self.online, self.filed)

    @property
    def smooth_share(self) -> str:
        """Of those filed on line, how many needed no supplement."""
        return formatting.share(self.smooth, self.online)


def ranking(day: date) -> list[Candidate]:
    """Procedures in force by how many applications a year already went through on line without a supplement.

    That number weighs volume, share on line and ease at once; papers and questions are shown beside it.
    """
    counted = {row["procedure__procedure"]: row for row in _counts(day)}
    versions = list(ProcedureVersion.objects.in_force(day).select_related("procedure"))
    whole = set(
        ListedProcedure.objects.filter(
            list=ProcedureList.ONLINE_WHOLE, is_current=True, period__contains=day
        ).values_list("code", flat=True)
    )
    later = Q(period__contains=day) | Q(period__startswith__gt=day)
    duties = {duty.procedure_id: duty for duty in OnlineDuty.objects.filter(later)}
    rows = []
    for version in versions:
        figures = counted.get(version.procedure_id, {})
        papers, questions = effort(definitions.of_version(version.pk))
        rows.append(
            Candidate(
                version,
                figures.get("filed", 0),
                figures.get("online", 0),
                figures.get("smooth", 0),
                papers,
                questions,
                version.procedure.code in whole,
                duties.get(version.procedure_id),
            )
        )
    return sorted(rows, key=lambda row: (-row.smooth, -row.filed, row.version.procedure.code))


def _counts(day: date) -> list[Any]:
    asked = Exists(SupplementRequest.objects.filter(dossier=OuterRef("pk")))
    online = Q(channel__in=ONLINE)
    return list(
        Dossier.objects.filter(submitted_at__date__gt=day - WATCHED, submitted_at__date__lte=day)
        .annotate(asked=asked)
        .values("procedure__procedure")
        .annotate(
            filed=Count("pk"),
            online=Count("pk", filter=online),
            smooth=Count("pk", filter=online & Q(asked=False)),
        )
        .order_by()
    )


def effort(definition: Definition) -> tuple[int, int]:
    """How many papers are always asked for, and how many questions there are at most."""
    papers = sum(paper.is_required and not paper.when for paper in definition.papers)
    return papers, len(definition.form.schema["properties"]) - len(definition.papers)
