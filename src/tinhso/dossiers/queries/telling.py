"""What interruptions have to say: to the applicant on their page, to officers on theirs, as lines of the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.errors import (
    DecidedAlready,
    ExtendedBefore,
    ExtensionTooLate,
    SupplementAskedBefore,
    SupplementNotAskedHere,
)
from tinhso.dossiers.errors_of_lateness import (
    ApologisedBefore,
    ApologyStillOwed,
    ApologyWaived,
    NotLate,
)
from tinhso.dossiers.models import (
    Apology,
    ApologyWaiver,
    Decision,
    Extension,
    Guidance,
    Rating,
    Reopening,
    Result,
    State,
    Submission,
)
from tinhso.dossiers.plans.interrupting import PAYMENT
from tinhso.dossiers.plans.supplementing import PHASES
from tinhso.ui.formatting import day, moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.dossiers.models import Dossier, Suspension
    from tinhso.kernel.errors import DomainError

LateRow = TypeVar("LateRow", Apology, ApologyWaiver)


@dataclass(frozen=True)
class Told:
    """One thing that the reader must know now: its heading and its words."""

    title: str
    words: str


def guidance_of(dossier: Dossier) -> Guidance | None:
    """The latest guidance to which the applicant has not handed in anything yet."""
    latest = Submission.objects.filter(dossier=dossier.pk).aggregate(at=Max("at"))["at"]
    found = Guidance.objects.filter(dossier=dossier.pk, at__gt=latest) if latest else None
    return found.order_by("-at").first() if found is not None else None


def open_suspension(dossier: Dossier) -> Suspension | None:
    """The suspension during which the clock stands still now."""
    return dossier.suspensions.filter(resumption=None).order_by("-at").first()


def reopened_at(dossier: Dossier) -> datetime | None:
    """When it was last reopened (mở lại)."""
    reopenings = Reopening.objects.filter(dossier=dossier.pk).order_by("-at")
    return reopenings.values_list("at", flat=True).first()


def supplement_barred(dossier: Dossier) -> DomainError | None:
    """Why the rule of the procedure lets nobody ask for a supplement now; None where it does."""
    rule = of_version(dossier.procedure_id).supplement
    phase = "appraisal" if dossier.received_at else "reception"
    if phase not in rule.asked_in:
        return SupplementNotAskedHere(phase=PHASES[phase])
    asked = dossier.supplementrequests.count()
    if asked < rule.limit:
        return None
    return SupplementAskedBefore(times=asked, limit=rule.limit)


def supplement_refused(dossier: Dossier, _at: datetime) -> DomainError | None:
    """Why nobody asks for a supplement now: it is decided, or the rule of the procedure bars it."""
    if decision_of(dossier) is not None:
        return DecidedAlready(act=_("yêu cầu bổ sung"))
    return supplement_barred(dossier)


def opinion_refused(dossier: Dossier, _at: datetime) -> DomainError | None:
    """Why no other agency is asked for its opinion now: it is decided."""
    return None if decision_of(dossier) is None else DecidedAlready(act=_("lấy ý kiến"))


def decision_of(dossier: Dossier) -> Decision | None:
    """What was decided last (quyết định), not counting what lies before a reopening."""
    since = reopened_at(dossier) or dossier.submitted_at
    found = Decision.objects.filter(dossier=dossier.pk, at__gte=since)
    return found.order_by("-at").first()


def refused_among(dossiers: Iterable[Dossier]) -> set[int]:
    """Keys of those that ended in a refusal (từ chối giải quyết), in one query."""
    ended = [row.pk for row in dossiers if row.state in {State.DECIDED, State.HANDED_OVER}]
    latest = Result.objects.filter(dossier__in=ended).order_by("dossier", "-at")
    told = latest.distinct("dossier").values_list("dossier", "refuses")
    return {key for key, refuses in told if refuses}


def extension_of(dossier: Dossier) -> Extension | None:
    """The extension of its present appointed time: none that lies before a reopening."""
    since = reopened_at(dossier) or dossier.submitted_at
    return Extension.objects.filter(dossier=dossier.pk, at__gte=since).first()


def is_rated(dossier: Dossier) -> bool:
    """Whether the applicant has rated what was handed over last."""
    since = reopened_at(dossier) or dossier.submitted_at
    return Rating.objects.filter(dossier=dossier.pk, at__gte=since).exists()


def told_of(dossier: Dossier) -> list[Told]:
    """What interruptions tell of the dossier as it stands, the weightiest first."""
    state = State(dossier.state)
    told = []
    if state.is_standing_still:
        told += _standing_still(open_suspension(dossier))
    if state is State.CANCELLED:
        told += [
            Told(_("Tiếp nhận đã bị hủy"), row.reason) for row in dossier.receiptcancellations.all()
        ]
    if state is State.WITHDRAWN:
        told += [Told(_("Hồ sơ đã được rút"), row.reason) for row in dossier.withdrawals.all()]
    told += [Told(_("Lý do dừng xử lý"), row.reason) for row in dossier.stops.all()]
    extended = extension_of(dossier)
    if extended is not None and dossier.finished_at is None:
        told.append(
            Told(
                _("Xin lỗi vì chậm trả kết quả"),
                _("%(reason)s Hẹn lại từ %(before)s sang %(after)s.")
                % {
                    "reason": _sentence(extended.reason),
                    "before": moment(extended.due_before),
                    "after": moment(extended.due_after),
                },
            )
        )
    return told


def _standing_still(suspension: Suspension | None) -> list[Told]:
    if suspension is None:
        return []
    if suspension.kind != PAYMENT:
        return [Told(_("Hồ sơ tạm dừng giải quyết"), suspension.reason)]
    title = _("Cần thực hiện nghĩa vụ tài chính: %(amount)s đồng") % {
        "amount": f"{suspension.amount:,}".replace(",", ".")
    }
    return [Told(title, suspension.reason)]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


@dataclass(frozen=True)
class LateTold:
    """What the officer's page says of a late dossier; `is_over`: it has its result, the lateness is final."""

    is_over: bool
    apology: Apology | None
    waiver: ApologyWaiver | None
    is_owed: bool


