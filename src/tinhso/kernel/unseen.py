"""Signs that nobody sees (ký tự vô hình): a line with one of them reads, or sorts, otherwise than it is stored.

U+202E in a title turns the whole line that the title stands in. They come with what is copied from elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

SIGNS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
"""For a class of a pattern: zero widths, soft hyphens, directions of reading, fillers, marks of notes, tags."""
LINE_ENDS = "\u2028\u2029"
_PICTURES = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_UNSEEN = re.compile(f"(?<=[{_PICTURES}])(\u200d)(?=[{_PICTURES}])|[{SIGNS}]")
"""One sign may stand where it is: what joins two pictures to one is seen in the picture."""
_AS_LINE_END = str.maketrans(dict.fromkeys(LINE_ENDS, "\n"))


def as_seen(text: str) -> str:
    """The text in NFC and without them: what looks alike is the same."""
    if text.isascii():
        return text
    kept = _UNSEEN.sub(lambda found: found[1] or "", text.translate(_AS_LINE_END))
    return unicodedata.normalize("NFC", kept)
