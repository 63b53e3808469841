"""What the warehouse refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid, NotFound, Unavailable


class FactTableUnknown(NotFound):
    """No app declares a fact table of this code."""

    code = "warehouse.table_unknown"
    message = _("Không có bảng số liệu “{table}”. Các bảng: {known}.")


class FactsUnavailable(Unavailable):
    """A file of the table is missing or is not what was written: no figure is shown from the rest."""

    code = "warehouse.facts_unavailable"
    message = _(
        "Không tính được: tệp số liệu của bảng “{table}” bị thiếu hoặc bị sửa. Kho số liệu đang được dựng lại."
    )


class NotYetBuilt(Unavailable):
    """The table was never brought into the warehouse."""

    code = "warehouse.not_yet_built"
    message = _("Không tính được: bảng “{table}” chưa được đưa vào kho số liệu.")


class CannotWrite(Unavailable):
    """The disk took no file (it is full, or the folder may not be written): the former figures stand."""

    code = "warehouse.cannot_write"
    message = _("Không ghi được tệp số liệu: {reason}. Số liệu lần trước vẫn còn nguyên.")


class EngineUnknown(Invalid):
    """The setting names an engine that there is not."""

    code = "warehouse.engine_unknown"
    message = _("Không có bộ máy tính “{engine}”. Có: {known}.")
