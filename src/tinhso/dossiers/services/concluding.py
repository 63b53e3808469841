"""The end of a dossier: the result as a document, and its way to the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import ResultMissing, SignedAhead
from tinhso.dossiers.errors_of_results import (
    EndsBeforeSigned,
    ResultAgainstDecision,
    ResultFileMissing,
    ResultFilePresent,
    SignedBeforehand,
)
from tinhso.dossiers.fees import require_paid
from tinhso.dossiers.models import Result
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans import working as plans
from tinhso.dossiers.returning import ONLINE
from tinhso.dossiers.services.acting import finish
from tinhso.dossiers.services.stepping import begin_at_step
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.plans.working import ResultDocument
    from tinhso.kernel.actors import Actor


@transaction.atomic
def attach_result(
    key: UUID,
    step: UUID,
    document: ResultDocument,
    *,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Add the result (kết quả giải quyết); with it the work of the administration ends."""
    case, place = begin_at_step(
        key,
        step,
        DossierPermission.ATTACH_RESULT,
        actor=actor,
        act="attach_result",
        says=_("nhập kết quả"),
        at=at,
        expected_version=expected_version,
    )
    _require_right_kind(case, document)
    _require_likely_day(case, document, at)
    rows = plans.plan_attach_result(case, step, document, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


def _require_right_kind(case: Case, document: ResultDocument) -> None:
    offered = case.definition.results_after(case.approves)
    if case.definition.result(document.code) is None or not document.title.strip():
        raise ResultMissing
    if document.code not in {kind.code for kind in offered}:
        raise ResultAgainstDecision(
            decision=_("đồng ý giải quyết") if case.approves else _("từ chối giải quyết"),
            kinds=", ".join(kind.title for kind in offered),
        )


def _require_likely_day(case: Case, document: ResultDocument, at: datetime) -> None:
    """Not signed after today, nor after its own end; before the dossier was handed in only with a reason."""
    if document.signed_on > day_of(at):
        raise SignedAhead(day=formatting.day(day_of(at)))
    if document.valid_until is not None and document.valid_until < document.signed_on:
        until, signed = document.valid_until, document.signed_on
        raise EndsBeforeSigned(until=formatting.day(until), signed=formatting.day(signed))
    handed_in = day_of(case.dossier["submitted_at"])
    if document.signed_on < handed_in and not document.why_early.strip():
        raise SignedBeforehand(
            signed=formatting.day(document.signed_on), handed_in=formatting.day(handed_in)
        )


@transaction.atomic
def hand_over(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    way: str,
    receiver: str = "",
    file: int | None = None,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Hand the result over (trả kết quả); the dossier is closed.

    What goes electronically is a file: that of the result, or `file`, which becomes it where the result has none.
    """
    case, place = begin_at_step(
        key,
        step,
        DossierPermission.HAND_OVER,
        actor=actor,
        act="hand_over",
        says=_("trả kết quả"),
        at=at,
        expected_version=expected_version,
    )
    result = _last_result(case)
    if file is not None and result["file_id"] is not None:
        raise ResultFilePresent
    if way == ONLINE and result["file_id"] is None and file is None:
        raise ResultFileMissing(title=result["title"], number=result["document_number"])
    require_paid(key)
    rows = plans.plan_hand_over(
        case, step, way=way, receiver=receiver.strip(), actor=actor.key, at=at
    )
    if file is not None:
        rows.change(Result, result["id"], file_id=file)
    return finish(case, rows, actor=actor, at=at, agency=place)


def _last_result(case: Case) -> dict[str, Any]:
    """The result of the working at hand: a dossier that was reopened has those of before, too."""
    results = sorted(case.rows(Result).values(), key=lambda row: row["at"])
    if not results:
        raise ResultMissing
    return results[-1]
