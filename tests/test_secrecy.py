"""Whoever has no business with a thing is answered as if it did not exist: by the byte, at the same cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import permission_walk
from tests.permission_walk import addresses, client_of
from tests.test_permissions import _house, _way, walk
from tinhso.dossiers.tests.conftest import desk
from tinhso.dossiers.tests.factories import ID, received, submitted
from tinhso.portal.pages import attempts
from tinhso.ui import verifying

if TYPE_CHECKING:
    from django.test import Client

    from tests.walk_samples import Sample
    from tests.walk_world import Walk
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["_house", "_way", "desk", "walk"]

APPS = ("dossiers", "portal", "files", "payments", "counter", "api", "parties")
STRANGERS = ("visitor", "hung", "nam", "far")
"""A visitor, another citizen, an officer of another commune, a partner of another commune."""
TOKEN = re.compile(
    rb'(name="csrfmiddlewaretoken" value=|"csrf-token" content=|X-CSRFToken": )"[^"]*"'
)
TOLD = ("Content-Type", "Location", "Allow", "WWW-Authenticate", "ETag", "Content-Disposition")
OPENED_BY_ITS_ADDRESS = "a visitor's draft"
"""Who has no account comes back by the draft's address alone: 122 random bits, told to nobody else."""
OTHER_ID = "000190000009"


def asked(client: Client, method: str, path: str, sample: Sample) -> tuple[int, Any, bytes]:
    """Status, headers and body, without what differs between any two answers; nothing is changed by it."""
    cache.clear()
    with transaction.atomic():
        if method == "GET":
            answer = client.get(path)
        elif path.startswith(f"/{permission_walk.API}"):
            answer = client.post(path, sample.body, content_type="application/json")
        else:
            answer = client.post(path, sample.body)
        transaction.set_rollback(True)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = {name: answer.get(name) for name in TOLD}
    return answer.status_code, told, TOKEN.sub(b"", body)


def blank(answer: tuple[int, Any, bytes], parts: dict[str, Any]) -> tuple[int, str, bytes]:
    """The answer with the parts of the address taken out: those the asker knew already."""
    status, told, body = answer
    words = repr(told)
    for value in parts.values():
        words, body = words.replace(str(value), "—"), body.replace(str(value).encode(), b"-")
    return status, words, body


FOR_EVERYBODY = frozenset({"counter:board", "counter:kiosk", "counter:ticket", "portal:station"})
"""A desk is no secret: its call board hangs in the hall, its two machines are opened by a key in the address."""


@pytest.mark.usefixtures("_house")
@pytest.mark.parametrize(
    "who",
    [pytest.param(who, marks=pytest.mark.slow) for who in STRANGERS],
)
def test_an_existing_and_an_absent_thing_are_answered_alike_to_strangers(
    walk: Walk, who: str
) -> None:
    client = client_of(walk.things, who)
    differing = []
    compared = 0
    for address in addresses():
        for sample in address.samples(walk.samples):
            keys = {name for name, value in sample.parts.items() if isinstance(value, UUID)}
            if address.name.partition(":")[0] not in APPS or not keys:
                continue
            if sample.label == OPENED_BY_ITS_ADDRESS or address.name in FOR_EVERYBODY:
                continue
            absent = {**sample.parts, **{name: uuid4() for name in keys}}
            for method in permission_walk.METHODS:
                there, gone = (
                    blank(
                        asked(client, method, reverse(address.name, kwargs=parts), sample),
                        parts,
                    )
                    for parts in (sample.parts, absent)
                )
                compared += 1
                if there != gone:
                    differing.append((method, address.name, sample.label, there[0], gone[0]))
    assert compared > 75
    assert not differing, "\n".join(map(str, differing))


def counted(client: Client, path: str, body: dict[str, str] | None) -> tuple[int, bytes, int]:
    """Status, words and number of queries of one answer to a visitor who asks for the first time."""
    cache.clear()
    client.cookies.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path) if body is None else client.post(path, body)
    return answer.status_code, TOKEN.sub(b"", answer.content), len(queries)


def test_a_look_up_answers_alike_whether_the_code_is_known_or_not(
    client: Client, desk: Desk
) -> None:
    dossier = received(desk)
    unknown = f"{str(dossier.number)[:-4]}9999"
    counted(client, reverse("portal:look_up"), None)  # what a process asks once, it has asked
    answers = []
    for code in (str(dossier.number), unknown):
        status, words, queries = counted(
            client, reverse("portal:look_up"), {"ma": code, "so": OTHER_ID}
        )
        answers.append((status, words.replace(code.encode(), b""), queries))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422


@pytest.mark.parametrize("name", ["portal:short", "portal:look_up"])
def test_opening_by_a_code_tells_nothing_of_it(client: Client, desk: Desk, name: str) -> None:
    reference = str(submitted(desk).reference)
    other = "0000000000" if reference != "0000000000" else "0000000011"
    answers = []
    for code in (other, reference, other):  # at the first, what a process asks once is asked
        path = (
            reverse(name, args=[code]) if name.endswith("short") else f"{reverse(name)}?ma={code}"
        )
        status, words, queries = counted(client, path, None)
        shown = f"{code[:5]}-{code[5:]}".encode()
        answers.append((status, words.replace(shown, b"").replace(code.encode(), b""), queries))
    assert answers[1] == answers[2]


def test_a_code_of_a_paper_made_up_costs_what_a_known_dossier_s_does(
    client: Client, desk: Desk
) -> None:
    """The code is signed: without the key none of a known dossier can be made either."""
    dossier = received(desk)
    good = verifying.code_of("01", f"{dossier.reference}.1")
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    other = verifying.code_of("01", "0000000000.1")
    made_up = other[:-1] + ("A" if other[-1] != "A" else "B")
    answers = []
    for code in (forged, made_up):
        status, words, queries = counted(client, reverse("portal:verify"), {"ma": code})
        answers.append((status, words.replace(code.encode(), b""), queries))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


@pytest.mark.slow
def test_guesses_are_counted_by_code_and_by_address_known_or_not(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "WINDOW", 10**9)
    dossier = received(desk)
    for code in (str(dossier.number), f"{str(dossier.number)[:-4]}9999"):
        said = [
            client.post(reverse("portal:look_up"), {"ma": code, "so": OTHER_ID}).status_code
            for _time in range(attempts.PER_CODE + 1)
        ]
        assert said == [422] * attempts.PER_CODE + [429]
    assert (
        client.post(reverse("portal:look_up"), {"ma": str(dossier.number), "so": ID}).status_code
        == 429
    )
