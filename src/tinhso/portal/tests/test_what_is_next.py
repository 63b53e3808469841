"""Whatever state a dossier is in, its page says what happens next and what to do, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tinhso.dossiers.models import State
from tinhso.dossiers.tests.factories import ID, submitted
from tinhso.dossiers.tests.stages import ACTS
from tinhso.portal.standing import what_is_next

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

LEADS_TO = {
    "receive": State.IN_PROCESS,
    "refuse": State.REFUSED,
    "request_supplement": State.AWAITING_SUPPLEMENT,
    "supplement": State.IN_PROCESS,
    "stop": State.STOPPED,
    "ask_opinion": State.IN_PROCESS,
    "attach_result": State.DECIDED,
    "hand_over": State.HANDED_OVER,
    "apologise": State.IN_PROCESS,
    "waive_apology": State.DECIDED,
    "suspend": State.SUSPENDED,
    "resume": State.IN_PROCESS,
    "require_payment": State.AWAITING_PAYMENT,
    "confirm_payment": State.IN_PROCESS,
    "withdraw": State.WITHDRAWN,
    "cancel_receipt": State.CANCELLED,
    "reopen": State.IN_PROCESS,
    "ask_transfer": State.IN_PROCESS,
    "guide": State.SUBMITTED,
}


def opened(client: Client, dossier: Dossier, language: str) -> str:
    client.cookies["django_language"] = language
    client.post(reverse("portal:look_up"), {"ma": dossier.reference, "so": ID})
    return client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_of_its_own_in_both_languages(state: State) -> None:
    said = {}
    for language in ("vi", "en"):
        with override(language):
            said[language] = what_is_next(state)
            assert sum(what_is_next(other) == said[language] for other in State) == 1
    assert said["vi"] != said["en"]


@pytest.mark.parametrize(("act", "state"), LEADS_TO.items())
@pytest.mark.slow
def test_after_every_act_the_page_says_what_is_next(
    client: Client, desk: Desk, act: str, state: State
) -> None:
    done = ACTS[act](desk).run()
    assert State(done.state) is state
    page = opened(client, done, "vi")
    assert what_is_next(state) in page


def test_no_state_is_left_out() -> None:
    assert set(LEADS_TO.values()) == set(State)


def test_it_is_said_in_english_too(client: Client, desk: Desk) -> None:
    page = opened(client, submitted(desk), "en")
    with override("en"):
        assert what_is_next(State.SUBMITTED) in page
