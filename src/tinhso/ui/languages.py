"""The language of a page (ngôn ngữ): Vietnamese unless its reader chose English by the switch.

What people wrote and what an agency is called stays Vietnamese on an English page where no English
was given; such text is marked as Vietnamese, so that it is pronounced and hyphenated as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString

VIETNAMESE = "vi"
LETTERS = re.compile("[ĂăÂâĐđÊêÔôƠơƯưÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĨĩŨũẠ-ỹ]")
"""Letters that Vietnamese has and English has not."""

_IN_VIETNAMESE, _PLAIN = SafeString(' lang="vi"'), SafeString("")


class LanguageMiddleware:
    """Set the language of the request by the reader's cookie alone.

    Browsers' preferences are not asked: many phones in Vietnam are sold with English ones, and a
    citizen's page must not come out in a foreign language for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language, and say which it is."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else VIETNAMESE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Language", language)
        return response


def is_vietnamese() -> bool:
    """Whether the page is in Vietnamese; so is what no page asked for, such as mail and papers."""
    return (translation.get_language() or VIETNAMESE).startswith(VIETNAMESE)


def worded(vietnamese: str, english: str) -> str:
    """The one in the language of the page; Vietnamese where no English is given."""
    return vietnamese if is_vietnamese() or not english else english


def marked(text: Any) -> Any:
    """The text as it is; on an English page marked `lang="vi"` when it has Vietnamese letters."""
    if is_vietnamese() or hasattr(text, "__html__") or not LETTERS.search(said := str(text)):
        return text
    return format_html('<span lang="vi">{}</span>', said)


def lang_of(text: Any) -> SafeString:
    """The attribute that marks an element that holds nothing but this text, where `marked` would mark the text."""
    return _IN_VIETNAMESE if marked(text) is not text else _PLAIN
