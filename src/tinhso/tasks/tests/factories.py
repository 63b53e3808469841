"""A province that gives tasks: its agencies, what of them ended, and an actor for every part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tests.cast import make_pack_role
from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.agencies.models import Agency, AgencyKind, Succession, SuccessionKind
from tinhso.agencies.tests.factories import make_agency, make_competence, make_field
from tinhso.calendars import services as calendar_services
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.kernel.actors import SystemActor
from tinhso.packs.loading import load
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.tasks import services
from tinhso.tasks.models import State, Task
from tinhso.tasks.reminders.rules import KIND

if TYPE_CHECKING:
    from tinhso.tasks.models import Notice

AT = datetime(2025, 8, 5, 2, 0, tzinfo=UTC)
"""Tuesday 5 August 2025, 9:00 in Vietnam: the day after the notice."""
REFORM = date(2025, 3, 1)
NOTICE = (Path(__file__).parent / "notices" / "province_office.txt").read_text(encoding="utf-8")
SHORT = """ỦY BAN NHÂN DÂN TỈNH
THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh
Số: 9/TB-UBND
ngày 04 tháng 8 năm 2025
Nhiệm vụ:
1. Sở Khoa học và Công nghệ rà soát 12 xã chưa có đường truyền, hoàn thành trước ngày 30/9/2025.
2. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính hướng dẫn bố trí biên chế, xong trong quý IV/2025.
"""


@dataclass(frozen=True, repr=False)
class Offices:
    """The agencies, and an actor for every part that somebody plays with a task."""

    province: Agency
    science: Agency
    home_affairs: Agency
    finance: Agency
    police: Agency
    health: Agency
    former: Agency
    communes: tuple[Agency, ...]
    chair: OfficerActor
    deputy: OfficerActor
    follower: OfficerActor
    head: OfficerActor
    specialist: OfficerActor
    home_head: OfficerActor
    outsider: OfficerActor


def make_offices() -> Offices:
    """A province with departments of today, one that ended, and two communes."""
    province = make_agency(
        "Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99", key=settings.PROVINCE_KEY
    )
    named = {
        name: make_agency(f"{name} tỉnh Thử nghiệm", parent=province)
        for name in (
            "Sở Khoa học và Công nghệ",
            "Sở Nội vụ",
            "Sở Tài chính",
            "Công an",
            "Sở Y tế",
            "Văn phòng UBND",
        )
    }
    make_agency("Trung tâm Phục vụ hành chính công tỉnh", kind=AgencyKind.CENTRE, parent=province)
    communes = tuple(
        make_agency(f"Xã {name}", kind=AgencyKind.COMMUNE, parent=province)
        for name in ("Ba Gia", "Đăk Pơ")
    )
    science, police = named["Sở Khoa học và Công nghệ"], named["Công an"]
    return Offices(
        province=province,
        science=science,
        home_affairs=named["Sở Nội vụ"],
        finance=named["Sở Tài chính"],
        police=police,
        health=named["Sở Y tế"],
        former=_former(province, science, police),
        communes=communes,
        chair=officer("Hà", "agency-leader", province),
        deputy=officer("Tú", "agency-leader", province),
        follower=officer("Minh", "task-follower", province),
        head=officer("Hoa", "agency-leader", science),
        specialist=officer("Hùng", "specialist", science),
        home_head=officer("Lan", "agency-leader", named["Sở Nội vụ"]),
        outsider=officer("Nam", "agency-leader", named["Sở Y tế"]),
    )


def _former(province: Agency, science: Agency, police: Agency) -> Agency:
    """A department that ended: one took its place, but the field of security went to the police."""
    former = make_agency(
        "Sở Thông tin và Truyền thông tỉnh Thử nghiệm", parent=province, until=REFORM
    )
    Succession.objects.create(
        predecessor=former, successor=science, on=REFORM, kind=SuccessionKind.MERGE
    )
    telecoms = make_field("telecommunications", "Viễn thông, bưu chính")
    security = make_field("information-security", "An toàn thông tin mạng")
    for field, holder in ((telecoms, science), (security, police)):
        make_competence(former, field, place=province, until=REFORM)
        make_competence(holder, field, place=province, since=REFORM)
    return former


def officer(name: str, role: str, agency: Agency) -> OfficerActor:
    """An officer with a role of the packs at an agency."""
    user = make_user(name)
    make_grant(user, make_pack_role(role), agency, includes_subordinates=False)
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def brought(offices: Offices, text: str = SHORT, *, at: datetime = AT) -> Notice:
    """A notice under review."""
    return services.bring_in(
        services.Brought(text=text), agency=offices.province.pk, actor=offices.follower, at=at
    )


def issued(offices: Offices, *, at: datetime = AT) -> Task:
    """The task of the department of science, given by the chair."""
    notice = brought(offices, at=at)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=at)
    return Task.objects.get(notice=notice, lead=offices.science)


def accepted(offices: Offices, *, at: datetime = AT) -> Task:
    """The same task, taken by its lead."""
    task = issued(offices, at=at)
    services.accept(task.uuid, actor=offices.head, at=at)
    task.refresh_from_db()
    assert task.state == State.ACCEPTED
    return task


def proposed(offices: Offices, *, at: datetime = AT) -> Task:
    """The same task, reported as done, with something that shows it."""
    task = accepted(offices, at=at)
    shown = services.carrying.Shown(value="15/BC-SKHCN")
    services.give_evidence(task.uuid, shown, actor=offices.specialist, at=at)
    services.propose_completion(task.uuid, words="Xong", actor=offices.specialist, at=at)
    task.refresh_from_db()
    return task


def make_calendar() -> None:
    """Plain office hours, without holidays."""
    calendar_services.found(
        code="province",
        name="Lịch thử nghiệm",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SystemActor("test"),
        at=AT,
    )


def publish_rules() -> None:
    """The reminder rules of the packs, as `packs apply` keeps them."""
    pack = PackVersion.objects.create(
        pack="tasks", version="1", digest="", content={}, applied_at=AT, applied_by="system:test"
    )
    book = load(Path(settings.PROJECT) / "packs")
    sources = [one for each in book.packs for one in each.sources if one.kind == KIND]
    PackEntry.objects.bulk_create(
        PackEntry(
            published_in=pack,
            pack="tasks",
            kind=KIND,
            code=source.code,
            version="1",
            digest="",
            content=source.value,
        )
        for source in sources
    )
