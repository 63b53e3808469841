"""How it came, judged: each way of filing takes its own facts, and no day lies where it cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import BringingIncomplete
from tinhso.dossiers.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.plans.bringing import Agreed, Bringing, Posted

LONGEST_UNRECORDED = timedelta(days=366)
"""A postal item that came longer ago is a day mistyped: the clock of the dossier would begin there."""


def require_brought(
    channel: Channel, bringing: Bringing, *, at: datetime, since: datetime | None = None
) -> None:
    """Refuse with `BringingIncomplete` unless it is recorded how it came by this channel.

    Post (bưu chính) names its arrival, not before `since` and not ahead of now; a helper (nộp hộ) the agency that
    helped and the applicant's consent.
    """
    errors: dict[str, list[str]] = {}
    if channel is Channel.POST:
        errors |= _posted(bringing.posted, at=at, since=since)
    if channel is Channel.HELPER:
        errors |= _agreed(bringing.agreed, at=at)
        if bringing.helping is None:
            errors["helping"] = [_("Chọn cơ quan có điểm giúp nộp.")]
    if errors:
        raise BringingIncomplete(errors, count=len(errors))


def _posted(posted: Posted | None, *, at: datetime, since: datetime | None) -> dict[str, list[str]]:
    if posted is None:
        return {"arrived_on": [_("Ghi ngày, giờ nhận bưu gửi.")]}
    errors = {}
    if posted.arrived_at > at:
        errors["arrived_on"] = [_("Ngày, giờ nhận bưu gửi không được sau lúc này.")]
    elif since is not None and posted.arrived_at < since:
        errors["arrived_on"] = [_("Bưu gửi không thể đến trước khi có yêu cầu bổ sung.")]
    elif posted.arrived_at < at - LONGEST_UNRECORDED:
        return {"arrived_on": [_("Ngày nhận bưu gửi không được cách nay hơn một năm.")]}
    if posted.posted_on is not None and posted.posted_on > day_of(posted.arrived_at):
        errors["posted_on"] = [_("Ngày trên phong bì không được sau ngày nhận.")]
    return errors


def _agreed(agreed: Agreed | None, *, at: datetime) -> dict[str, list[str]]:
    if agreed is None:
        return {"given_by": [_("Ghi người nộp đã đồng ý: ai, ngày nào, bằng cách nào.")]}
    errors = {}
    if not agreed.helper.strip():
        errors["helper"] = [_("Ghi tên người hoặc điểm giúp nộp.")]
    if not agreed.given_by.strip():
        errors["given_by"] = [_("Ghi tên người đã đồng ý.")]
    if agreed.given_on > day_of(at):
        errors["given_on"] = [_("Ngày đồng ý không được sau hôm nay.")]
    return errors
