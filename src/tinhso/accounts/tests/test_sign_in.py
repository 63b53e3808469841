"""Signing in, the second factor, recovery, devices, and the log of it all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tinhso.accounts.devices import in_words
from tinhso.accounts.models import SignIn, User
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.tests.factories import make_grant, make_role, make_user
from tinhso.events.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
PASSWORD = "ba-con-meo-den"
MOZILLA = "Mozilla/5.0"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> Iterator[None]:
    """Attempts of another test are not counted."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def minh() -> User:
    return make_user("Minh", email="minh@example.vn", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, email: str = "minh@example.vn") -> int:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.status_code


def join_authenticator(user: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return str(secret)


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def kinds_of(user: User) -> list[str]:
    return list(
        Event.objects.filter(subject=user.uuid).order_by("pk").values_list("kind", flat=True)
    )


def test_a_password_signs_in_and_leaves_a_line(minh: User) -> None:
    client = Client(HTTP_USER_AGENT="Trình duyệt thử")
    assert sign_in(client) == 302
    row = SignIn.objects.get()
    assert (row.user, row.outcome, row.address, row.device) == (
        minh,
        "succeeded",
        "127.0.0.1",
        "Trình duyệt thử",
    )
    event = Event.objects.get(kind="accounts.signed_in")
    assert (event.subject, event.actor, event.payload) == (minh.uuid, f"user:{minh.uuid}", {})
    client.post(reverse("account_logout"))
    assert kinds_of(minh) == ["accounts.signed_in", "accounts.signed_out"]
    assert "_auth_user_id" not in client.session


def test_officers_begin_at_the_first_page_of_their_menu(minh: User) -> None:
    path = reverse("account_login")
    given = {"login": minh.email, "password": PASSWORD}
    assert Client().post(path, given)["Location"] != "/"
    make_grant(minh, make_role([AccountPermission.READ_USER]))
    begun = Client().post(path, {**given, "next": reverse("accounts:mine")})
    assert begun["Location"] == reverse("accounts:mine")


def test_whose_roles_wait_for_a_second_factor_begins_where_it_is_joined(minh: User) -> None:
    make_grant(minh, make_role([AccountPermission.READ_USER], needs_second_factor=True))
    given = {"login": minh.email, "password": PASSWORD}
    begun = Client().post(reverse("account_login"), given)
    assert begun["Location"] == reverse("accounts:mine")


def test_a_wrong_password_is_noted_and_signs_nobody_in(minh: User) -> None:
    client = Client()
    assert sign_in(client, "sai") == 200
    assert "_auth_user_id" not in client.session
    assert kinds_of(minh) == ["accounts.sign_in_failed"]
    assert SignIn.objects.get().outcome == "failed"


def test_an_unknown_address_leaves_no_trace_of_itself() -> None:
    assert sign_in(Client(), email="ai-do@example.vn") == 200
    row = SignIn.objects.get()
    assert row.user is None
    assert not Event.objects.exists()


def test_after_five_wrong_passwords_the_right_one_must_wait(minh: User) -> None:
    client = Client()
    for _attempt in range(5):
        sign_in(client, "sai")
    page = client.post(reverse("account_login"), {"login": minh.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Sai quá nhiều lần" in page.text


def test_a_closed_account_is_told_so(minh: User) -> None:
    minh.is_active = False
    minh.save()
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": minh.email, "password": PASSWORD}, follow=True
    )
    assert "_auth_user_id" not in client.session
    assert answer.redirect_chain[-1][0] == reverse("account_inactive")


def test_a_closed_account_falls_out_of_its_open_session(minh: User) -> None:
    client = Client()
    sign_in(client)
    minh.is_active = False
    minh.save()
    assert client.get(reverse("accounts:mine")).status_code == 302


def test_with_a_second_factor_the_password_is_half_the_way(minh: User) -> None:
    secret = join_authenticator(minh)
    client = Client()
    assert sign_in(client) == 302
    assert "_auth_user_id" not in client.session
    path = reverse("mfa_authenticate")
    assert client.get(path).status_code == 200
    wrong = client.post(path, {"code": "000000"})
    assert "Mã không đúng" in wrong.text
    assert client.post(path, {"code": code_of(secret)}).status_code == 302
    assert "_auth_user_id" in client.session


def test_a_recovery_code_opens_once(minh: User) -> None:
    join_authenticator(minh)
    authenticator = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    spare = authenticator.wrap().get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": spare})
        assert ("_auth_user_id" in client.session) is expected


@pytest.mark.slow
@pytest.mark.usefixtures("minh")
def test_the_second_factor_is_joined_on_our_pages() -> None:
    client = Client()
    sign_in(client)
    client.post(client.get(reverse("mfa_activate_totp"))["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert 'role="img"' in page.text
    secret = client.session["mfa.totp.secret"]
    assert secret in page.text
    assert client.post(reverse("mfa_activate_totp"), {"code": "1"}).status_code == 200
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li><code>", done.text)) == 10
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert len(download.text.split()) == 10
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


@pytest.mark.slow
def test_a_forgotten_password_is_set_by_the_link_in_the_mail(minh: User) -> None:
    client = Client()
    asked = client.post(reverse("account_reset_password"), {"email": minh.email}, follow=True)
    assert asked.status_code == 200
    [message] = mail.outbox
    assert message.subject == "Đặt mật khẩu mới"
    path = re.findall(r"http://testserver(\S+)", str(message.body))[0]
    form = client.get(path, follow=True)
    action = form.redirect_chain[-1][0]
    differing = {"password1": "mot-con-meo-den", "password2": "hai-con-meo-den"}
    assert "không giống nhau" in client.post(action, differing).text
    good = {"password1": "mot-con-meo-den", "password2": "mot-con-meo-den"}
    assert client.post(action, good).status_code == 302
    assert sign_in(Client(), "mot-con-meo-den") == 302
    assert "đã dùng" in Client().get(path, follow=True).text


def test_an_unknown_address_is_answered_alike() -> None:
    asked = Client().post(
        reverse("account_reset_password"), {"email": "ai-do@example.vn"}, follow=True
    )
    assert asked.redirect_chain[-1][0] == reverse("account_reset_password_done")


def test_a_changed_password_asks_for_the_old_one(minh: User) -> None:
    client = Client()
    sign_in(client)
    path = reverse("account_change_password")
    new = {"password1": "mot-con-meo-den", "password2": "mot-con-meo-den"}
    assert client.post(path, {"oldpassword": "sai", **new}).status_code == 200
    weak = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    assert client.post(path, weak).status_code == 200
    assert client.post(path, {"oldpassword": PASSWORD, **new}).status_code == 302
    minh.refresh_from_db()
    assert minh.check_password("mot-con-meo-den")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (f"{MOZILLA} (Windows NT 10.0) Chrome/142 Safari/537.36", "Chrome trên Windows"),
        (
            f"{MOZILLA} (Windows NT 10.0) Chrome/142 Safari/537.36 Edg/142",
            "Microsoft Edge trên Windows",
        ),
        (f"{MOZILLA} (iPhone; like Mac OS X) Version/19 Safari/604", "Safari trên iPhone"),
        (f"{MOZILLA} (Linux; Android 15) Chrome/142 Safari/537.36", "Chrome trên Android"),
        ("Máy khác", "Máy khác"),
        ("", "Thiết bị không rõ"),
    ],
)
def test_a_device_is_said_in_words(sent: str, said: str) -> None:
    assert in_words(sent) == said


@pytest.mark.slow
@pytest.mark.usefixtures("minh")
def test_one_device_signs_another_out() -> None:
    here, there = Client(), Client(HTTP_USER_AGENT="Máy khác")
    sign_in(here)
    sign_in(there)
    assert "Máy khác" in here.get(reverse("accounts:mine")).text
    other = UserSession.objects.get(user_agent="Máy khác")
    here.post(reverse("accounts:end_session", args=[other.pk]))
    assert there.get(reverse("accounts:mine")).status_code == 302
    assert here.get(reverse("accounts:mine")).status_code == 200
    event = Event.objects.get(kind="accounts.session_ended")
    assert event.payload == {"devices": 1}
    sign_in(there)
    here.post(reverse("accounts:end_session", args=[0]))
    assert there.get(reverse("accounts:mine")).status_code == 302
    assert here.get(reverse("accounts:mine")).status_code == 200


def test_nobody_ends_the_session_of_somebody_else(minh: User) -> None:
    here = Client()
    sign_in(here)
    session = UserSession.objects.get(user=minh)
    other = Client()
    other.force_login(make_user("Nam"))
    other.post(reverse("accounts:end_session", args=[session.pk]))
    assert here.get(reverse("accounts:mine")).status_code == 200
    assert not Event.objects.filter(kind="accounts.session_ended").exists()


def test_a_citizen_signs_up_and_proves_the_address() -> None:
    client = Client()
    given = {
        "name": "Thị  Lan",
        "email": "Lan@Example.vn",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = client.post(reverse("account_signup"), given)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    user = User.objects.get(email="lan@example.vn")
    assert (user.kind, user.name, user.party_key) == ("citizen", "Thị Lan", None)
    assert kinds_of(user) == ["accounts.user_created"]
    assert "_auth_user_id" not in client.session
    [message] = mail.outbox
    path = re.findall(r"http://testserver(\S+)", str(message.body))[0]
    assert client.get(path).status_code == 200
    assert not EmailAddress.objects.get(user=user).verified, "looking at the link proves nothing"
    assert client.post(path).status_code == 302
    assert EmailAddress.objects.get(user=user).verified
    assert sign_in(Client(), email="lan@example.vn") == 302


def test_signing_up_twice_tells_only_the_owner(minh: User) -> None:
    given = {
        "name": "Ai đó",
        "email": minh.email,
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = Client().post(reverse("account_signup"), given)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "Bạn đã có tài khoản"


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
        "account_email_verification_sent",
    ],
)
def test_pages_before_sign_in_speak_vietnamese_and_hold_no_script(name: str) -> None:
    page = Client().get(reverse(name))
    assert page.status_code == 200
    assert "style=" not in page.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    for english in ("Password", "Sign", "Email", "password", "Remember"):
        assert english not in re.sub(r"<[^>]*>", "", page.text)


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_reauthenticate", "account_logout"]
)
def test_pages_after_sign_in_speak_vietnamese(minh: User, name: str) -> None:
    client = Client()
    client.force_login(minh)
    text = re.sub(r"<[^>]*>", "", client.get(reverse(name)).text)
    for english in ("Password", "Sign", "password", "Current"):
        assert english not in text


def test_a_sensitive_change_asks_again(minh: User) -> None:
    client = Client()
    client.force_login(minh)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    again = client.post(answer["Location"], {"password": PASSWORD})
    assert again["Location"] == reverse("mfa_activate_totp")
