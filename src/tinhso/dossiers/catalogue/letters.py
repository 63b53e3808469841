"""The letters of Vietnamese for patterns: where two cells were glued, small meets capital without a blank."""

from __future__ import annotations

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
SMALL = "a-z" + _MARKED
CAPITAL = "A-Z" + _MARKED.upper()
MARKED = _MARKED + _MARKED.upper()
