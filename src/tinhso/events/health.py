"""What the log says of its own health."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from tinhso.events import sequencing
from tinhso.kernel.health import Health, State

LATE = timedelta(seconds=60)
STUCK = timedelta(minutes=10)


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
