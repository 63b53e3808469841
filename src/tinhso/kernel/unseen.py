"""Signs that nobody sees (ký tự vô hình): a line with one of them reads, or sorts, otherwise than it is stored.

U+202E in a title turns the whole line that the title stands in. They come with what is copied from elsewhere.
"""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""What joins, parts or turns what is read: zero widths, soft hyphens, directions, marks of byte order and of notes."""


def without_unseen(text: str) -> str:
    """The text as it is seen."""
    return text if text.isascii() else UNSEEN.sub("", text)
