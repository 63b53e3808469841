"""A visitor who fills in the application for a certificate of marital status, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tinhso.dossiers.models import Draft
from tinhso.dossiers.tests.factories import ID, MARRIAGE

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

STEPS: dict[str, dict[str, str]] = {
    "nguoi-nop": {
        "applicant_kind": "citizen",
        "full_name": "Lan Một",
        "personal_id": ID,
        "phone": "0000000001",
        "address": "Thôn Một, xã Ba Gia",
    },
    "nguoi-duoc-cap": {
        "nguoi_duoc_cap": "Lan Một",
        "ngay_sinh.day": "1",
        "ngay_sinh.month": "5",
        "ngay_sinh.year": "2000",
        "noi_cu_tru": "Thôn Một",
    },
    "hon-nhan": {"tung_ket_hon": "no"},
    "muc-dich": {
        "muc_dich": "khac",
        "muc_dich_khac": "Vay vốn",
        "hinh_thuc_nhan": "counter",
    },
    "giay-to": {},
}


def begin(client: Client, code: str = MARRIAGE) -> Draft:
    """An application just begun."""
    client.post(reverse("portal:start", args=[code]))
    return Draft.objects.latest("started_at")


def fill_in(client: Client, desk: Desk) -> Draft:
    """An application filled in up to the check."""
    draft = begin(client)
    client.post(reverse("portal:application", args=[draft.uuid]), {"agency": desk.commune.pk})
    for slug, answers in STEPS.items():
        client.post(reverse("portal:step", args=[draft.uuid, slug]), answers)
    return draft
