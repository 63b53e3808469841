"""Typed text to values, and values back to text: how a person's way of writing is understood.

A value is plain JSON. What cannot be understood gives a sentence for the field instead; the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tinhso.forms.fields import Field
from tinhso.kernel.unseen import as_seen
from tinhso.ui.fields import NAMED_NO_DAY

MAX_TYPED = 20_000
MAX_CHOSEN = 200
DATE_PARTS = ("day", "month", "year")
YEARS = range(1850, 2201)
FOUR_DIGITS = 1000
MAX_MAGNITUDE = 300  # of ten, what a JSON number can hold
MAX_DIGITS = 15  # what a JSON number keeps exactly everywhere
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
_PHONE = re.compile(r"0\d{9,10}", re.ASCII)
_ID = re.compile(r"\d{12}", re.ASCII)

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Reading:
    """What a text was understood as: a value, nothing (blank), or the sentence that says what to do."""

    value: Any = None
    sentence: str = ""


def clean(text: str) -> tuple[str, bool]:
    """The text in NFC without invisible signs and with plain line ends; whether it held unusable ones.

    Unusable are control characters and lone surrogates: no database or paper can hold them.
    """
    if len(text) <= MAX_TYPED and text.isascii() and text.isprintable():
        return text, False
    cut = text[:MAX_TYPED]
    usable = _UNUSABLE.sub("", cut.replace("\r\n", "\n").replace("\r", "\n"))
    unusable = bool(_UNUSABLE.search(cut)) or len(text) > MAX_TYPED
    return as_seen(usable), unusable


def read(field: Field, path: str, typed: Typed) -> Reading:
    """What was typed for a field (not a group, not a file slot) under a path."""
    if field.widget == "date":
        return _date(field, path, typed)
    texts = list(dict.fromkeys(text for text in typed.get(path, ()) if text.strip()))
    if field.widget == "checkboxes":
        return Reading(texts[:MAX_CHOSEN] or None)
    if not texts:
        return Reading()
    if len(texts) > 1:
        return Reading(sentence=_("Chỉ nhập một giá trị cho “%(label)s”.") % {"label": field.label})
    return _READERS[field.widget](field, texts[0].strip())


def write(  # noqa: PLR0911 - one way a widget
    field: Field, path: str, value: Any
) -> dict[str, list[str]] | None:
    """The text that a person would have typed for a value; None when the value is of a wrong type."""
    match field.widget, value:
        case "checkboxes", [*items] if all(isinstance(item, str) for item in items):
            return {path: list(items[: MAX_CHOSEN + 1])}
        case "yes-no", bool():
            return {path: ["yes" if value else "no"]}
        case "number" | "money", bool():
            return None
        case "number" | "money", int() | float():
            return _write_number(path, value)
        case "date", str():
            return {f"{path}.day": [value]}
        case (("checkboxes" | "yes-no" | "number" | "money"), _):
            return None
        case _, str():
            return {path: [value]}
        case _:
            return None


def show_number(value: float | Decimal) -> str:
    """A number as Vietnamese write it: `1.234.567,5`."""
    text = format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")
    whole, _point, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if text.startswith("-") and not grouped.startswith("-") else ""
    return sign + grouped + ("," + fraction if fraction else "")


def _write_number(path: str, value: float) -> dict[str, list[str]] | None:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > MAX_MAGNITUDE:
        return None
    return {path: [show_number(number)]}


def _one_line(field: Field, text: str) -> Reading:
    del field
    return Reading(" ".join(text.split()))


def _many_lines(field: Field, text: str) -> Reading:
    del field
    return Reading("\n".join(line.rstrip() for line in text.split("\n")))


def _chosen(field: Field, text: str) -> Reading:
    del field
    return Reading(text)


def _yes_no(field: Field, text: str) -> Reading:
    if text not in ("yes", "no"):
        return Reading(sentence=_("Chọn Có hoặc Không ở “%(label)s”.") % {"label": field.label})
    return Reading(text == "yes")


def _personal_id(field: Field, text: str) -> Reading:
    digits = re.sub(r"[\s.\-]", "", text)
    if _ID.fullmatch(digits):
        return Reading(digits)
    sentence = _("Nhập “%(label)s” gồm đúng 12 chữ số, như trên thẻ căn cước.")
    return Reading(sentence=sentence % {"label": field.label})


def _phone(field: Field, text: str) -> Reading:
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(?:\+84|0084)(?:0(?=\d{9}$))?", "0", digits)
    if _PHONE.fullmatch(digits):
        return Reading(digits)
    sentence = _("Nhập “%(label)s” gồm 10 chữ số, bắt đầu bằng số 0.")
    return Reading(sentence=sentence % {"label": field.label})


def _number(field: Field, text: str) -> Reading:
    plain = re.sub(r"\s|₫|đồng|VND|đ", "", text, flags=re.IGNORECASE)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(plain):
        plain = plain.replace(",", ".")
    else:
        return Reading(sentence=_number_sentence(field))
    if len(re.sub(r"\D", "", plain).lstrip("0")) > MAX_DIGITS:
        sentence = _("Nhập “%(label)s” không quá %(digits)s chữ số.")
        return Reading(sentence=sentence % {"label": field.label, "digits": MAX_DIGITS})
    number = Decimal(plain)
    if number == int(number):
        return Reading(int(number))
    return (
        Reading(sentence=_number_sentence(field))
        if field.widget == "money" or field.schema.get("multipleOf") == 1
        else Reading(float(number))
    )


def _number_sentence(field: Field) -> str:
    if field.widget == "money":
        sentence = _("Nhập “%(label)s” bằng số nguyên đồng, ví dụ 1.500.000.")
    elif field.schema.get("multipleOf") == 1:
        sentence = _("Nhập “%(label)s” bằng số nguyên, ví dụ 2.")
    else:
        sentence = _("Nhập “%(label)s” bằng số, ví dụ 120 hoặc 85,5.")
    return sentence % {"label": field.label}


def _date(field: Field, path: str, typed: Typed) -> Reading:
    parts = [" ".join(typed.get(f"{path}.{part}", ())).strip() for part in DATE_PARTS]
    filled = [part for part in parts if part]
    if not filled:
        return Reading()
    if len(filled) == 1 and parts[0]:
        parts = _one_box(parts[0]) or parts
    label = {"label": field.label}
    if not all(parts):
        sentence = _("Nhập đủ ngày, tháng, năm ở “%(label)s”, ví dụ 31/12/1990.")
        return Reading(sentence=sentence % label)
    try:
        day, month, year = (int(part) for part in parts if re.fullmatch(r"\d{1,4}", part, re.ASCII))
        found = date(year, month, day)
    except ValueError:
        return Reading(sentence=str(NAMED_NO_DAY % label))
    if found.year < FOUR_DIGITS:
        sentence = _("Nhập năm đủ bốn chữ số ở “%(label)s”, ví dụ 1990.")
        return Reading(sentence=sentence % label)
    if found.year not in YEARS:
        sentence = _("Năm %(year)s ở “%(label)s” không đúng. Xem lại rồi nhập lại năm.")
        return Reading(sentence=sentence % {**label, "year": year})
    return Reading(found.isoformat())


def _one_box(text: str) -> list[str] | None:
    if match := _DATE.fullmatch(text):
        return list(match.groups())
    if match := _ISO_DATE.fullmatch(text):
        return list(reversed(match.groups()))
    return None


_READERS: Mapping[str, Callable[[Field, str], Reading]] = {
    "text": _one_line,
    "long-text": _many_lines,
    "email": _one_line,
    "radio": _chosen,
    "select": _chosen,
    "commune": _chosen,
    "yes-no": _yes_no,
    "personal-id": _personal_id,
    "phone": _phone,
    "number": _number,
    "money": _number,
}
