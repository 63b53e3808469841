"""How tasks, notices, obstacles, committees and reminders in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, IntegerField, Value
from django.utils.translation import gettext as _

from tinhso.tasks import obstacle_kinds
from tinhso.tasks.models import Committee, Digest, Notice, NoticeKind, Obstacle, Task

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

NONE, NO_WORDS = Value(0, IntegerField()), Value("", CharField())


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """What acts on tasks are about, by number and kind: what was written of an obstacle is not for the log."""
    tasks = Task.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("task"), "ordinal", "notice__kind", "notice__number"
    )
    notices = Notice.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("notice"), NONE, "kind", "number"
    )
    obstacles = Obstacle.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("obstacle"), NONE, "kind", NO_WORDS
    )
    committees = Committee.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("committee"), NONE, NO_WORDS, "name"
    )
    digests = Digest.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("digest"), NONE, NO_WORDS, NO_WORDS
    )
    found = tasks.union(notices, obstacles, committees, digests, all=True)
    return {key: _called(*said) for key, *said in found}


def _is(what: str) -> Value:
    return Value(what, CharField())


def _called(what: str, ordinal: int, kind: str, name: str) -> str:
    if what == "committee":
        return name
    if what == "digest":
        return _("Bản nhắc việc")
    if what == "obstacle":
        known = obstacle_kinds.known().get(kind)
        return _("Vướng mắc: %(kind)s") % {"kind": known.label if known else kind}
    notice = f"{NoticeKind(kind).label} {name}".strip()
    if what == "notice":
        return notice
    return _("Nhiệm vụ %(ordinal)s, %(notice)s") % {"ordinal": ordinal, "notice": notice}
