"""Saved views of the queue (bộ lọc đã lưu): each officer's own, one of them the default."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tinhso.dossiers import services
from tinhso.dossiers.errors import TooManyViews, ViewNotFound
from tinhso.dossiers.models import SavedView
from tinhso.dossiers.services.viewing import MOST
from tinhso.dossiers.tests.factories import AT, SYSTEM, VISITOR
from tinhso.events.models import Event
from tinhso.kernel.errors import Invalid
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

LATE = {"tab": "qua-han"}


def names(owner: int) -> dict[str, bool]:
    return dict(SavedView.objects.filter(owner=owner).values_list("name", "is_default"))


def test_one_view_at_most_is_the_default(desk: Desk) -> None:
    services.save_view("Trễ", LATE, is_default=True, actor=desk.clerk, at=AT)
    second = services.save_view("Tôi", {"cua": "toi"}, is_default=True, actor=desk.clerk, at=AT)
    assert names(desk.clerk.user) == {"Trễ": False, "Tôi": True}
    services.set_default_view(second.uuid, is_default=False, actor=desk.clerk, at=AT)
    assert names(desk.clerk.user) == {"Trễ": False, "Tôi": False}
    SavedView.objects.filter(name="Trễ").update(is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(name="Tôi").update(is_default=True)


def test_the_same_name_again_replaces_it(desk: Desk) -> None:
    first = services.save_view(" Trễ  hạn ", LATE, is_default=False, actor=desk.clerk, at=AT)
    again = services.save_view("Trễ hạn", {"cua": "ky"}, is_default=False, actor=desk.clerk, at=AT)
    assert first.uuid == again.uuid
    assert SavedView.objects.get().filters == {"cua": "ky"}


def test_it_is_nobody_elses(desk: Desk) -> None:
    view = services.save_view("Trễ", LATE, is_default=True, actor=desk.clerk, at=AT)
    for who in (desk.colleague, SYSTEM):
        with pytest.raises(ViewNotFound):
            services.remove_view(view.uuid, actor=who, at=AT)
        with pytest.raises(ViewNotFound):
            services.set_default_view(view.uuid, is_default=False, actor=who, at=AT)
    with pytest.raises(ViewNotFound):
        services.remove_view(uuid4(), actor=desk.clerk, at=AT)
    assert names(desk.clerk.user) == {"Trễ": True}


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_has_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(Invalid):
        services.save_view(name, LATE, is_default=False, actor=desk.clerk, at=AT)
    assert not SavedView.objects.exists()


def test_there_are_not_too_many(desk: Desk) -> None:
    for number in range(MOST):
        services.save_view(f"Số {number}", LATE, is_default=False, actor=desk.clerk, at=AT)
    with pytest.raises(TooManyViews):
        services.save_view("Thêm", LATE, is_default=False, actor=desk.clerk, at=AT)
    services.save_view("Số 1", {}, is_default=False, actor=desk.clerk, at=AT)
    assert SavedView.objects.count() == MOST


def test_who_reads_no_queue_keeps_no_view(desk: Desk) -> None:
    del desk
    with pytest.raises(PermissionMissing):
        services.save_view("Trễ", LATE, is_default=False, actor=VISITOR, at=AT)
    assert not SavedView.objects.exists()


def test_the_log_says_that_and_not_what(desk: Desk) -> None:
    view = services.save_view("Bà Lan", {"nguoi": "me"}, is_default=False, actor=desk.clerk, at=AT)
    services.remove_view(view.uuid, actor=desk.clerk, at=AT)
    said = Event.objects.filter(subject=view.uuid).order_by("id")
    assert [event.kind for event in said] == ["dossiers.view_saved", "dossiers.view_removed"]
    assert all("Lan" not in str(event.payload) for event in said)
