"""The pages of accounts, as people of the cast see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tinhso.accounts.models import Grant, GrantRevocation, Holding, PartnerToken, StandIn, User
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.queries import Place, listed, working_first
from tinhso.accounts.tests.factories import (
    make_grant,
    make_post,
    make_role,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.folding import sort_key

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def commune() -> Agency:
    return make_agency("Xã Ba Gia")


@pytest.fixture
def admin(commune: Agency) -> User:
    user = make_user("Vân", email="admin@example.vn")
    make_grant(user, make_role(AccountPermission, code="administrator"), commune)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_list_finds_without_accents(admin: User, commune: Agency) -> None:
    hoa = make_user("Trần Thị Hoa")
    make_grant(hoa, make_role(name="Trưởng phòng"), commune)
    stranger = make_user("Lê Văn Hoa")
    make_grant(stranger, make_role(), make_agency("Xã khác"))
    page = signed_in(admin).get(reverse("accounts:people"), {"tu": "hoa tran"})
    assert page.status_code == 200
    assert hoa.email in page.text
    assert "Vai trò Trưởng phòng tại Xã Ba Gia" in page.text
    assert "chưa giữ vị trí" not in page.text
    assert stranger.email not in page.text


def test_who_works_here_now_stands_before_who_left(commune: Agency) -> None:
    left, works, granted = (make_user(name) for name in ("An", "Bình", "Cúc"))
    post = make_post(commune)
    for user, since, until in (
        (left, date(2024, 1, 1), date(2025, 1, 1)),
        (works, date(2025, 1, 1), None),
    ):
        Holding.objects.create(user=user, post=post, since=since, until=until, at=AT, actor="x")
    make_grant(granted, make_role(), commune)
    everybody = User.objects.filter(pk__in=[left.pk, works.pk, granted.pk])
    assert list(working_first(everybody, at=AT)) == [works, granted, left]


def test_the_list_says_post_and_role_with_their_agencies(commune: Agency) -> None:
    user, post = make_user("Lan"), make_post(commune, title="Công chức tư pháp")
    make_grant(user, make_role(name="Cán bộ thụ lý"), make_agency("Sở Tư pháp"))
    day = date(2026, 1, 1)
    Holding.objects.create(user=user, post=post, since=day, at=AT, actor="system:test")
    unplaced = make_user("Nam", email="nam@example.vn")
    first, second = listed([user, unplaced], at=AT)
    assert first.places == [
        Place("Xã Ba Gia", ["Công chức tư pháp"], []),
        Place("Sở Tư pháp", [], ["Cán bộ thụ lý"]),
    ]
    assert second.places == []


def test_a_number_behind_a_name_is_not_the_given_name() -> None:
    names = ["Minh 001", "Nguyễn Thị Đào", "Trần Văn Dũng", "Lan 012", "Lan 003"]
    assert sorted(names, key=sort_key) == [
        "Trần Văn Dũng",
        "Nguyễn Thị Đào",
        "Lan 003",
        "Lan 012",
        "Minh 001",
    ]


@pytest.mark.slow
def test_a_new_officer_gets_a_link_to_choose_a_password(admin: User) -> None:
    client = signed_in(admin)
    made = client.post(
        reverse("accounts:new"), {"name": "Minh", "email": "Minh@Example.vn"}, follow=True
    )
    user = User.objects.get(email="minh@example.vn")
    assert "/quen-mat-khau/" in made.text
    again = client.get(reverse("accounts:person", args=[user.uuid])).text
    assert "/quen-mat-khau/" not in again
    path = made.text.split("http://testserver")[1].split("<")[0]
    opened = Client()
    form = opened.get(path, follow=True)
    assert form.status_code == 200
    done = opened.post(
        form.redirect_chain[-1][0],
        {"password1": "ba-con-meo-den", "password2": "ba-con-meo-den"},
    )
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password("ba-con-meo-den")


def test_a_taken_address_keeps_what_was_typed(admin: User) -> None:
    page = signed_in(admin).post(
        reverse("accounts:new"), {"name": "Minh khác", "email": admin.email}
    )
    assert page.status_code == 409
    assert "Minh khác" in page.text


@pytest.mark.slow
def test_a_post_a_grant_and_a_stand_in_by_forms(admin: User, commune: Agency) -> None:
    client, user = signed_in(admin), make_user("Minh")
    substitute = make_user("Nam", email="nam@example.vn")
    role = make_role(name="Cán bộ một cửa")
    page = client.get(reverse("accounts:person", args=[user.uuid]))
    assert page.status_code == 200
    held = client.post(
        reverse("accounts:hold", args=[user.uuid]),
        {
            "holding-agency": commune.pk,
            "holding-title": "Cán bộ một cửa",
            "holding-since": "2026-01-01",
            "holding-last_on": "2026-12-31",
            "holding-decision": "12/QĐ",
        },
    )
    assert held.status_code == 302
    holding = Holding.objects.get(user=user)
    assert (holding.post.title, holding.until) == ("Cán bộ một cửa", date(2027, 1, 1))
    granted = client.post(
        reverse("accounts:grant", args=[user.uuid]),
        {
            "grant-role": role.code,
            "grant-agency": commune.pk,
            "grant-since": "01/01/2026",
            "grant-reason": "Phân công",
        },
    )
    assert granted.status_code == 302
    stood = client.post(
        reverse("accounts:stand_in", args=[user.uuid]),
        {
            "stand_in-email": substitute.email,
            "stand_in-since": "2026-11-20",
            "stand_in-last_on": "2026-11-27",
            "stand_in-reason": "Nghỉ phép",
        },
    )
    assert stood.status_code == 302
    page = client.get(reverse("accounts:person", args=[user.uuid]))
    assert "12/QĐ" in page.text
    assert "Nam thay" in page.text
    grant = Grant.objects.get(user=user)
    row = StandIn.objects.get()
    for name, keys, data in (
        ("leave", {"holding": holding.uuid}, {"last_on": "2026-11-20", "decision": ""}),
        ("revoke", {"grant": grant.uuid}, {"reason": "Điều chuyển"}),
        ("stand_in_withdraw", {"stand_in": row.uuid}, {"reason": "Đã về"}),
        ("close", {}, {"reason": "Nghỉ việc"}),
    ):
        answer = client.post(reverse(f"accounts:{name}", kwargs={"key": user.uuid, **keys}), data)
        assert answer.status_code == 302, name
    page = client.get(reverse("accounts:person", args=[user.uuid]))
    assert "Đã thu hồi: Điều chuyển" in page.text
    assert "Mở khóa tài khoản" in page.text


def test_a_day_mistyped_for_a_later_one_is_taken_back_and_said_again(
    admin: User, commune: Agency
) -> None:
    user, client = make_user("Minh"), signed_in(admin)
    address = reverse("accounts:person", args=[user.uuid])
    typed = {"holding-agency": commune.pk, "holding-title": "Kế toán", "holding-decision": ""}
    hold = reverse("accounts:hold", args=[user.uuid])
    for since in ("01/11/2062", "01/11/2026"):
        assert client.post(hold, {**typed, "holding-since": since}).status_code == (
            302 if since.endswith("62") else 409
        )
    assert "Rút lại" in client.get(address).text
    back = {"key": user.uuid, "holding": Holding.objects.get().uuid}
    assert client.post(reverse("accounts:withdraw", kwargs=back)).status_code == 302
    assert not Holding.objects.exists()
    assert client.post(hold, {**typed, "holding-since": "01/11/2026"}).status_code == 302
    assert "Rút lại" not in client.get(address).text


def test_a_malformed_form_changes_nothing(admin: User, commune: Agency) -> None:
    user = make_user("Minh")
    page = signed_in(admin).post(
        reverse("accounts:grant", args=[user.uuid]),
        {"grant-role": "", "grant-agency": commune.pk, "grant-since": "hôm nay"},
    )
    assert page.status_code == 422
    assert not Grant.objects.filter(user=user).exists()


def test_an_agency_beyond_ones_scope_cannot_be_chosen(admin: User) -> None:
    user, elsewhere, role = make_user("Minh"), make_agency("Xã khác"), make_role()
    for agency in (elsewhere.pk, 0):
        page = signed_in(admin).post(
            reverse("accounts:grant", args=[user.uuid]),
            {
                "grant-role": role.code,
                "grant-agency": agency,
                "grant-since": "2026-01-01",
                "grant-reason": "thử",
            },
        )
        assert page.status_code == 422
    assert not Grant.objects.filter(user=user).exists()


def test_somebody_elsewhere_is_not_found(admin: User) -> None:
    user = make_user("Minh")
    grant = make_grant(user, make_role(), make_agency("Xã khác"))
    client = signed_in(admin)
    assert client.get(reverse("accounts:person", args=[user.uuid])).status_code == 404
    path = reverse("accounts:revoke", kwargs={"key": user.uuid, "grant": grant.uuid})
    assert client.post(path, {"reason": "thử"}).status_code == 404
    assert not GrantRevocation.objects.exists()


@pytest.mark.slow
def test_my_page_renames_and_appoints(commune: Agency) -> None:
    user, nam = make_user("Hoa"), make_user("Nam", email="nam@example.vn")
    make_grant(user, make_role(needs_second_factor=True, name="Kiểm tra"), commune)
    post = make_post(commune, "Trưởng phòng")
    Holding.objects.create(
        user=user, post=post, since=date(2026, 1, 1), at="2026-01-01T00:00Z", actor="system:test"
    )
    client = signed_in(user)
    page = client.get(reverse("accounts:mine"))
    assert page.status_code == 200
    assert "Vai trò Kiểm tra chỉ có hiệu lực" in page.text
    assert "Trưởng phòng" in page.text
    assert client.post(reverse("accounts:rename"), {"name-name": ""}).status_code == 422
    assert client.post(reverse("accounts:rename"), {"name-name": "Thị Hoa"}).status_code == 302
    user.refresh_from_db()
    assert user.name == "Thị Hoa"
    own = {
        "stand_in-email": nam.email,
        "stand_in-since": "2026-11-20",
        "stand_in-last_on": "2026-11-19",
        "stand_in-reason": "Nghỉ phép",
    }
    path = reverse("accounts:stand_in", args=[user.uuid])
    assert client.post(path, own).status_code == 422
    assert client.post(path, {**own, "stand_in-email": user.email}).status_code == 422
    answer = client.post(path, {**own, "stand_in-last_on": "2026-11-21"})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("accounts:mine")


def test_roles_show_their_rights(admin: User) -> None:
    page = signed_in(admin).get(reverse("accounts:roles"))
    assert "accounts:user:create" in page.text


def test_a_token_is_shown_once(commune: Agency) -> None:
    user = make_user("Vân")
    make_grant(user, make_role(AccountPermission))
    client = signed_in(user)
    last_on = f"{max(AT, timezone.now()) + timedelta(days=30):%d/%m/%Y}"
    made = client.post(
        reverse("accounts:tokens"),
        {
            "name": "Hệ thống của Cục",
            "agency": commune.pk,
            "includes_subordinates": "on",
            "permissions": ["accounts:user:read"],
            "last_on": last_on,
        },
    )
    assert made.status_code == 201
    token = PartnerToken.objects.get()
    secret = made.text.split("<code>")[1].split("<")[0]
    assert secret.startswith(token.hint)
    again = client.get(reverse("accounts:tokens"))
    for said in ("Hệ thống của Cục", "Xã Ba Gia và cơ quan trực thuộc", last_on):
        assert said in again.text
    assert secret not in again.text
    path = reverse("accounts:token_withdraw", args=[token.uuid])
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Hết hợp đồng"}).status_code == 302
    assert "Đã thu hồi" in client.get(reverse("accounts:tokens")).text
    assert client.post(reverse("accounts:tokens"), {"name": "x"}).status_code == 422


def test_a_token_is_offered_no_right_that_its_issuer_lacks(commune: Agency) -> None:
    user = make_user("Vân")
    make_grant(user, make_role(AccountPermission))
    client = signed_in(user)
    offered = client.get(reverse("accounts:tokens")).text
    assert 'value="dossiers:dossier:submit_for"' in offered
    assert 'value="dossiers:dossier:decide"' not in offered
    typed = {
        "name": "Hệ thống của Cục",
        "agency": commune.pk,
        "permissions": ["dossiers:dossier:decide"],
        "last_on": "2027-11-20",
    }
    assert client.post(reverse("accounts:tokens"), typed).status_code == 422
    assert not PartnerToken.objects.exists()
