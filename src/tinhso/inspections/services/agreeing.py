"""Minutes (biên bản): sealed by the team, agreed by the unit or returned with what it wants changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from tinhso.events.services import record
from tinhso.inspections import events
from tinhso.inspections.errors import NothingNoted, SittingMissing
from tinhso.inspections.models import MinutesAct, MinutesKind, Note, State
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.printing.words import minutes_words
from tinhso.inspections.queries.sittings import sitting_of
from tinhso.inspections.services.acting import at_unit, held_by_team, move, said

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Inspection
    from tinhso.kernel.actors import Actor


def digest_of(inspection: Inspection) -> str:
    """What the minutes say, as one number: who agrees agrees to exactly these words."""
    written = json.dumps(
        minutes_words(inspection), cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(written.encode()).hexdigest()


@transaction.atomic
def seal(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> MinutesAct:
    """The team puts the minutes before the unit (chốt biên bản); notes rest from then on."""
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    if not Note.objects.filter(item__inspection=inspection, is_aside=False).exists():
        raise NothingNoted
    sitting = sitting_of(inspection)
    if sitting is None or not sitting.is_whole():
        raise SittingMissing
    made = _write(inspection, MinutesKind.SEALED, words.strip(), actor, at)
    move(inspection, State.SEALED)
    payload = {"digest": made.digest}
    unit = inspection.unit_id
    record(events.SEALED, subject=inspection.uuid, actor=actor, at=at, agency=unit, payload=payload)
    return made


@transaction.atomic
def return_minutes(key: UUID, *, words: str, actor: Actor, at: datetime) -> MinutesAct:
    """The unit wants something changed (trả biên bản để sửa), and says what."""
    right = InspectionPermission.AGREE
    inspection = at_unit(key, right, State.SEALED, actor=actor, at=at)
    made = _write(inspection, MinutesKind.RETURNED, said(words), actor, at)
    move(inspection, State.OPEN)
    unit = inspection.unit_id
    record(events.RETURNED, subject=inspection.uuid, actor=actor, at=at, agency=unit)
    return made


@transaction.atomic
def agree(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> MinutesAct:
    """The unit agrees to the minutes (thông qua biên bản), perhaps with an opinion of its own that stands in them."""
    right = InspectionPermission.AGREE
    inspection = at_unit(key, right, State.SEALED, actor=actor, at=at)
    made = _write(inspection, MinutesKind.AGREED, words.strip(), actor, at)
    move(inspection, State.AGREED)
    payload = {"digest": made.digest}
    unit = inspection.unit_id
    record(events.AGREED, subject=inspection.uuid, actor=actor, at=at, agency=unit, payload=payload)
    return made


def _write(
    inspection: Inspection, kind: MinutesKind, words: str, actor: Actor, at: datetime
) -> MinutesAct:
    return MinutesAct.objects.create(
        inspection=inspection,
        kind=kind,
        words=words,
        digest=digest_of(inspection),
        at=at,
        actor=actor.key,
    )
