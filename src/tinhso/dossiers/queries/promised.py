"""What is promised of the result, said alike on every page: whether a day holds now, and how the result comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from tinhso.dossiers import definitions
from tinhso.dossiers.models import State, Submission
from tinhso.dossiers.queries.telling import open_suspension
from tinhso.dossiers.returning import COUNTER, WAYS, way_in
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from tinhso.dossiers.models import Dossier


def clock_of(dossier: Dossier) -> Literal["before", "runs", "stopped", "over"]:
    """Where the time of the procedure stands; a request for supplement does not stop it everywhere."""
    state = State(dossier.state)
    if dossier.finished_at is not None or not state.is_open or state is State.DECIDED:
        return "over"
    if dossier.due_at is None:
        return "before"
    is_waiting = state is State.AWAITING_SUPPLEMENT or state.is_standing_still
    return "stopped" if is_waiting and open_suspension(dossier) is not None else "runs"


def due_in_words(dossier: Dossier) -> str:
    """The appointed time; while the clock stands still that it is counted anew; empty before receipt."""
    if dossier.due_at is None:
        return ""
    if clock_of(dossier) != "stopped":
        return moment(dossier.due_at)
    if dossier.state == State.AWAITING_SUPPLEMENT:
        return _("tính lại sau khi bổ sung")
    return _("tính lại khi hết tạm dừng")


def way_of(dossier: Dossier) -> str:
    """How the applicant wants the result by what was handed in last: `counter`, `post` or `online`."""
    return ways_of([dossier])[dossier.pk]


def ways_of(dossiers: Iterable[Dossier]) -> dict[int, str]:
    """As `way_of`, by the keys of the dossiers, with one question for all."""
    found = list(dossiers)
    latest = Submission.objects.filter(dossier__in=found).order_by("dossier", "-at")
    answers = dict(latest.distinct("dossier").values_list("dossier", "answers"))
    return {one.pk: _chosen(one.procedure_id, answers.get(one.pk, {})) for one in found}


def _chosen(version: int, answers: Mapping[str, Any]) -> str:
    fields = definitions.of_version(version).form.fields
    question = way_in({name: field.schema for name, field in fields.items()})
    way = answers.get(question) if question else None
    return way if way in WAYS else COUNTER


def way_in_words(way: str, desk: str) -> str:
    """How the result comes, told to the applicant; `desk` is the name of the place that hands it over."""
    return {
        "post": _("Qua bưu chính, tới địa chỉ bạn đã khai"),
        "online": _("Bản điện tử, tải ở trang tra cứu khi đã trả"),
    }.get(way) or _("Tại %(desk)s") % {"desk": desk}
