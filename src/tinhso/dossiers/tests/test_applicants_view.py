"""What the applicant of a dossier sees of it, and what stays with the office."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.dossiers import services
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.files import RESULT, store_result
from tinhso.dossiers.models import Dossier, Step
from tinhso.dossiers.tests.factories import AT, received, step
from tinhso.dossiers.tests.stages import until
from tinhso.files.errors import FileUnknown
from tinhso.files.models import StoredFile
from tinhso.files.services import Subject, read, store
from tinhso.files.tests.factories import PDF
from tinhso.kernel.actors import AnonymousVisitor

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def applicant(dossier: Dossier) -> AnonymousVisitor:
    """Somebody who proved to be the applicant."""
    return AnonymousVisitor(party=dossier.applicant_id)


def test_the_applicant_sees_the_dossier_and_not_as_the_office_does(desk: Desk) -> None:
    dossier = received(desk)
    seen = Dossier.objects.visible_to(applicant(dossier), at=AT)
    assert seen.get_or_refuse(dossier.uuid) == dossier
    with pytest.raises(DossierNotFound):
        Dossier.objects.in_office(applicant(dossier), at=AT).get_or_refuse(dossier.uuid)


def test_a_citizens_account_does_not_open_the_officers_pages(desk: Desk) -> None:
    dossier = received(desk)
    party = dossier.applicant
    assert party is not None
    client = Client()
    citizen = make_user("Lan", kind="citizen", party_key=party.pk, party_uuid=party.uuid)
    client.force_login(citizen)
    for page in (
        reverse("dossiers:dossier", args=[dossier.uuid]),
        reverse("dossiers:act", args=[dossier.uuid, "lay-y-kien"]),
        reverse("dossiers:step_act", args=[dossier.uuid, step(dossier, "tham_dinh"), "phan-cong"]),
    ):
        assert client.get(page).status_code == 404


def test_a_result_is_read_by_its_applicant_only_when_it_was_handed_over(desk: Desk) -> None:
    dossier = until(desk, "tra_ket_qua")
    file = store(
        BytesIO(PDF), filename="ket-qua.pdf", actor=desk.specialist, at=AT, purpose="result",
        subject=Subject(RESULT, dossier.uuid),
    )  # fmt: skip
    read(file.uuid, actor=desk.clerk, at=AT, purpose="result")
    with pytest.raises(FileUnknown):
        read(file.uuid, actor=applicant(dossier), at=AT, purpose="result")

    services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )
    read(file.uuid, actor=applicant(dossier), at=AT, purpose="result")


def test_a_file_of_a_result_is_kept_as_a_result(desk: Desk) -> None:
    dossier = until(desk, "ket_qua")
    upload = SimpleUploadedFile("ket-qua.pdf", PDF, "application/pdf")
    kept = store_result(upload, dossier=dossier, actor=desk.specialist, at=AT)
    assert kept is not None
    assert StoredFile.objects.get(pk=kept).subject_kind == RESULT


def test_who_may_not_enter_a_result_leaves_no_file(desk: Desk) -> None:
    dossier = until(desk, "ket_qua")
    client = Client()
    client.force_login(User.objects.get(uuid=desk.clerk.uuid))  # may read it, no more
    key = Step.objects.get(dossier=dossier.pk, node="ket_qua").pk
    answer = client.post(
        reverse("dossiers:step_act", args=[dossier.uuid, key, "ket-qua"]),
        {
            "code": "giay-xac-nhan", "title": "Giấy", "document_number": "1/UBND", "signer": "Hoa",
            "signed_on": "2026-09-14", "file": SimpleUploadedFile("a.pdf", PDF, "application/pdf"),
        },
    )  # fmt: skip
    assert answer.status_code == 403
    assert not StoredFile.objects.exists()
