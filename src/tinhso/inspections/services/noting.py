"""Notes and photos of a criterion (ghi phiếu): several inspectors at once, and nothing of anybody is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.events.services import record
from tinhso.files.services import Subject, store
from tinhso.inspections import events
from tinhso.inspections.errors import ItemUnknown, NotAnImage
from tinhso.inspections.files import PHOTO
from tinhso.inspections.models import Item, Judgement, Note, Photo, State
from tinhso.inspections.services.acting import held_by_team

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.files.keeping import Readable
    from tinhso.inspections.models import Inspection
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Saved:
    """What a save made; `newest` is the text that stands, another one where this was kept aside."""

    made: Note
    newest: Note

    @property
    def is_aside(self) -> bool:
        """Whether somebody else had saved in between."""
        return self.made.is_aside


@transaction.atomic
def note(
    key: UUID,
    ordinal: int,
    *,
    text: str,
    judgement: str,
    expected: int,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save what was noted of a criterion. `expected` is the version that the page showed (0: none yet).

    Where somebody saved a newer one meanwhile, this text is kept aside and both are shown. The same text sent again
    is the same save.
    """
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    item = item_of(inspection, ordinal)
    newest = newest_of(item)
    version = newest.version if newest else 0
    judged = judgement if judgement in Judgement.values else ""
    if newest and (newest.text, newest.judgement) == (text.strip(), judged):
        return Saved(newest, newest)
    made = Note.objects.create(
        item=item,
        version=version + 1 if expected == version else expected + 1,
        text=text.strip(),
        judgement=judged,
        is_aside=expected != version,
        at=at,
        actor=actor.key,
    )
    record(
        events.NOTED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"item": ordinal, "version": made.version, "is_aside": made.is_aside},
    )
    return Saved(made, newest if made.is_aside and newest else made)


@transaction.atomic
def add_photo(
    key: UUID,
    ordinal: int,
    upload: Readable,
    *,
    filename: str,
    caption: str = "",
    photo: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> Photo:
    """Keep a photo taken at a criterion (thêm ảnh). One that is sent again under its own key (`photo`) is the same."""
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    item = item_of(inspection, ordinal)
    sent = item.photos.filter(uuid=photo).first() if photo else None
    if sent is not None:
        return sent
    stored = store(
        upload,
        filename=filename,
        actor=actor,
        at=at,
        purpose="photo",
        subject=Subject(PHOTO, inspection.uuid),
        agency=inspection.unit_id,
    )
    if not stored.content_type.startswith("image/"):
        raise NotAnImage(name=filename)
    made = Photo.objects.create(
        uuid=photo or uuid4(),
        item=item,
        file=stored,
        caption=caption.strip()[:300],
        at=at,
        actor=actor.key,
    )
    record(
        events.PHOTOGRAPHED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"item": ordinal},
    )
    return made


def item_of(inspection: Inspection, ordinal: int) -> Item:
    """The criterion of that place; refuses with `ItemUnknown`."""
    found = inspection.items.filter(ordinal=ordinal).first()
    if found is None:
        raise ItemUnknown
    return found


def newest_of(item: Item) -> Note | None:
    """The note that stands."""
    return item.notes.filter(is_aside=False).order_by("-version").first()
