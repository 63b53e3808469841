"""The receipt (biên lai thu phí, lệ phí) as PDF, in Vietnamese whoever prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tinhso.agencies.models import UNIT_KINDS
from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import local
from tinhso.events.naming import names_of as people
from tinhso.kernel.identifiers import read_number
from tinhso.payments.models import Payment
from tinhso.payments.words import in_words
from tinhso.ui import formatting, qr, verifying
from tinhso.ui.formatting import number
from tinhso.ui.printing import pdf
from tinhso.ui.verifying import Telling

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATE = "payments/printing/receipt.typ"
TITLE = "Biên lai"


KIND = "BL"
"""Receipts among the papers that can be verified."""


@override("vi")
def printed(payment: Payment, *, address: Callable[[str, str, dict[str, str]], str]) -> bytes:
    """The receipt; a cancelled one says so on its face. `address` makes what its QR code carries."""
    key = str(payment.pk)
    checked = {
        "qr": qr.drawing(address(KIND, key, marks(payment))),
        "code": verifying.code_of(KIND, key),
    }
    return pdf(TEMPLATE, {**_data(payment), **checked}, at=payment.at)


@override("vi")
def marks(payment: Payment) -> dict[str, str]:
    """What the QR code carries (TT 01/2023/TT-VPCP Điều 26), by short names: the dossier, the paper, the sum, when."""
    return {
        "hs": payment.lines.select_related("charge").order_by("pk")[0].charge.reference,
        "gt": f"{TITLE} {payment.number}",
        "tien": str(payment.amount),
        "he": verifying.SYSTEM,
        "luc": f"{local(payment.at):%Y-%m-%d %H:%M}",
    }


def told(key: str) -> Telling | None:
    """What anyone who holds the receipt with that key is told of it; not who paid."""
    known = Payment.objects.select_related("cancellation")
    found = known.filter(pk=read_number(key) or 0).first()
    if found is None:
        return None
    cancellation = getattr(found, "cancellation", None)
    carried = marks(found)
    return Telling(
        title=gettext_lazy("Biên lai"),
        issuer=names_of({found.agency_id}, found.day).get(found.agency_id, ""),
        issued_at=found.at,
        facts=[
            (_("Số biên lai"), found.number),
            (_("Mã hồ sơ"), carried["hs"]),
            (_("Số tiền (đồng)"), number(found.amount)),
            (_("Thu lúc"), formatting.moment(found.at)),
        ],
        marks=carried,
        warning=_("Biên lai này đã bị hủy ngày %(day)s.")
        % {"day": formatting.day(cancellation.day)}
        if cancellation
        else "",
    )


def _data(payment: Payment) -> dict[str, Any]:
    lines = list(payment.lines.select_related("charge").order_by("pk"))
    above = ancestors(payment.agency_id, payment.day)[:1]
    names = names_of({payment.agency_id, *above}, payment.day)
    cancellation = getattr(payment, "cancellation", None)
    first = lines[0].charge
    here = payment.agency_id if payment.agency.kind in UNIT_KINDS else above[0] if above else 0
    place = period_of(here, payment.day)
    return {
        "title": f"{TITLE} {payment.number}",
        "parent": names.get(above[0]) if above else None,
        "agency": names.get(payment.agency_id, ""),
        "number": payment.number,
        "place": place.place_name if place else "",
        "date": f"ngày {payment.day:%d} tháng {payment.day:%m} năm {payment.day:%Y}",
        "about": first.about,
        "cancelled": f"ĐÃ HỦY ngày {cancellation.day:%d/%m/%Y}: {cancellation.reason}"
        if cancellation
        else "",
        "facts": [
            ["Người nộp", payment.payer],
            ["Mã hồ sơ", first.reference],
            ["Hình thức thu", str(payment.get_method_display())],
            *([["Số giao dịch", payment.bank_reference]] if payment.bank_reference else []),
            ["Thu lúc", f"{local(payment.at):%H giờ %M, ngày %d/%m/%Y}"],
        ],
        "lines": [[line.charge.name, number(line.amount)] for line in lines],
        "total": number(payment.amount),
        "words": in_words(payment.amount),
        "payer": payment.payer,
        "cashier": people([payment.actor])[payment.actor],
    }
