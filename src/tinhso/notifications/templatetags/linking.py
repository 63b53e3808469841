"""`{{ body|own_links }}`: the lines of a notification with their addresses as links."""

from __future__ import annotations

import re

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_LINE = re.compile(r"(?P<words>.*\S) — (?P<url>\S+)")
"""How a plain text names the page that a line opens into."""


@register.filter
def own_links(text: str) -> SafeString:
    """Where a line ends in “ — ” and an address of this house its words are the link; any other address shows itself.

    Only our own addresses hide behind words: nobody who writes a reason can send a reader elsewhere unseen.
    """
    return format_html_join(mark_safe("<br>"), "{}", ((_line(line),) for line in text.splitlines()))


def _line(line: str) -> SafeString:
    found = _LINE.fullmatch(line)
    if found and _is_own(found["url"]):
        return format_html('<a href="{}">{}</a>', found["url"], found["words"])
    return mark_safe(urlize(line, autoescape=True))  # noqa: S308 - urlize escapes


def _is_own(url: str) -> bool:
    address = settings.PUBLIC_ADDRESS
    is_path = url.startswith("/") and not url.startswith(("//", "/\\"))
    return is_path or bool(address and url.startswith(f"{address}/"))
