"""The house in English: every message is translated, and no page falls back into Vietnamese unmarked."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import allauth
import django
import pytest
import yaml
from django.forms import DateField
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import ROLES, make_pack_role
from tests.permission_walk import addresses
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.agencies.queries import name_of, names_of
from tinhso.calendars.clock import day_of, now
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Step
from tinhso.dossiers.pages.acts import DOSSIER_ACTS, STEP_ACTS
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.dossiers.printing.papers import FORMS, printed
from tinhso.dossiers.tests.factories import (
    BUILDING,
    ID,
    MARRIAGE,
    WELL,
    Desk,
    make_desk,
    received,
    step,
    submitted,
)
from tinhso.notifications.models import Notification
from tinhso.packs.models import PackVersion
from tinhso.portal.tests.filing import STEPS, fill_in
from tinhso.tasks.models import Committee
from tinhso.ui.formatting import number
from tinhso.ui.languages import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django.fixtures import Settings

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _leave_in_vietnamese() -> Iterator[None]:
    yield
    translation.activate("vi")


@pytest.mark.slow
def test_every_message_is_translated_and_compiled() -> None:
    tool = [sys.executable, str(PROJECT / "tools" / "messages.py"), "check"]
    checked = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert checked.stdout + checked.stderr == ""


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "textarea"}
SPOKEN = ("aria-label", "placeholder", "alt", "data-l")
DATA = re.compile(r"Tỉnh Số")
"""What stays Vietnamese where it cannot be marked: the name of the house."""


@dataclass
class Reader(HTMLParser):
    """Collects what a page says outside elements of another language.

    The head of a title repeats the heading, which is read, and cannot be marked.
    """

    said: list[str] = field(default_factory=list)
    language: str = ""
    open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        foreign = given.get("lang", self.language) != self.language
        silent = foreign or tag in SILENT or self.is_silent
        if not silent:
            self.said += [given[name] or "" for name in SPOKEN if name in given]
        if tag not in VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent and data.strip():
            text = " ".join(data.split())
            in_title = self.open and self.open[-1][0] == "title"
            self.said.append(text.rpartition(" – ")[2] if in_title else text)

    @property
    def is_silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode())
    return reader


def vietnamese_in(page: bytes) -> list[str]:
    """What the page says with Vietnamese letters outside elements marked as Vietnamese."""
    return [text for text in read(page).said if LETTERS.search(DATA.sub("", text))]


def english(user: Any = None) -> Client:
    """A browser whose reader chose English."""
    client = Client()
    if user is not None:
        client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@dataclass(frozen=True)
class House:
    """A desk at work, somebody with every role, and a dossier in each state that pages tell of."""

    desk: Desk
    chief: Any
    waiting: Dossier
    working: Dossier
    asked: Dossier
    done: Dossier


@pytest.fixture
def house(db: None, settings: Settings) -> House:
    del db
    settings.DEMO = True
    return make_house()


def make_house() -> House:
    at = now() - timedelta(days=7)
    desk = make_desk()
    desk.commune.periods.update(name_en="Ba Gia Commune")
    desk.province.periods.update(name_en="Test Province")
    chief = make_user("Hoa")
    for role in yaml.safe_load(ROLES.read_text(encoding="utf-8"))["roles"]:
        make_grant(chief, make_pack_role(role["code"]), None)
    give_second_factor(chief)
    tell_in_vietnamese(chief, desk, at)
    asked = received(desk, at=at)
    services.request_supplement(
        asked.uuid, items=["Bản sao"], reason="Thiếu", actor=desk.clerk, at=at
    )
    return House(
        desk=desk,
        chief=chief,
        waiting=submitted(desk, at=at),
        working=received(desk, at=at),
        asked=asked,
        done=_done(received(desk, at=at), desk, at),
    )


def tell_in_vietnamese(chief: Any, desk: Desk, at: datetime) -> None:
    """What stands in the tables in Vietnamese alone: a notice, a committee, an article that a pack cites."""
    words = {"subject": "Đơn vị có việc mới", "body": "Có việc chưa ai nhận.", "at": at}
    Notification.objects.create(recipient=f"user:{chief.uuid}", event=uuid4(), rule="x", **words)
    Committee.objects.create(
        agency=desk.province,
        kind="steering",
        name="Ban Chỉ đạo",
        since=day_of(at),
        at=at,
        actor="x",
    )
    basis = [{"document": "Luật Hộ tịch", "article": "Điều 21", "verified": False}]
    content = {"name": "Hộ tịch", "name_en": "Civil status", "legal_basis": basis}
    version = {"pack": "civil-status", "version": "1", "digest": "x", "content": content}
    PackVersion.objects.create(**version, applied_at=at, applied_by="x")


def _done(dossier: Dossier, desk: Desk, at: datetime) -> Dossier:
    services.forward(
        dossier.uuid, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=at
    )
    services.decide(
        dossier.uuid, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=at
    )
    document = ResultDocument(
        code="giay-xac-nhan",
        title="Giấy xác nhận",
        document_number="12/UBND-XN",
        signer="Hoa, Chủ tịch",
        signed_on=day_of(at),
    )
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), document, actor=desk.specialist, at=at
    )
    return services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=at
    )


SAMPLES = {"ui:style", "ui:style_portal"}
"""Pages for those who draw pages, full of examples."""


def plain_paths() -> list[str]:
    """Every address that names no thing."""
    found = [each for each in addresses() if not each.parts and each.name not in SAMPLES]
    return [reverse(each.name) for each in found]


def officer_paths(house: House) -> list[str]:
    """The pages of things, as an officer opens them."""
    shown = [house.waiting, house.working, house.asked, house.done]
    opened = Step.objects.filter(dossier=house.working, closed_at=None).get()
    paths = [reverse("dossiers:dossier", args=[dossier.uuid]) for dossier in shown]
    paths += [reverse("dossiers:act", args=[house.waiting.uuid, slug]) for slug in DOSSIER_ACTS]
    paths += [
        reverse("dossiers:step_act", args=[house.working.uuid, opened.pk, slug])
        for slug in STEP_ACTS
    ]
    paths += [reverse("dossiers:counter_form", args=[code]) for code in (MARRIAGE, WELL, BUILDING)]
    paths += [
        reverse("agencies:history", args=[house.desk.commune.uuid]),
        reverse("agencies:history", args=[house.desk.land.uuid]),
        reverse("accounts:person", args=[house.chief.uuid]),
        reverse("calendars:year", args=["province"]),
        reverse("sourcemap:text", args=["001"]),
        reverse("dossiers:queue") + "?tab=qua-han",
        reverse("dossiers:queue") + "?tim=khong-co",
        reverse("dossiers:overview") + "?tat-ca",
        "/khong-co-trang-nay/",
    ]
    return paths


def unmarked(client: Client, paths: list[str]) -> tuple[list[str], int]:
    """What the pages say in Vietnamese without marking it, and how many pages were read."""
    found, pages = [], 0
    for path in paths:
        answer = client.get(path)
        if answer.streaming or b"<html" not in answer.content:
            continue
        pages += 1
        assert read(answer.content).language == "en", path
        found += [f"{path}: {text}" for text in vietnamese_in(answer.content)]
    return found, pages


@pytest.mark.slow
def test_pages_of_officers_are_english(house: House) -> None:
    found, pages = unmarked(english(house.chief), plain_paths() + officer_paths(house))
    assert not found, "\n".join(found)
    assert pages > 40


@pytest.mark.slow
def test_pages_of_citizens_are_english(house: House) -> None:
    client = english()
    draft = fill_in(client, house.desk)
    paths = [reverse("portal:procedure", args=[code]) for code in (MARRIAGE, WELL, BUILDING)]
    paths += [reverse("portal:application", args=[draft.uuid])]
    paths += [reverse("portal:step", args=[draft.uuid, slug]) for slug in STEPS]
    paths += [reverse("portal:kept", args=[draft.uuid]), reverse("portal:check", args=[draft.uuid])]
    paths += [reverse("portal:procedures") + "?tim=hon+nhan"]
    for dossier in (house.waiting, house.working, house.asked, house.done):
        looked = client.post(
            reverse("portal:look_up"), {"ma": dossier.number or dossier.reference, "so": ID}
        )
        assert looked.status_code == 302
        paths.append(reverse("portal:dossier", args=[dossier.uuid]))
    paths.append(reverse("portal:supplement", args=[house.asked.uuid]))

    found, pages = unmarked(client, plain_paths() + paths)
    assert not found, "\n".join(found)
    assert pages > 25


@pytest.mark.slow
def test_wrong_input_is_answered_in_english(house: House) -> None:
    client = english()
    draft = fill_in(client, house.desk)
    posts: list[tuple[str, dict[str, str]]] = [
        (reverse("portal:look_up"), {"ma": "X", "so": "1"}),
        (reverse("portal:look_up"), {}),
        (reverse("account_login"), {"login": "x", "password": "y"}),
        (reverse("account_signup"), {"email": "x", "password1": "1", "password2": "2"}),
        (reverse("account_reset_password"), {"email": "x"}),
        *((reverse("portal:step", args=[draft.uuid, slug]), {}) for slug in STEPS),
    ]
    found = [f"{path}: {text}" for path, given in posts for text in _said_to(client, path, given)]
    assert not found, "\n".join(found)


def _said_to(client: Client, path: str, given: dict[str, str]) -> list[str]:
    answer = client.post(path, given)
    return vietnamese_in(answer.content) if answer.content else []


ENGLISH = re.compile(
    r"\b(the|this|that|is|are|must|please|enter|valid|required|ensure|with)\b", re.IGNORECASE
)
JUNK = dict.fromkeys(
    [
        *("login", "password", "email", "password1", "password2", "code", "ma", "so"),
        *("day", "time", "amount", "unit", "cutoff", "kind", "name", "ngay", "loai", "vao"),
        *("signed_on", "days", "agency", "role", "since", "until", "document", "file"),
    ],
    "x@@",
)


@pytest.mark.slow
def test_wrong_input_is_answered_in_vietnamese(house: House) -> None:
    visitor, officer = Client(), Client()
    officer.force_login(house.chief)
    chief = [house.chief.uuid]
    forms = [reverse(name, args=chief) for name in ("accounts:grant", "accounts:hold")]
    forms += [reverse("calendars:entering", args=["province"]), reverse("calendars:trying")]
    paths = plain_paths() + officer_paths(house) + forms
    found = []
    for client in (officer, visitor):
        answers = [(path, client.get(path, JUNK)) for path in paths if "?" not in path]
        answers += [(path, client.post(path, JUNK)) for path in forms]
        answers += [(reverse(name), client.post(reverse(name), JUNK)) for name in SIGN_IN]
        found += [f"{path}: {text}" for path, answer in answers for text in _english_in(answer)]
    assert not found, "\n".join(found)


SIGN_IN = ("account_login", "account_signup", "account_reset_password", "portal:look_up")


def _english_in(answer: Any) -> list[str]:
    if answer.streaming or b"<html" not in answer.content:
        return []
    page = read(answer.content)
    assert page.language == "vi"
    return [text for text in page.said if len(set(ENGLISH.findall(text.lower()))) > 1]


@pytest.mark.slow
def test_corrections_of_django_are_of_sentences_that_it_says() -> None:
    catalogue = PROJECT / "src" / "tinhso" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    corrected = re.findall(r'^msgid "(.+)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE)
    roots = [Path(module.__file__ or "").parent for module in (django, allauth)]
    said = "".join(
        path.read_text(encoding="utf-8") for root in roots for path in sorted(root.rglob("*.py"))
    )
    said = re.sub(r'"\s*\n\s*"', "", said)  # sentences broken over lines
    assert corrected
    assert [sentence for sentence in corrected if sentence not in said] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_date_is_typed_with_the_day_first(language: str) -> None:
    with translation.override(language):
        assert DateField().clean("12/11/2026") == date(2026, 11, 12)


def test_the_browser_s_preference_is_not_asked(db: None) -> None:
    del db
    client = Client(headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert read(client.get(reverse("account_login")).content).language == "vi"

    client.post(reverse("ui:set_language"), {"language": "en", "next": "/"})
    answer = client.get(reverse("account_login"))
    assert read(answer.content).language == "en"
    assert answer["Content-Language"] == "en"


def test_numbers_follow_the_language_of_the_page() -> None:
    assert number(1234567.5) == "1.234.567,5"
    with translation.override("en"):
        assert number(1234567.5) == "1,234,567.5"


def test_papers_are_vietnamese_whoever_prints_them(house: House) -> None:
    form = FORMS["giay-tiep-nhan"]
    with translation.override("en"):
        printed(house.working, form, address=lambda _kind, _key, _marks: "https://example.vn")
        assert names_of([house.desk.commune.pk], day_of(now())) == {
            house.desk.commune.pk: "People's Committee of Ba Gia Commune"
        }
    assert name_of(house.desk.commune.pk, day_of(now())) == "UBND xã Ba Gia"
