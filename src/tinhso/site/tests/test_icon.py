"""A browser that asks for the icon by its old name is led to the mark."""

from __future__ import annotations

from django.test import Client


def test_the_icon_is_the_mark(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(".svg")
    assert "/ui/mark" in answer.headers["Location"]
