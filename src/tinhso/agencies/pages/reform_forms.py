"""A plan of reform as officials write it: a head, and rows of changes, each with the fields of its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.finding import Units
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.reform_days import doubts
from tinhso.agencies.reform_documents import LEVELS
from tinhso.agencies.reform_rows import MOST, SHARED, Row, RowKind, as_percent
from tinhso.kernel.folding import alphabetical
from tinhso.ui.fields import name_in_errors

_LONGEST = 300
_NUMBER = re.compile("[0-9]{1,3}")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")


class HeadForm(forms.Form):
    """What the plan is called, what it rests on, and from which day it holds."""

    name = forms.CharField(label=_lazy("Tên phương án"), max_length=_LONGEST)
    code = forms.SlugField(
        label=_lazy("Mã phương án"),
        help_text=_lazy("Chữ thường không dấu, chữ số, gạch nối; sau khi lưu thì giữ nguyên."),
        max_length=60,
    )
    legal_basis = forms.CharField(
        label=_lazy("Văn bản căn cứ"),
        help_text=_lazy("Loại văn bản và số, ví dụ Nghị quyết 202/2025/QH15."),
        max_length=_LONGEST,
    )
    signed_on = forms.DateField(label=_lazy("Ngày ký"), widget=_DAY, input_formats=_DAYS)
    issuer = forms.CharField(label=_lazy("Cơ quan ban hành"), max_length=_LONGEST)
    on = forms.DateField(label=_lazy("Ngày có hiệu lực"), widget=_DAY, input_formats=_DAYS)
    verified = forms.BooleanField(label=_lazy("Đã đối chiếu phương án với văn bản"), required=False)
    days_seen = forms.BooleanField(
        label=_lazy("Tôi đã xem lại hai ngày: đúng như văn bản"), required=False
    )

    def __init__(self, *args: Any, is_saved: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            name_in_errors(field)
        self.fields["code"].disabled = is_saved
        self.fields["code"].widget.attrs["readonly"] = is_saved

    def clean_code(self) -> str:
        """The code as the document takes it."""
        return str(self.cleaned_data["code"]).lower().replace("_", "-")

    def clean(self) -> dict[str, Any]:
        """Unlikely days are told, and taken when somebody has looked at them."""
        typed = super().clean() or {}
        on, signed_on = typed.get("on"), typed.get("signed_on")
        found = list(doubts(signed_on, on, self.today)) if on and signed_on else []
        if found and not typed.get("days_seen"):
            said = _("Xem lại: %(doubts)s. Đúng như văn bản thì đánh dấu ô này.")
            self.add_error("days_seen", said % {"doubts": "; ".join(found)})
        return typed

    @property
    def asks_for_days(self) -> bool:
        """Whether the box about its days is shown."""
        return bool(self["days_seen"].value()) or "days_seen" in self.errors

    @property
    def value(self) -> dict[str, Any]:
        """The head as the document writes it."""
        days = {name: self.cleaned_data[name].isoformat() for name in ("on", "signed_on")}
        return {name: self.cleaned_data[name] for name in SAID} | days


SAID = tuple(name for name in HeadForm.base_fields if name != "days_seen")
"""What of the head the document says."""


class UnitField(forms.CharField):
    """An agency by its name, without accents if need be, or its code; cleaned it is the agency's key."""

    units: Units

    def clean(self, value: Any) -> Any:
        """The one agency meant; else a sentence that names those it could be."""
        typed = super().clean(value)
        return self._one(typed) if typed else ""

    def _one(self, typed: str) -> str:
        found = self.units.find(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            said = _("%(label)s: không tìm thấy đơn vị nào gọi là “%(typed)s”.")
            raise forms.ValidationError(said % {"label": self.label, "typed": typed})
        labels = sorted(
            map(self.units.label, found), key=lambda name: (len(name), alphabetical(name))
        )
        names = "; ".join(labels[:6])
        said = _("%(label)s: “%(typed)s” có thể là %(count)s đơn vị, ghi rõ một: %(names)s.")
        asked = {"label": self.label, "typed": typed, "count": len(found), "names": names}
        raise forms.ValidationError(said % asked)


class ParentField(UnitField):
    """The agency above one that begins; only a province and a ministry have none."""

    is_optional = False

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=_LONGEST, **given)


