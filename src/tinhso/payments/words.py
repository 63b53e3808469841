"""An amount of đồng in Vietnamese words (số tiền bằng chữ), as it stands on receipts."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")
BILLION = 10**9


def in_words(amount: int) -> str:
    """`1205000` is "Một triệu hai trăm linh năm nghìn đồng". Raises `ValueError` below zero."""
    if amount < 0:
        raise ValueError("no negative amount is written on a receipt")
    said = " ".join(_whole(amount)) if amount else DIGITS[0]
    return f"{said[0].upper()}{said[1:]} đồng"


def _whole(number: int, *, has_before: bool = False) -> list[str]:
    """The words of a number; `has_before` when a larger part was said, so that hundreds are said even if zero."""
    if number >= BILLION:
        above, below = divmod(number, BILLION)
        words = [*_whole(above, has_before=has_before), "tỷ"]
        return words + (_whole(below, has_before=True) if below else [])
    words = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += _group(group, has_before=has_before or bool(words))
            words += [SCALES[power]] if SCALES[power] else []
    return words


def _group(group: int, *, has_before: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or has_before else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return words + ((["linh"] if words else []) + [DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return [*words, _one(ones, tens)] if ones else words


def _one(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5:  # noqa: PLR2004  (five after a ten is said "lăm")
        return "lăm"
    return DIGITS[ones]
