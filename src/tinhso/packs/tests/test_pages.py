from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import translation

from tinhso.kernel.actors import Actor, AnonymousVisitor, SystemActor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.kernel.requests import ActedRequest
from tinhso.packs import queries, services
from tinhso.packs.loading import load
from tinhso.packs.pages import listing
from tinhso.packs.tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def request_of(actor: Actor) -> ActedRequest:
    request: ActedRequest = RequestFactory().get("/goi-nghiep-vu/")  # type: ignore[assignment]
    request.actor, request.at = actor, AT
    return request


def test_it_lists_packs_and_unverified_articles(root: Path, probe: factories.Probe) -> None:
    services.apply(load(root), actor=SystemActor("packs"), at=AT)
    assert probe.applied
    page = listing.listing(request_of(SystemActor("test"))).content.decode()
    assert "Gói ho-tich" in page
    assert "1 chưa đối chiếu" in page
    assert "Điều 16" in page
    one = listing.pack(request_of(SystemActor("test")), "ho-tich").content.decode()
    assert "Khai sinh" in one
    assert "Điều 13" in one
    with translation.override("en"):
        assert queries.titles() == {"ho-tich": "Pack ho-tich"}


def test_without_packs_it_says_so() -> None:
    assert "Chưa có gói nào" in listing.listing(request_of(SystemActor("test"))).content.decode()


def test_who_lacks_the_right_may_not_look() -> None:
    with pytest.raises(PermissionMissing):
        listing.listing(request_of(AnonymousVisitor()))
    with pytest.raises(PermissionMissing):
        listing.pack(request_of(AnonymousVisitor()), "ho-tich")