def apology_of(dossier: int) -> Apology | None:
    """The last apology in the present working of a dossier."""
    return _last_of(Apology, dossier)


def _last_of(model: type[LateRow], dossier: int) -> LateRow | None:
    reopened = Reopening.objects.filter(dossier=dossier, at__gt=OuterRef("at"))
    found = model.objects.filter(~Exists(reopened), dossier=dossier)
    last: LateRow | None = found.order_by("-at").first()
    return last


def late_told(dossier: Dossier, at: datetime) -> LateTold | None:
    """Whether it is late, and how the apology stands; None while it is not, or its clock stands still."""
    state = State(dossier.state)
    is_over = state in {State.DECIDED, State.HANDED_OVER}
    if not (is_over or state is State.IN_PROCESS) or not dossier.is_overdue(at):
        return None
    apology, waiver = apology_of(dossier.pk), _last_of(ApologyWaiver, dossier.pk)
    day = day_of(dossier.finished_at or at)
    is_kept = apology is not None and apology.promised_on >= day
    return LateTold(is_over, apology, waiver, not is_kept and not (is_over and waiver))


def apology_refused(dossier: Dossier, at: datetime) -> DomainError | None:
    """Why the applicant is owed no apology now; None where it is late and nothing was said of it."""
    late = late_told(dossier, at)
    if late is None:
        return NotLate()
    if late.is_owed:
        return None
    if late.apology is None:
        return ApologyWaived()
    return ApologisedBefore(day=day(late.apology.promised_on))


def waiver_refused(dossier: Dossier, at: datetime) -> DomainError | None:
    """Why nobody notes that no apology is due: none is owed, or the applicant still waits for the result."""
    late = late_told(dossier, at)
    if late is not None and not late.is_over:
        return ApologyStillOwed()
    return apology_refused(dossier, at)


def extension_refused(dossier: Dossier, at: datetime) -> DomainError | None:
    """Why its time is not extended now: it was before in this working, or the last day for it has passed."""
    before = extension_of(dossier)
    if before is not None:
        return ExtendedBefore(day=day(before.due_after))
    if dossier.due_at is None or day_of(at) >= day_of(dossier.due_at):
        return ExtensionTooLate(day=day(dossier.due_at or at))
    return None
