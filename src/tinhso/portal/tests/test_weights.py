"""Citizens' pages are light: 60 KB compressed at the first visit without the font, 15 KB when they come again."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.factories import BUILDING, ID, MARRIAGE, WELL, definition_of
from tinhso.portal.filling import filling_of
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin, fill_in

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")

KB = 1024
FIRST, AGAIN = 60 * KB, 15 * KB
LINKED = re.compile(r'(?:href|src)="/static/([^"?#]+)')


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def assets(page: str) -> int:
    """What the page makes a browser fetch once, without the font."""
    total = 0
    for name in sorted(set(LINKED.findall(page))):
        if name.endswith((".woff2", ".ttf")):
            continue
        found = finders.find(name)
        assert isinstance(found, str), name
        total += packed(Path(found).read_bytes())
    return total


def is_light(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    again = packed(answer.content)
    first = again + assets(answer.content.decode())
    assert again <= AGAIN, (path, again)
    assert again < first <= FIRST, (path, first)


@pytest.mark.parametrize(
    "name", ["home", "procedures", "catalogue", "look_up", "verify", "own", "person"]
)
def test_a_page_of_everybody_and_of_one_s_own_is_light(
    client: Client, desk: Desk, name: str
) -> None:
    del desk
    signed_in(client)
    is_light(client, reverse(f"portal:{name}"))


@pytest.mark.parametrize("code", [MARRIAGE, WELL, BUILDING])
def test_a_procedure_is_light(client: Client, desk: Desk, code: str) -> None:
    del desk
    is_light(client, reverse("portal:procedure", args=[code]))


def test_each_step_of_the_longest_form_is_light(client: Client, desk: Desk) -> None:
    del desk
    longest = max((MARRIAGE, WELL, BUILDING), key=lambda code: len(definition_of(code).form.fields))
    lan = signed_in(client)
    draft = begin(client, longest)
    stages = filling_of(draft.uuid, actor=lan, at=draft.started_at).stages
    assert len(stages) > 3
    for stage in stages:
        is_light(client, stage.url)


@pytest.mark.slow
def test_check_confirmation_and_the_dossier_itself_are_light(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    is_light(client, reverse("portal:check", args=[draft.uuid]))
    is_light(client, reverse("portal:kept", args=[draft.uuid]))
    client.post(reverse("portal:check", args=[draft.uuid]), {"cam_doan": "1"})
    dossier = Dossier.objects.get()
    is_light(client, reverse("portal:submitted", args=[dossier.uuid]))
    client.post(reverse("portal:look_up"), {"ma": dossier.reference, "so": ID})
    is_light(client, reverse("portal:dossier", args=[dossier.uuid]))