class UnitsField(UnitField):
    """Several agencies, one on each line; cleaned they are their keys."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """All of them."""
        typed = forms.CharField.clean(self, value)
        return [self._one(line.strip()) for line in str(typed).splitlines() if line.strip()]


class PercentField(forms.CharField):
    """A share in percent; empty it is not known."""

    def clean(self, value: Any) -> Any:
        """The share as a part of one."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            percent = Decimal(str(typed).rstrip("% ").replace(",", "."))
        except InvalidOperation:
            percent = Decimal(0)
        if not percent.is_finite() or not 0 < percent <= Decimal(100):
            raise forms.ValidationError(_("Tỷ lệ: ghi số phần trăm, lớn hơn 0 và không quá 100."))
        return percent / 100


def _unit(label: Any, *, required: bool = True, hint: Any = "") -> UnitField:
    return UnitField(label=label, required=required, help_text=hint, max_length=_LONGEST)


_HOW = _lazy("Tên không cần dấu, hoặc mã định danh.")
_ABOVE = _lazy("Tên không cần dấu, hoặc mã định danh. Tỉnh, bộ, ngành thì để trống.")
_EACH = _lazy("Mỗi dòng một đơn vị: tên không cần dấu, hoặc mã định danh.")


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=_LONGEST)


def _succession(kind: RowKind) -> dict[str, forms.Field]:
    if kind is RowKind.ABOLISH:
        return {"before": UnitsField(label=_lazy("Các đơn vị kết thúc"), help_text=_EACH)}
    fields: dict[str, forms.Field] = {
        "before": UnitsField(label=_lazy("Các đơn vị trước"), help_text=_EACH)
        if kind is RowKind.MERGE
        else _unit(_lazy("Đơn vị trước"), hint=_HOW),
        "after": _unit(
            _lazy("Đơn vị sau"),
            hint=_lazy("Đơn vị đang có, hoặc đơn vị thành lập ở một dòng khác."),
        ),
    }
    if kind in SHARED:
        unknown = _lazy("Để trống nếu chưa biết: số liệu đứng ở dòng “chưa phân bổ”.")
        fields["share"] = PercentField(
            label=_lazy("Tỷ lệ chuyển sang, %"), required=False, help_text=unknown
        )
    return fields


def _fields_of(kind: RowKind, fields: Mapping[str, str]) -> dict[str, forms.Field]:
    """What is asked of a row of the kind; `fields` are the fields of work by code."""
    if kind is RowKind.BEGIN:
        kinds = [("", _("Chọn")), *AgencyKind.choices]
        return {
            "name": forms.CharField(label=_lazy("Tên"), max_length=_LONGEST),
            "kind": forms.ChoiceField(label=_lazy("Loại"), choices=kinds),
            "parent": ParentField(label=_lazy("Cấp trên trực tiếp"), help_text=_ABOVE),
            "agency_code": _text(_lazy("Mã định danh")),
        }
    if kind is RowKind.AMEND:
        return {
            "before": _unit(_lazy("Đơn vị"), hint=_HOW),
            "name": _text(_lazy("Tên mới")),
            "agency_code": _text(_lazy("Mã định danh mới")),
            "parent": _unit(_lazy("Cấp trên mới"), required=False),
        }
    if kind is RowKind.REST:
        return {
            "before": _unit(_lazy("Đơn vị kết thúc"), hint=_HOW),
            "after": _unit(_lazy("Cơ quan nhận việc")),
        }
    return _moved(fields) if kind is RowKind.FIELD else _succession(kind)


