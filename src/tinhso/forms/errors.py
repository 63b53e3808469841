"""What forms and expressions refuse, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid


class ExpressionUnreadable(Invalid):
    """No expression: `position` (characters from 1) and what was `expected` there."""

    code = "forms.expression_unreadable"
    message = _("Biểu thức không đọc được ở ký tự thứ {position}: cần {expected}, gặp {found}.")


class NameUnknown(Invalid):
    """The expression uses a `name` that nobody declared; `hint` suggests the nearest one."""

    code = "forms.name_unknown"
    message = _("Biểu thức dùng tên “{name}” (ký tự thứ {position}) chưa được khai báo{hint}.")


class TypesMixed(Invalid):
    """Operands that do not go together at `position`: `expected` and `found` are types in words."""

    code = "forms.types_mixed"
    message = _("Biểu thức sai kiểu ở ký tự thứ {position}: cần {expected}, gặp {found}.")


class FormUnsound(Invalid):
    """A form (biểu mẫu) that does not pass its check; `problems` are the places and sentences."""

    code = "forms.unsound"
    message = _("Biểu mẫu khai báo chưa đúng: {problems}")
