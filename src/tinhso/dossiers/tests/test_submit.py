"""Submit (nộp hồ sơ)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tinhso.agencies.models import Competence
from tinhso.dossiers import services
from tinhso.dossiers.errors import (
    AgencyNotOffering,
    AnswersInvalid,
    ChannelClosed,
    CompetenceUnknown,
    DraftHandedIn,
    ForeignCodeKnown,
    ProcedureNotFound,
)
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.models import Channel, Dossier, DossierKey, ProcedureVersion, State, WorkItem
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    ID,
    SYSTEM,
    VISITOR,
    WELL,
    application,
    stored_paper,
    submitted,
)
from tinhso.dossiers.tests.stages import refused
from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.identifiers import read_reference
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_it_gets_its_reference_and_waits_at_the_desk_of_the_commune(desk: Desk) -> None:
    dossier = submitted(desk)

    assert dossier.state == State.SUBMITTED
    assert read_reference(dossier.reference or "") == dossier.reference
    assert (dossier.number, dossier.received_at, dossier.due_at) == (None, None, None)
    item = WorkItem.objects.get(dossier=dossier.pk)
    assert (item.agency_id, item.act, item.role) == (desk.commune.pk, "receive", "one-stop-officer")
    assert (item.due_at, item.near_at, item.is_paused) == (None, None, False)
    event = Event.objects.get(subject=dossier.uuid)
    assert (event.kind, event.agency, event.actor) == (
        "dossiers.submitted",
        desk.commune.pk,
        VISITOR.key,
    )
    assert event.payload == {
        "procedure": "1.004873",
        "channel": "national",
        "reference": dossier.reference,
    }
    keys = set(DossierKey.objects.filter(dossier=dossier.pk).values_list("value", flat=True))
    assert keys == {dossier.reference, ID, "0000000001"}


@pytest.mark.parametrize("code", [WELL, BUILDING])
def test_a_provincial_matter_goes_to_the_agency_competent_on_that_day(
    desk: Desk, code: str
) -> None:
    dossier = submitted(desk, code)
    place = {WELL: desk.land, BUILDING: desk.construction}[code]
    assert dossier.competent_agency_id == place.pk
    assert dossier.papers.count() == {WELL: 2, BUILDING: 3}[code]


def test_the_answers_of_the_form_are_kept_without_the_files(desk: Desk) -> None:
    submission = submitted(desk, WELL).submissions.get()
    assert submission.answers["luu_luong"] == 250
    assert not [name for name in submission.answers if name.startswith("paper_")]


def test_a_number_that_somebody_typed_joins_them_to_nobody(desk: Desk) -> None:
    known = make_party("Hoa Hai", personal_id=ID)
    assert submitted(desk).applicant_id != known.pk


def test_whoever_is_signed_in_files_for_their_own_party(desk: Desk) -> None:
    known = make_party("Lan Một", personal_id=ID)
    dossier = submitted(desk, actor=AnonymousVisitor(party=known.pk))
    assert dossier.applicant_id == known.pk


def test_the_desk_files_for_who_stands_there(desk: Desk) -> None:
    at_counter = application(agency=desk.commune, channel=Channel.COUNTER)
    assert services.submit(at_counter, actor=desk.clerk, at=AT).channel == "counter"


@pytest.mark.parametrize("channel", [Channel.COUNTER, Channel.POST, Channel.HELPER, Channel.API])
def test_nobody_files_for_another_without_the_right(desk: Desk, channel: Channel) -> None:
    for actor in (VISITOR, desk.specialist, desk.province_clerk):
        with refused(PermissionMissing):
            services.submit(application(agency=desk.commune, channel=channel), actor=actor, at=AT)


def test_the_portal_of_the_province_is_closed_since_july_2025(desk: Desk) -> None:
    with refused(ChannelClosed):
        services.submit(
            application(agency=desk.commune, channel=Channel.PORTAL), actor=VISITOR, at=AT
        )


def test_a_procedure_must_be_in_force_on_the_day(desk: Desk) -> None:
    filled = application(agency=desk.commune)
    ProcedureVersion.objects.update(period=(None, AT.date()))
    with refused(ProcedureNotFound):
        services.submit(filled, actor=VISITOR, at=AT)
    with refused(ProcedureNotFound):
        services.submit(replace(filled, procedure="9.999999"), actor=VISITOR, at=AT)
    assert services.submit(filled, actor=VISITOR, at=AT - timedelta(days=1)).reference


def test_the_commune_must_be_named_and_be_one(desk: Desk) -> None:
    for agency in (None, desk.construction, desk.province):
        with refused(AgencyNotOffering):
            services.submit(application(agency=agency), actor=VISITOR, at=AT)


@pytest.mark.usefixtures("desk")
def test_it_is_refused_where_nobody_is_competent() -> None:
    filled = application(WELL)
    Competence.objects.all().delete()
    with refused(CompetenceUnknown):
        services.submit(filled, actor=VISITOR, at=AT)


def test_wrong_answers_are_named_field_by_field(desk: Desk) -> None:
    wrong = application(
        agency=desk.commune, phone=None, personal_id="123", muc_dich="ban_nha", ngay_sinh=None
    )
    with refused(AnswersInvalid) as caught:
        services.submit(wrong, actor=VISITOR, at=AT)
    assert isinstance(caught.value, AnswersInvalid)
    assert set(caught.value.errors) == {"phone", "personal_id", "muc_dich", "ngay_sinh"}


@pytest.mark.usefixtures("desk")
def test_a_required_paper_that_is_missing_is_named() -> None:
    without = application(BUILDING, paper_1=None)
    with refused(AnswersInvalid) as caught:
        services.submit(without, actor=VISITOR, at=AT)
    assert isinstance(caught.value, AnswersInvalid)
    assert set(caught.value.errors) == {"paper_1"}


@pytest.mark.usefixtures("desk")
def test_a_paper_that_is_not_stored_here_is_refused() -> None:
    foreign = application(WELL, paper_0=[{"key": str(uuid4()), "name": "don.pdf"}])
    with refused(AnswersInvalid):
        services.submit(foreign, actor=VISITOR, at=AT)


def test_a_code_of_another_system_comes_once_by_its_channel(desk: Desk) -> None:
    again = application(agency=desk.commune, foreign_code="G22.99-260914-000001")
    first = services.submit(again, actor=VISITOR, at=AT)
    assert (first.foreign_code, first.authority) == ("G22.99-260914-000001", "national")
    with refused(ForeignCodeKnown):
        services.submit(again, actor=VISITOR, at=AT)
    services.submit(replace(again, channel=Channel.API), actor=SYSTEM, at=AT)


def test_a_draft_becomes_a_dossier_once(desk: Desk) -> None:
    filled = replace(application(agency=desk.commune), key=uuid4())
    assert services.submit(filled, actor=VISITOR, at=AT).uuid == filled.key
    with refused(DraftHandedIn):
        services.submit(filled, actor=VISITOR, at=AT)


def test_nobody_makes_the_file_of_another_theirs(desk: Desk) -> None:
    strange = stored_paper("cua-nguoi-khac.pdf")
    files = StoredFile.objects.filter(uuid=strange["key"])
    subject = files.get().subject
    changes: dict[str, Any] = {f"{PAPER}0": [strange]}
    taken = application(BUILDING, agency=desk.construction, **changes)
    with refused(AnswersInvalid):
        services.submit(taken, actor=VISITOR, at=AT)
    assert files.get().subject == subject
    assert not Dossier.objects.exists()
