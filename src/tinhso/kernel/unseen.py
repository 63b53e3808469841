"""Signs that nobody sees (ký tự vô hình): a line with one of them reads, or sorts, otherwise than it is stored.

U+202E in a title turns the whole line that the title stands in. They come with what is copied from elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""Zero widths, soft hyphens, directions of reading, marks of byte order and of notes."""


def as_seen(text: str) -> str:
    """The text in NFC and without them: what looks alike is the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", UNSEEN.sub("", text))
