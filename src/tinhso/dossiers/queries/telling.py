"""What interruptions have to say: to the applicant on their page, to officers on theirs, as lines of the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.errors import SupplementAskedBefore, SupplementNotAskedHere
from tinhso.dossiers.models import (
    Apology,
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
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.dossiers.models import Dossier, Suspension
    from tinhso.kernel.errors import DomainError


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


def may_ask_supplement(dossier: Dossier, at: datetime) -> bool:
    """Whether it is undecided, and the rule of the procedure lets somebody ask for a supplement."""
    return is_undecided(dossier, at) and supplement_barred(dossier) is None


def decision_of(dossier: Dossier) -> Decision | None:
    """What was decided last (quyết định), not counting what lies before a reopening."""
    since = reopened_at(dossier) or dossier.submitted_at
    found = Decision.objects.filter(dossier=dossier.pk, at__gte=since)
    return found.order_by("-at").first()


def is_undecided(dossier: Dossier, _at: datetime) -> bool:
    """Whether nobody has decided yet: afterwards nothing more is asked, of the applicant or of other agencies."""
    return decision_of(dossier) is None


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


def is_late_without_apology(dossier: Dossier, at: datetime) -> bool:
    """Whether its time has passed and nobody has said sorry (quá hạn, chưa có văn bản xin lỗi)."""
    if not (State(dossier.state).is_open and dossier.is_overdue(at)):
        return False
    since = reopened_at(dossier) or dossier.submitted_at
    return not any(
        model.objects.filter(dossier=dossier.pk, at__gte=since).exists()
        for model in (Extension, Apology)
    )


def may_be_excused(dossier: Dossier, at: datetime) -> bool:
    """Whether the apology for being late may be sent: its time has passed, and this working has had none yet."""
    if not dossier.is_overdue(at):
        return False
    since = reopened_at(dossier) or dossier.submitted_at
    return not Apology.objects.filter(dossier=dossier.pk, at__gte=since).exists()
