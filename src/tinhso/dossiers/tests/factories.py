"""A desk that works: procedures of the packs published, channels open, people at the agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings

from tests.cast import make_pack_role
from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.agencies.models import Agency, AgencyKind, FieldOfWork, Level
from tinhso.agencies.tests.factories import make_agency, make_competence, make_field
from tinhso.calendars import services as calendar_services
from tinhso.calendars.models import Calendar
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.dossiers import definitions, services
from tinhso.dossiers.files import DOSSIER
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.models import Channel, ChannelRule, Dossier, ProcedureVersion, Step
from tinhso.dossiers.places import LEVELS
from tinhso.dossiers.services.intake import Application
from tinhso.files.services import Subject, store
from tinhso.files.tests.factories import PDF
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.packs.kinds import kinds
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from uuid import UUID

    from tinhso.dossiers.definitions import Definition
    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor
    from tinhso.packs.loading import Book

MARRIAGE, WELL, BUILDING = "1.004873", "1.004232", "1.013236"
AT = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
"""Monday 14 September 2026, 8:00 in Vietnam: three working days end on Thursday at 17:00."""
VISITOR = AnonymousVisitor()
SYSTEM = SystemActor("test")
ID = "000190000001"

APPLICANT: dict[str, Any] = {
    "applicant_kind": "citizen",
    "full_name": "Lan Một",
    "personal_id": ID,
    "phone": "0000000001",
    "address": "Thôn Một, xã Ba Gia",
}
ANSWERS: dict[str, dict[str, Any]] = {
    MARRIAGE: {
        **APPLICANT,
        "nguoi_duoc_cap": "Lan Một",
        "ngay_sinh": "2000-05-01",
        "noi_cu_tru": "Thôn Một",
        "muc_dich": "khac",
        "muc_dich_khac": "Vay vốn",
        "tung_ket_hon": False,
        "hinh_thuc_nhan": "counter",
    },
    WELL: {
        **APPLICANT,
        "vi_tri": "Thôn Một",
        "muc_dich": ["sinh_hoat"],
        "luu_luong": 250,
        "gieng": [{"so_hieu": "G1", "chieu_sau": 40}],
        "don_vi_khoan": "Đội khoan số Một",
        "bat_dau": "2026-12-01",
        "ket_thuc": "2026-12-20",
    },
    BUILDING: {
        **APPLICANT,
        "ten_cong_trinh": "Nhà văn hóa",
        "dia_diem": "Thửa 1, tờ 2",
        "cap_cong_trinh": "II",
        "loai_cong_trinh": "khong_theo_tuyen",
        "dien_tich": 500,
        "so_tang": 3,
        "chieu_cao": 12,
        "don_vi_thiet_ke": "Công ty thiết kế Một",
        "thuoc_dien_pccc": False,
        "khoi_cong": "2027-01-05",
    },
}


@dataclass(frozen=True, repr=False)
class Desk:
    """The agencies, and an actor for every role: at the commune, and at the departments."""

    province: Agency
    commune: Agency
    construction: Agency
    land: Agency
    health: Agency
    clerk: OfficerActor
    colleague: OfficerActor
    specialist: OfficerActor
    leader: OfficerActor
    head: OfficerActor
    province_clerk: OfficerActor
    builder: OfficerActor
    builder_leader: OfficerActor
    land_officer: OfficerActor
    outsider: OfficerActor


@cache
def pack_book() -> Book:
    """The packs of the repository, read once."""
    return load(Path(settings.PROJECT) / "packs")


def publish(*codes: str) -> None:
    """Publish procedures of the packs as `packs apply` does."""
    for pack in pack_book().packs:
        for source in pack.sources:
            if source.kind == "procedure" and source.code in codes:
                kinds["procedure"].apply(source, at=AT, actor=SYSTEM)
    definitions.of_version.cache_clear()


def open_channels() -> None:
    """All channels open since 2020, but the province's own portal, closed on 1 July 2025."""
    for channel in Channel:
        end = date(2025, 7, 1) if channel is Channel.PORTAL else None
        ChannelRule.objects.create(
            channel=channel.value, period=(date(2020, 1, 1), end), legal_basis="Quy định thử nghiệm"
        )


def make_calendar() -> None:
    """Plain office hours, without holidays."""
    if not Calendar.objects.filter(agency=None).exists():
        calendar_services.found(
            code="province",
            name="Lịch thử nghiệm",
            agency=None,
            week=FIVE_DAYS,
            valid_from=date(2020, 1, 1),
            actor=SYSTEM,
            at=AT,
        )


