"""What the log says of its own health."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from tinhso.events import anchors, sealing, sequencing
from tinhso.events.models import Position
from tinhso.kernel.health import Health, State
from tinhso.kernel.os_errors import reason_of

if TYPE_CHECKING:
    from tinhso.events.anchors import Tail
    from tinhso.events.hashing import Link

LATE = timedelta(seconds=60)
STUCK = timedelta(minutes=10)
MANY = 20_000  # events placed and not anchored: the sealing has stopped or cannot keep up


def horizon() -> Health:
    """How long the oldest event without a position has waited; the value is in seconds."""
    found = sequencing.horizon()
    age = max(found.age, timedelta())
    state = State.FAILED if age > STUCK else State.WARNING if age > LATE else State.OK
    sentence = _(
        "%(waiting)s sự kiện chờ xếp vị trí, lâu nhất %(age)s giây; "
        "giao dịch ghi lâu nhất đang chạy %(writer)s giây."
    ) % {
        "waiting": found.waiting,
        "age": round(age.total_seconds()),
        "writer": round(found.writer_age.total_seconds()),
    }
    return Health(state, sentence, round(age.total_seconds(), 3))


def anchored() -> Health:
    """How many placed events are not in the anchor file yet; the value counts them."""
    last = Position.objects.aggregate(last=Max("position"))["last"] or 0
    name = sealing.known_name()
    try:
        tail = anchors.tail_of(anchors.path_of(settings.ANCHORS, name)) if name else None
        strangers = anchors.strangers(settings.ANCHORS, name)
    except OSError as error:
        reason = reason_of(error)
        return Health(State.FAILED, _("Không mở được tệp neo: %(reason)s.") % {"reason": reason})
    if strangers:
        sentence = _("Niêm phong đã dừng: thư mục neo có tệp của nhật ký khác (%(file)s).")
        return Health(State.FAILED, sentence % {"file": strangers[0].name})
    if tail and _disagree(tail, sealing.newest()):
        return Health(
            State.FAILED,
            _("Cơ sở dữ liệu và tệp neo không khớp: chạy events verify --anchors."),
        )
    open_count = last - (tail.last if tail else 0)
    state = State.WARNING if open_count > MANY else State.OK
    sentence = _("%(count)s sự kiện chưa có neo.") % {"count": open_count}
    return Health(state, sentence, open_count)


def _disagree(tail: Tail, stored: Link) -> bool:
    """Whether the file knows more than the database, or something else of its last batch."""
    if tail.number == stored.number:
        return tail.root != stored.root
    return tail.number > stored.number or (
        tail.number == stored.number - 1 and tail.root != stored.previous
    )
