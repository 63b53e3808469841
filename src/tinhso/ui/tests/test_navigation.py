"""Who sees which entry, and what surrounds a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from tinhso.kernel.actors import AnonymousVisitor, Scope
from tinhso.kernel.permissions import Permission
from tinhso.kernel.registry import Registry
from tinhso.ui import navigation, shell
from tinhso.ui.navigation import Count, NavigationEntry

AT = datetime(2026, 11, 22, tzinfo=UTC)


class Right(Permission):
    READ = "ui:page:read"
    WRITE = "ui:page:write"


@dataclass(frozen=True)
class Officer:
    rights: frozenset[Permission]
    key: str = "user:1"
    label: str = "Minh"
    party: int | None = None

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del at, agency
        return permission in self.rights

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        return Scope(everywhere=self.holds(permission, at=at))


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> Registry[NavigationEntry]:
    """An empty registry for each test."""
    empty: Registry[NavigationEntry] = Registry("navigation entry")
    monkeypatch.setattr(navigation, "entries", empty)
    return empty


def request(path: str = "/", *rights: Permission) -> HttpRequest:
    asked = RequestFactory().get(path)
    actor = Officer(frozenset(rights)) if rights else AnonymousVisitor()
    asked.actor, asked.at = actor, AT  # type: ignore[attr-defined]
    return asked


def entry(code: str, **given: object) -> NavigationEntry:
    defaults: dict[str, object] = {"group": "Một cửa", "label": code, "url_name": "ui:style"}
    return navigation.register(NavigationEntry(code=code, **{**defaults, **given}))  # type: ignore[arg-type]


def labels(asked: HttpRequest, audience: str = "workspace") -> list[str]:
    return [str(shown.label) for shown in navigation.shown(asked, audience)]


def test_an_entry_shows_only_to_those_who_hold_its_right() -> None:
    entry("open")
    entry("readers", permission=Right.READ)
    entry("writers", permission=Right.WRITE)
    assert labels(request("/", Right.READ)) == ["open", "readers"]
    assert labels(request("/")) == ["open"]


def test_a_request_without_actor_sees_what_is_open() -> None:
    entry("open")
    entry("readers", permission=Right.READ)
    assert labels(RequestFactory().get("/")) == ["open"]


def test_an_entry_stands_in_the_menu_of_its_audience_in_order() -> None:
    entry("second", order=2)
    entry("first", order=1)
    entry("citizens", audience="portal")
    assert labels(request()) == ["first", "second"]
    assert labels(request(), "portal") == ["citizens"]


def test_an_entry_without_a_page_does_not_show() -> None:
    entry("nowhere", url_name="ui:nowhere")
    assert labels(request()) == []


def test_the_deepest_entry_above_the_page_is_current() -> None:
    entry("style")
    entry("citizens' style", url_name="ui:style_portal")
    current = [
        str(shown.label)
        for shown in navigation.shown(request("/ui/mau/cong-dan/"), "workspace")
        if shown.is_current
    ]
    assert current == ["citizens' style"]


def test_the_count_is_asked_for_the_request() -> None:
    entry("late", count=lambda asked: Count(len(asked.path), is_late=True))
    assert navigation.shown(request("/abc"), "workspace")[0].count == Count(4, is_late=True)


def test_groups_keep_the_order_of_their_first_entry_and_leave_out_masthead_and_footer() -> None:
    entry("f", group=navigation.FOOTER)
    entry("b", group="Tra cứu", order=2)
    entry("a", group="Một cửa", order=1)
    entry("c", group="Một cửa", order=3)
    entry("bell", group=navigation.MASTHEAD, order=0)
    groups = navigation.grouped(navigation.shown(request(), "workspace"))
    assert [(group.label, len(group.entries)) for group in groups] == [
        ("Một cửa", 2),
        ("Tra cứu", 1),
    ]


def test_whoever_holds_a_right_behind_an_entry_works_in_the_workspace() -> None:
    entry("readers", permission=Right.READ)
    assert shell.Shell(request("/", Right.READ)).layout == "ui/workspace.html"
    assert shell.Shell(request("/", Right.WRITE)).layout == "ui/portal.html"
    assert shell.Shell(request("/")).layout == "ui/portal.html"


def test_the_demonstration_says_that_its_data_is_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "bands", Registry("band"))
    with override_settings(DEMO=True):
        assert [band.kind for band in shell.Shell(request()).bands] == ["demo"]
    with override_settings(DEMO=False):
        assert shell.Shell(request()).bands == []


def test_a_declared_band_shows_when_its_source_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "bands", Registry("band"))
    role = shell.Band("Đóng vai Cổng Dịch vụ công quốc gia", "role")
    shell.declare_band("role", lambda asked: role if asked.path == "/nop/" else None)
    assert role in shell.Shell(request("/nop/")).bands
    assert role not in shell.Shell(request("/")).bands


def test_the_administration_is_named_by_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "sources", Registry("source"))
    assert shell.Shell(request()).administration == shell.NAMELESS
    named = shell.Administration(province="Tỉnh Thử", name="UBND tỉnh Thử")
    shell.declare_administration(lambda _asked: named)
    assert shell.Shell(request()).administration == named