def officer(name: str, role: str, agency: Agency, *, deep: bool = False) -> OfficerActor:
    """An officer with a role of the packs at an agency, and at those below it where it is `deep`."""
    user = make_user(name)
    make_grant(user, make_pack_role(role), agency, includes_subordinates=deep)
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def make_desk() -> Desk:
    """A province with one commune and two departments, its people, and the three procedures in force."""
    province = make_agency(
        "Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99", key=settings.PROVINCE_KEY
    )
    commune = make_agency("Xã Ba Gia", kind=AgencyKind.COMMUNE, parent=province, code="H99.41")
    construction = make_agency("Sở Xây dựng", parent=province, code="H99.05")
    land = make_agency("Sở Nông nghiệp và Môi trường", parent=province, code="H99.06")
    for field, agency in (
        ("construction", construction),
        ("land", land),
        ("water-resources", land),
    ):
        make_competence(agency, make_field(field), place=province, level=Level.PROVINCE)
    health = make_agency("Sở Y tế", parent=province, code="H99.07")
    make_calendar()
    open_channels()
    publish(MARRIAGE, WELL, BUILDING)
    for code in (
        MARRIAGE,
        WELL,
        BUILDING,
    ):  # so that each has an agency that may be asked to take it over
        definition = definition_of(code)
        known = FieldOfWork.objects.filter(code=definition.field).first()
        make_competence(
            health,
            known or make_field(definition.field),
            place=commune,
            level=LEVELS[definition.level],
        )
    return Desk(
        province=province,
        commune=commune,
        construction=construction,
        land=land,
        health=health,
        clerk=officer("Minh", "one-stop-officer", commune),
        colleague=officer("Lan", "one-stop-officer", commune),
        specialist=officer("Hùng", "specialist", commune),
        leader=officer("Hoa", "agency-leader", commune),
        head=officer("Tú", "unit-head", commune),
        province_clerk=officer("Nam", "one-stop-officer", construction),
        builder=officer("Hải", "specialist", construction),
        builder_leader=officer("Hà", "agency-leader", construction),
        land_officer=officer("Sơn", "specialist", land),
        outsider=officer("Bình", "specialist", health),
    )


def definition_of(code: str) -> Definition:
    """The newest version of a procedure."""
    version = ProcedureVersion.objects.filter(procedure__code=code).latest("version")
    return definitions.of_version(version.pk)


def stored_paper(name: str = "giay-to.pdf", *, dossier: UUID | None = None) -> dict[str, str]:
    """A stored file of a dossier to be, as the slot of a form names it."""
    stored = store(
        BytesIO(PDF),
        filename=name,
        actor=SYSTEM,
        at=AT,
        purpose="paper",
        subject=Subject(DOSSIER, dossier or uuid4()),
    )
    return {"key": str(stored.uuid), "name": stored.filename}


def answers(code: str = MARRIAGE, *, dossier: UUID | None = None, **changes: Any) -> Answers:
    """Complete answers with every required paper of the dossier to be; `changes` overrule them, None takes one away."""
    definition = definition_of(code)
    papers = {
        f"{PAPER}{number}": [stored_paper(dossier=dossier)]
        for number, paper in enumerate(definition.papers)
        if paper.is_required and f"{PAPER}{number}" not in changes
    }
    values = {**ANSWERS[code], **papers, **changes}
    return definition.form.of_values(
        {key: value for key, value in values.items() if value is not None}
    )


def application(
    code: str = MARRIAGE,
    *,
    agency: Agency | None = None,
    channel: Channel = Channel.NATIONAL,
    foreign_code: str | None = None,
    **changes: Any,
) -> Application:
    """A complete application; `changes` overrule the answers, None takes one away."""
    key = uuid4()
    given = answers(code, dossier=key, **changes)
    return Application(
        procedure=code,
        channel=channel,
        answers=given,
        key=key if given.attached else None,
        agency=agency.pk if agency else None,
        foreign_code=foreign_code,
    )


def submitted(
    desk: Desk, code: str = MARRIAGE, *, actor: Actor = VISITOR, at: datetime = AT
) -> Dossier:
    """A dossier that waits at the desk."""
    return services.submit(application(code, agency=desk.commune), actor=actor, at=at)


def received(desk: Desk, code: str = MARRIAGE, *, at: datetime = AT) -> Dossier:
    """A dossier that was received: by the commune, or by the department of construction."""
    clerks: dict[str, Actor] = {MARRIAGE: desk.clerk, BUILDING: desk.province_clerk, WELL: SYSTEM}
    clerk = clerks[code]
    return services.receive(submitted(desk, code, at=at).uuid, actor=clerk, at=at)


def revise(code: str, **changes: Any) -> None:
    """Publish a further version of a procedure at once, with some entries of its definition changed."""
    version = ProcedureVersion.objects.filter(procedure__code=code).latest("version")
    version.pk, version.version = None, version.version + 1
    version.definition = {**version.definition, **changes, "version": version.version}
    version.save()


def step(dossier: Dossier, node: str) -> UUID:
    """The key of the open step at a node."""
    key: UUID = Step.objects.get(dossier=dossier.pk, node=node, closed_at=None).pk
    return key
