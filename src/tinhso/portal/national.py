"""The part of the national portal: a dossier is handed over to the province as any partner system does it.

By `POST /api/v1/files` for each paper, then `POST /api/v1/dossiers`, with the codes of that other system and under keys
that never change for a draft: however often it is sent, one dossier comes of it. Only when the province has answered
does the draft go. The way there is registered by whoever runs the house (`site`).
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid5

from django.db import transaction

from tinhso.agencies.queries import period_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.judging import without_files
from tinhso.dossiers.models import Channel, Dossier, Draft
from tinhso.dossiers.services import drafting
from tinhso.files import services as files
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.registry import Registry
from tinhso.parties.models import Party
from tinhso.portal.errors import ArrivedBefore, NotSent, NotTaken

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor

TAKEN = (HTTPStatus.OK, HTTPStatus.CREATED)
TAKEN_BEFORE = frozenset({"dossiers.foreign_code_known", "dossiers.key_used_otherwise"})
"""It arrived at an earlier try whose answer was lost, and something was changed here since."""


@dataclass(frozen=True)
class Upload:
    """A file on its way: its name, what it is, where its bytes lie."""

    name: str
    content_type: str
    path: Path


@dataclass(frozen=True)
class Answer:
    """What the province answered."""

    status: int
    document: dict[str, Any]


class Way(Protocol):
    """How a POST reaches the API of the province; raises `NotSent` when it does not."""

    def __call__(
        self, resource: str, *, key: str, body: bytes = b"", file: Upload | None = None
    ) -> Answer: ...


ways: Registry[Way] = Registry("way to the province")
PROVINCE = "province"
RELAY = SystemActor("national-portal")
"""Who reads the files of a draft on their way: the portal itself, for a visitor cannot be told from another."""


def code_of(draft: UUID) -> str:
    """The code that the playing portal gives a dossier (mã hồ sơ của Cổng), always the same for a draft."""
    return f"DVCQG-{base64.b32encode(draft.bytes).decode().rstrip('=')[:16]}"


def handed_over(draft: UUID) -> Dossier | None:
    """The dossier that came of a draft."""
    code = code_of(draft)
    return Dossier.objects.filter(channel=Channel.NATIONAL, foreign_code=code).first()


def hand_over(draft: Draft, *, actor: Actor, at: datetime) -> Dossier:
    """Send the draft to the province (chuyển hồ sơ về tỉnh); its dossier there.

    Refuses with `NotSent` or `NotTaken`, and the draft stays as it was. A second try, or two at once, make no second
    dossier. What was changed between two tries, of which the first did arrive, is not sent after it: `ArrivedBefore`.
    """
    way = ways.get(PROVINCE)
    if way is None:
        raise NotSent
    answers = drafting.answers_of(draft, at=at)
    papers = _send_papers(draft, answers, way, at=at)
    body = json.dumps(_body(draft, answers, papers, actor, at), sort_keys=True).encode()
    answer = way("dossiers", key=str(draft.uuid), body=body)
    dossier = handed_over(draft.uuid)
    if dossier is not None and answer.document.get("code") in TAKEN_BEFORE:
        raise ArrivedBefore
    if dossier is None or answer.status not in TAKEN:
        raise _refused(answer)
    _forget(draft, actor=actor, at=at)
    return dossier


def _send_papers(draft: Draft, answers: Answers, way: Way, *, at: datetime) -> list[dict[str, str]]:
    """Each paper with the key that the province gave its file."""
    papers = definitions.of_version(draft.procedure_id).papers
    return [
        {"code": paper.code, "file": _send_file(draft, item["key"], way, at)}
        for number, paper in enumerate(papers)
        for item in answers.values.get(f"{PAPER}{number}", ())
    ]


def _send_file(draft: Draft, key: str, way: Way, at: datetime) -> str:
    """The province's key of the file; the one under which it is sent is the draft's own, should it begin anew."""
    content = files.read(UUID(key), actor=RELAY, at=at, purpose="relay")
    stored = content.file
    upload = Upload(stored.filename, stored.content_type, content.path)
    answer = way("files", key=str(uuid5(draft.uuid, str(stored.uuid))), file=upload)
    if answer.status not in TAKEN:
        raise _refused(answer)
    given: str = answer.document["key"]
    return given


def _body(
    draft: Draft, answers: Answers, papers: list[dict[str, str]], actor: Actor, at: datetime
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "procedure": draft.procedure.procedure.code,
        "channel": Channel.NATIONAL.value,
        "foreign_code": code_of(draft.uuid),
        "answers": without_files(answers.values),
        "papers": papers,
    }
    if draft.agency_id is not None:
        place = period_of(draft.agency_id, day_of(at))
        body |= {"agency": place.agency_code} if place and place.agency_code else {}
    if actor.party is not None:
        body["applicant"] = str(Party.objects.values_list("uuid", flat=True).get(pk=actor.party))
    return body


def _refused(answer: Answer) -> NotSent | NotTaken:
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NotSent()
    errors: dict[str, list[str]] = answer.document.get("errors", {})
    return NotTaken(errors, detail=answer.document.get("detail", ""))


@transaction.atomic
def _forget(draft: Draft, *, actor: Actor, at: datetime) -> None:
    """The draft and its own copies of the files go; another try may have let them go already."""
    if Draft.objects.select_for_update().filter(pk=draft.pk).exists():
        drafting.discard_files(draft.uuid, actor=actor, at=at)
        Draft.objects.filter(pk=draft.pk).delete()
