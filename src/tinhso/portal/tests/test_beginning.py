"""Filing again: what was begun before is offered first, and nothing is begun behind the applicant's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.models import Draft
from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
START = reverse("portal:start", args=[MARRIAGE])


def test_a_draft_begun_before_is_offered_first(client: Client, desk: Desk) -> None:
    del desk
    signed_in(client)
    draft = begin(client)

    page = client.post(START)
    assert page.status_code == 200
    assert reverse("portal:application", args=[draft.uuid]) in page.content.decode()
    assert Draft.objects.count() == 1, "nothing was begun"

    anew = client.post(START, {"moi": "1"})
    assert anew.status_code == 302
    assert Draft.objects.count() == 2


def test_nobody_is_offered_the_draft_of_another(client: Client, desk: Desk) -> None:
    del desk
    begin(client)  # a visitor's
    other = Client()
    assert other.post(START).status_code == 302, "a visitor is offered nothing"
    signed_in(other)
    assert other.post(START).status_code == 302