def _moved(fields: Mapping[str, str]) -> dict[str, forms.Field]:
    ordered = sorted(fields.items(), key=lambda field: alphabetical(field[1]))
    levels = [(name, level.label) for name, level in LEVELS.items()]
    return {
        "field": forms.ChoiceField(label=_lazy("Lĩnh vực"), choices=[("", _("Chọn")), *ordered]),
        "level": forms.ChoiceField(label=_lazy("Cấp"), choices=levels, initial="province"),
        "place": _unit(
            _lazy("Địa bàn"), hint=_lazy("Tỉnh, huyện hoặc xã mà lĩnh vực được giải quyết ở đó.")
        ),
        "to": _unit(
            _lazy("Cơ quan nhận"),
            required=False,
            hint=_lazy("Để trống nếu không còn cơ quan nào giữ lĩnh vực ở địa bàn này."),
        ),
    }


class RowForm(forms.Form):
    """One change. What the form does not show of it goes along, hidden, in `kept`.

    `key` is that of the agency which the row begins.
    """

    kept = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, change: RowKind, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        self.units = units
        self.key = ""
        self.fields |= _fields_of(change, units.standing.fields)
        for field in self.fields.values():
            name_in_errors(field)
            if isinstance(field, UnitField):
                field.units = units

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of its kind, in their order."""
        return [self[name] for name in self.fields if name != "kept"]

    def clean(self) -> dict[str, Any]:
        """A change says something; what is kept is a table."""
        typed = super().clean() or {}
        changed = ("name", "agency_code", "parent")
        if self.change is RowKind.AMEND and not (any(map(typed.get, changed)) or typed.get("kept")):
            self.add_error("name", _("Ghi ít nhất một: tên mới, mã mới hoặc cấp trên mới."))
        above_nobody = {None, "", AgencyKind.PROVINCE, AgencyKind.MINISTRY}
        needs_parent = self.change is RowKind.BEGIN and typed.get("kind") not in above_nobody
        if needs_parent and not typed.get("parent") and "parent" not in self.errors:
            named = {"label": self.fields["parent"].label}
            self.add_error("parent", _("Nhập “%(label)s”.") % named)
        if not isinstance(typed.get("kept") or {}, dict):
            self.add_error(None, _("Dòng này không đọc được; bỏ dòng và thêm lại."))
        return typed

    @property
    def row(self) -> Row:
        """The change, once the form is valid."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "kept"}
        return Row(self.change, said, self.cleaned_data.get("kept") or {})


@dataclass(frozen=True)
class Typed:
    """A row as it was typed: nothing is judged yet."""

    kind: RowKind
    said: Mapping[str, Any]


def typed_row(row: Row, units: Units) -> Typed:
    """A row of a document as the form shows it: agencies by name and code, a share in percent."""
    said = dict(row.said)
    for name, value in said.items():
        if isinstance(value, list):
            said[name] = "\n".join(map(units.label, value))
        elif name in {"before", "after", "parent", "place", "to"} and value:
            said[name] = units.label(value)
        elif name == "share":
            said[name] = as_percent(value)
    return Typed(row.kind, {**said, "kept": dict(row.kept)})


def posted_rows(posted: Mapping[str, Any]) -> list[Typed]:
    """The rows of the page as they were typed, in order; refuses a change that no page of ours offers."""
    rows = []
    for number in range(_count(posted)):
        prefix = f"{prefix_of(number)}-"
        said = {
            name.removeprefix(prefix): posted[name] for name in posted if name.startswith(prefix)
        }
        change = said.pop("loai", "")
        if change not in RowKind.values:
            raise ReformMalformed(reason=_("dòng %(number)s") % {"number": number + 1})
        rows.append(Typed(RowKind(change), {**said, "kept": _kept(said.get("kept"))}))
    return rows


def prefix_of(number: int) -> str:
    """What the names of a row's fields begin with."""
    return f"dong-{number}"


def _count(posted: Mapping[str, Any]) -> int:
    count = str(posted.get("so_dong", ""))
    return min(int(count), MOST) if _NUMBER.fullmatch(count) else 0


def _kept(typed: Any) -> Any:
    try:
        return json.loads(typed or "null")
    except ValueError:
        return None


def day_typed(posted: Mapping[str, Any], otherwise: date) -> date:
    """The day on the page, to know the directory by while the rest is still being typed."""
    field = forms.DateField(required=False, input_formats=_DAYS)
    try:
        return field.clean(posted.get("on", "")) or otherwise
    except forms.ValidationError:
        return otherwise
