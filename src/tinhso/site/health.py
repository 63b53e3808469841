"""The health of the house: its own checks, and the page `/suc-khoe` that asks everybody's."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from tinhso.events.permissions import EventPermission
from tinhso.kernel import health, loops
from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.notifications.permissions import NotificationPermission
from tinhso.site.models import LoopRun
from tinhso.ui import navigation
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.requests import ActedRequest

DETAILS = (NotificationPermission.OPERATE, EventPermission.READ)
log = logging.getLogger(__name__)
LITTLE_ROOM = 2 * 10**9  # bytes
NO_ROOM = 300 * 10**6
QUIET = timedelta(
    seconds=60
)  # a loop writes its note far more often than this, beyond its own period
STARTED = timezone.now()
"""When this process began: loops that begin with it are given as long."""


def register_checks() -> None:
    """The checks that belong to no app: database, loops, disk."""
    health.register(HealthCheck("database", gettext_lazy("Cơ sở dữ liệu"), database))
    name = gettext_lazy("Tiến trình nền")
    health.register(HealthCheck("loops", name, lambda: worker(timezone.now())))
    health.register(HealthCheck("disk", gettext_lazy("Đĩa"), disk))


def register_entry() -> None:
    """Let whoever runs the house find its health in the menu."""
    navigation.register(
        navigation.NavigationEntry(
            code="health",
            group=gettext_lazy("Hệ thống"),
            label=gettext_lazy("Tình trạng hệ thống"),
            url_name="health",
            permission=NotificationPermission.OPERATE,
            order=880,
        )
    )


def database() -> Health:
    """Whether the database answers, and its version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0]).split()[0]
    return Health(State.OK, _("PostgreSQL %(version)s trả lời.") % {"version": version}, version)


def worker(now: datetime) -> Health:
    """Whether every registered loop ran lately and without error; in the first minute none need have.

    The value is the longest silence in seconds.
    """
    notes = {note.code: note for note in LoopRun.objects.all()}
    silent: list[str] = []
    failing: list[str] = []
    longest = 0.0
    for loop in loops.registry.values():
        note = notes.get(loop.code)
        silence = (now - note.seen_at) if note else None
        longest = max(longest, silence.total_seconds() if silence else 0.0)
        if silence is None or silence > QUIET + timedelta(seconds=loop.every_seconds):
            silent.append(str(loop.name))
        elif note and note.error:
            failing.append(str(loop.name))
    if silent and now - STARTED < QUIET:
        return Health(State.WARNING, _("Đang khởi động: các vòng lặp chưa kịp chạy."), longest)
    if silent:
        return Health(
            State.FAILED, _("Không chạy: %(names)s.") % {"names": ", ".join(silent)}, longest
        )
    if failing:
        return Health(
            State.WARNING,
            _("Lỗi lần gần nhất: %(names)s.") % {"names": ", ".join(failing)},
            longest,
        )
    return Health(
        State.OK,
        _("%(count)s vòng lặp đang chạy.") % {"count": len(loops.registry.values())},
        longest,
    )


def disk() -> Health:
    """How much room is left where files are kept; the value is in bytes."""
    free = shutil.disk_usage(settings.HOME if settings.HOME.exists() else "/").free
    state = State.FAILED if free < NO_ROOM else State.WARNING if free < LITTLE_ROOM else State.OK
    return Health(state, _("Còn %(gb)s GB.") % {"gb": number(free / 10**9, 1)}, free)


def answers() -> list[tuple[HealthCheck, Health]]:
    """Every check's answer; one that raises has failed and never takes the page down."""
    return [(check, _answer(check)) for check in health.registry.values()]


def _answer(check: HealthCheck) -> Health:
    try:
        return check.run()
    except DatabaseError:
        return Health(State.FAILED, _("Cơ sở dữ liệu không trả lời."))
    except Exception:  # a broken check is itself a finding
        log.exception("health check %s", check.code)
        return Health(State.FAILED, _("Không kiểm tra được."))


def worst(found: list[tuple[HealthCheck, Health]]) -> State:
    """The state of the whole: that of its worst part."""
    states = {answer.state for _check, answer in found}
    return next((state for state in (State.FAILED, State.WARNING) if state in states), State.OK)


def _status(state: State) -> int:
    return 503 if state is State.FAILED else 200


def may_see_details(request: ActedRequest) -> bool:
    """Whether versions, backlogs and failures are for this reader: an operator or an auditor.

    Nobody, while the database that knows the rights does not answer.
    """
    try:
        return any(request.actor.holds(right, at=request.at) for right in DETAILS)
    except DatabaseError:
        return False


@never_cache
def page(request: ActedRequest) -> HttpResponse:
    """`/suc-khoe`: every check with its state, as shape, word and colour; details for operators."""
    found = answers()
    state = worst(found)
    context = {"found": found, "state": state, "detailed": may_see_details(request)}
    return render(request, "site/health.html", context, status=_status(state))


@never_cache
def json(request: ActedRequest) -> JsonResponse:
    """`/suc-khoe.json`: the states for a monitor, details for operators; 503 when a part has failed."""
    found = answers()
    state = worst(found)
    detailed = may_see_details(request)
    checks = {check.code: _told(answer, detailed=detailed) for check, answer in found}
    whole = {"state": state, "checks": checks}
    return JsonResponse(whole, status=_status(state), json_dumps_params={"ensure_ascii": False})


def _told(answer: Health, *, detailed: bool) -> dict[str, Any]:
    details = {"sentence": answer.sentence, "value": answer.value} if detailed else {}
    return {"state": answer.state} | details
