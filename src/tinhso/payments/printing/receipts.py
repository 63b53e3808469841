"""The receipt (biên lai thu phí, lệ phí) as PDF, in Vietnamese whoever prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from tinhso.agencies.models import UNIT_KINDS
from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import local
from tinhso.events.naming import names_of as people
from tinhso.payments.words import in_words
from tinhso.ui import qr
from tinhso.ui.formatting import number
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from tinhso.payments.models import Payment

TEMPLATE = "payments/printing/receipt.typ"


@override("vi")
def printed(payment: Payment) -> bytes:
    """The receipt; a cancelled one says so on its face.

    Its QR code carries number, agency, amount and the uuid under which the receipt is found, not an address: whoever
    may look at it finds it by them.
    """
    return pdf(TEMPLATE, _data(payment), at=payment.at)


def _data(payment: Payment) -> dict[str, Any]:
    lines = list(payment.lines.select_related("charge").order_by("pk"))
    above = ancestors(payment.agency_id, payment.day)[:1]
    names = names_of({payment.agency_id, *above}, payment.day)
    cancellation = getattr(payment, "cancellation", None)
    first = lines[0].charge
    here = payment.agency_id if payment.agency.kind in UNIT_KINDS else above[0] if above else 0
    place = period_of(here, payment.day)
    return {
        "title": f"Biên lai {payment.number}",
        "qr": qr.drawing(f"{payment.number}|{payment.agency_id}|{payment.amount}|{payment.uuid}"),
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
