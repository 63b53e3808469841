"""Links of notifications: words lead into this house alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.notifications.templatetags.linking import own_links

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def test_only_our_own_addresses_stand_behind_words(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://tinh.example.vn"
    said = {
        "Quá hạn: 1 — https://tinh.example.vn/ho-so/": '<a href="https://tinh.example.vn/ho-so/">Quá hạn: 1</a>',
        "Quá hạn: 1 — /ho-so/?a=1&b=2": '<a href="/ho-so/?a=1&amp;b=2">Quá hạn: 1</a>',
        "Bấm đây — //elsewhere.example": "Bấm đây — //elsewhere.example",
        "<b>Lan</b> & Hoa": "&lt;b&gt;Lan&lt;/b&gt; &amp; Hoa",
    }
    for line, html in said.items():
        assert own_links(line) == html
    for away in ("https://tinh.example.vn.elsewhere.example/x", "https://elsewhere.example/x"):
        assert own_links(f"Bấm đây — {away}").startswith("Bấm đây — <a"), "it shows where it leads"
    assert own_links("Một\nHai") == "Một<br>Hai"
