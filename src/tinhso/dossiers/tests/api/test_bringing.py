"""By post and by a helper, as a desk's own system hands it in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Consent, Dossier, PostalItem
from tinhso.dossiers.tests.api.calling import EVERY_ACT, PATH, Caller, content, make_caller, sent

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

AT_A_DESK = (*EVERY_ACT, "parties:party:register")
"""Who writes down what came to a desk registers the applicant there."""


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province, AT_A_DESK)


def item(**changes: Any) -> dict[str, Any]:
    """A postal item that came an hour ago."""
    arrived = clock.now() - timedelta(hours=1)
    return {"arrived_at": arrived.isoformat(), "tracking": "EA000000001VN", **changes}


def consent(**changes: Any) -> dict[str, Any]:
    """Lan agreed today, at the commune's point."""
    today = day_of(clock.now()).isoformat()
    said = {"helper": "Tổ công nghệ số cộng đồng", "given_by": "Lan Một", "way": "spoken"}
    return {"agency": "H99.41", "given_on": today, **said, **changes}


def test_what_came_by_post_is_recorded_with_its_arrival(desk: Desk, cuc: Caller) -> None:
    answer = cuc.post(PATH, sent(desk, channel="post", post=item()))
    assert answer.status_code == 201, answer.content
    row = PostalItem.objects.get()
    assert (row.tracking, row.posted_on) == ("EA000000001VN", None)
    assert row.arrived_at < row.at
    assert Dossier.objects.get().channel == "post"


def test_a_helper_files_with_the_consent_of_the_applicant(desk: Desk, cuc: Caller) -> None:
    answer = cuc.post(PATH, sent(desk, channel="helper", consent=consent()))
    assert answer.status_code == 201, answer.content
    row = Consent.objects.get()
    assert (row.given_by, row.way) == ("Lan Một", "spoken")
    assert Dossier.objects.get().helping_agency_id == desk.commune.pk


@pytest.mark.parametrize(
    "facts",
    [
        {"channel": "post"},
        {"channel": "helper"},
        {"channel": "api", "post": item()},
        {"channel": "post", "post": item(), "consent": consent()},
    ],
)
def test_each_way_tells_what_it_needs_and_nothing_else(
    desk: Desk, cuc: Caller, facts: dict[str, Any]
) -> None:
    assert cuc.post(PATH, sent(desk, **facts)).status_code == 422
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"channel": "post", "post": item(arrived_at="2999-01-01T00:00:00Z")}, "post.arrived_at"),
        ({"channel": "post", "post": item(arrived_at="0001-01-01T00:00:00Z")}, "post.arrived_at"),
        ({"channel": "post", "post": item(posted_on="2999-01-01")}, "post.posted_on"),
        ({"channel": "helper", "consent": consent(given_on="2999-01-01")}, "consent.given_on"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_path(
    desk: Desk, cuc: Caller, facts: dict[str, Any], path: str
) -> None:
    answer = cuc.post(PATH, sent(desk, **facts))
    assert answer.status_code == 422
    assert list(content(answer)["errors"]) == [path]
    assert not Dossier.objects.exists()


def test_the_desk_must_be_one_where_the_token_may_file(desk: Desk) -> None:
    cuc = make_caller(desk.construction, AT_A_DESK)
    body = {**sent(desk, channel="post", post=item()), "desk": "H99.41"}
    answer = cuc.post(PATH, body)
    assert answer.status_code == 403
    assert not Dossier.objects.exists()
