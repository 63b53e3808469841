"""What is typed on the pages of accounts; the rules are the services'."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.accounts import queries
from tinhso.accounts.models import User
from tinhso.accounts.permissions import PARTNER_RIGHTS, AccountPermission
from tinhso.calendars.clock import OFFICIAL_ZONE, day_of
from tinhso.kernel.permissions import registry
from tinhso.ui.fields import NamedForm

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

PROVINCE = "0"
"""The choice that means the whole province: no agency has this key."""


def a_day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, typed or picked in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def a_text(label: Any, *, required: bool = True, longest: int = 200) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        error_messages={"max_length": _("Dài quá số ký tự cho phép.")},
    )


def a_choice(label: Any) -> forms.ChoiceField:
    """One of several; the choices are given when the form is made."""
    return forms.ChoiceField(
        label=label,
        error_messages={"invalid_choice": _("Chọn một mục trong danh sách.")},
    )


class PeriodForm(NamedForm):
    """A period as people write it: the last day belongs to it."""

    since = a_day(_("Từ ngày"))
    last_on = a_day(_("Đến hết ngày"), required=False, hint=_("Để trống nếu chưa định ngày."))

    @property
    def until(self) -> date | None:
        """The first day after the period."""
        last: date | None = self.cleaned_data["last_on"]
        return last + timedelta(days=1) if last else None


class AtAgencyForm(NamedForm):
    """A form about an agency where the person on the page holds a right."""

    permission: AccountPermission
    agency = a_choice(_("Cơ quan"))

    def __init__(self, *args: Any, request: ActedRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = request.actor.scope(self.permission, at=request.at)
        choices = [(str(key), name) for key, name in queries.agency_choices(scope, at=request.at)]
        if scope.everywhere and self.offers_province():
            choices.insert(0, (PROVINCE, str(_("Toàn tỉnh"))))
        self._chosen("agency").choices = choices

    def offers_province(self) -> bool:
        """Whether the whole province can be chosen."""
        return True

    def _chosen(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    @property
    def place(self) -> int | None:
        """The key of the agency; None for the whole province."""
        chosen = self.cleaned_data["agency"]
        return None if chosen == PROVINCE else int(chosen)


class NewUserForm(NamedForm):
    """A new officer."""

    name = a_text(_("Họ và tên"))
    email = forms.EmailField(
        label=_("Thư điện tử"),
        error_messages={"invalid": _("Thư điện tử có dạng ten@vidu.vn.")},
    )


class NameForm(NamedForm):
    """One's own name."""

    name = a_text(_("Họ và tên"))


class ReasonForm(NamedForm):
    """Why."""

    reason = a_text(_("Lý do"), longest=500)


class HoldingForm(AtAgencyForm, PeriodForm):
    """Which post at which agency for how long."""

    permission = AccountPermission.HOLD_POST
    title = a_text(_("Chức danh"))
    decision = a_text(_("Số quyết định"), required=False)
    field_order = ["agency", "title", "since", "last_on", "decision"]

    def offers_province(self) -> bool:
        return False


class LeavingForm(NamedForm):
    """The last day in the post."""

    last_on = a_day(_("Ngày cuối giữ vị trí"))
    decision = a_text(_("Số quyết định"), required=False)

    @property
    def on(self) -> date:
        """The first day without the post."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)


class GrantForm(AtAgencyForm, PeriodForm):
    """Which role at which agency for how long, and why."""

    permission = AccountPermission.ISSUE_GRANT
    role = a_choice(_("Vai trò"))
    includes_subordinates = forms.BooleanField(label=_("Gồm cả cơ quan trực thuộc"), required=False)
    reason = a_text(_("Lý do"), longest=500)
    field_order = ["role", "agency", "includes_subordinates", "since", "last_on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._chosen("role").choices = [(role.code, role.title) for role in queries.roles_in_use()]


class StandInForm(NamedForm):
    """Who stands in, for how long, and why."""

    email = forms.EmailField(
        label=_("Thư điện tử của người thay thế"),
        error_messages={"invalid": _("Thư điện tử có dạng ten@vidu.vn.")},
    )
    since = a_day(_("Từ ngày"))
    last_on = a_day(_("Đến hết ngày"))
    reason = a_text(_("Lý do"), longest=500)

    def clean_email(self) -> str:
        """The e-mail of an active officer."""
        email = str(self.cleaned_data["email"]).lower()
        self.substitute = User.objects.officers().active().filter(email=email).first()
        if self.substitute is None:
            raise forms.ValidationError(_("Không có cán bộ nào dùng thư điện tử này."))
        return email

    @property
    def until(self) -> date:
        """The first day after the period."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)


class TokenForm(AtAgencyForm):
    """Which system, which rights, where, until when."""

    permission = AccountPermission.ISSUE_TOKEN
    name = a_text(_("Tên hệ thống"))
    permissions = forms.MultipleChoiceField(
        label=_("Quyền"),
        widget=forms.CheckboxSelectMultiple,
    )
    includes_subordinates = forms.BooleanField(label=_("Gồm cả cơ quan trực thuộc"), required=False)
    last_on = a_day(_("Dùng đến hết ngày"), hint=_("Không quá hai năm."))
    field_order = ["name", "agency", "includes_subordinates", "permissions", "last_on"]

    def __init__(self, *args: Any, request: ActedRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        field = self.fields["permissions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (code, f"{registry[code].label} ({code})")
                for code in sorted(registry)
                if code in PARTNER_RIGHTS or request.actor.holds(registry[code], at=request.at)
            ]

    @property
    def expires_at(self) -> datetime:
        """Midnight after the last day, in Vietnam."""
        last: date = self.cleaned_data["last_on"]
        return datetime.combine(last + timedelta(days=1), time(), tzinfo=OFFICIAL_ZONE)


def today(request: ActedRequest) -> dict[str, date]:
    """What a form about a period begins with."""
    return {"since": day_of(request.at)}
