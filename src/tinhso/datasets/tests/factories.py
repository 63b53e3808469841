"""A province whose department of health owes a data set, and a commune of which it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.conf import settings

from tests.cast import make_pack_role
from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.agencies.tests.factories import make_agency, make_competence, make_field
from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.datasets.catalogue import KIND
from tinhso.kernel.actors import SystemActor
from tinhso.packs.models import PackEntry, PackVersion

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency

AT = datetime(2025, 10, 6, 2, 0, tzinfo=UTC)
"""Monday 6 October 2025, 9:00 in Vietnam: the third quarter is over and its data not yet due."""
LATE = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
"""Past the tenth working day of October."""
CODE, PERIOD = "health-insurance-coverage", "2025-Q3"
HEADS = "ma_xa;dan_so;tham_gia;ty_le;ngay_chot\n"
FILE = (
    f"{HEADS}21025;1000;905;90,5;30/09/2025\n21028;2000;1800;90;2025-09-30\n21028;một;1;;\n"
).encode()
PACK = Path(settings.PROJECT) / "packs" / "shared-data" / "datasets" / f"{CODE}.yaml"


@dataclass(frozen=True, repr=False)
class World:
    """Who owes, of whom it tells, and an actor for every part."""

    owner: Agency
    communes: tuple[Agency, ...]
    deliverer: OfficerActor
    chair: OfficerActor
    reader: OfficerActor
    other: OfficerActor


def make_world() -> World:
    """Everybody, office hours, and the data set in force."""
    province = make_agency(
        "Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99", key=settings.PROVINCE_KEY
    )
    health = make_agency("Sở Y tế tỉnh Thử nghiệm", parent=province)
    other = make_agency("Sở Tài chính tỉnh Thử nghiệm", parent=province)
    communes = tuple(
        make_agency(f"Xã {name}", kind=AgencyKind.COMMUNE, parent=province)
        for name in ("Ba Gia", "Đăk Pơ")
    )
    for code, commune in zip(("21025", "21028"), communes, strict=True):
        AgencyPeriod.objects.filter(agency=commune).update(unit_code=code)
    make_competence(health, make_field("health-care", "Y tế"), place=province)
    calendars.found(
        code="province",
        name="Lịch của tỉnh",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SystemActor("test"),
        at=AT,
    )
    publish()
    return World(
        health,
        communes,
        deliverer=officer("Minh", "specialist", health),
        chair=officer("Hà", "agency-leader", province, deep=True),
        reader=officer("Lan", "agency-leader", communes[0]),
        other=officer("Tú", "specialist", other),
    )


def officer(name: str, role: str, agency: Agency, *, deep: bool = False) -> OfficerActor:
    """An officer with a role of the packs at an agency."""
    user = make_user(name)
    make_grant(user, make_pack_role(role), agency, includes_subordinates=deep)
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def publish(**other: Any) -> None:
    """Put the data set of the packs in force, as applying them does, with other keys where given."""
    publish_entry(KIND, CODE, yaml.safe_load(PACK.read_text(encoding="utf-8")) | other)


def publish_entry(kind: str, code: str, content: dict[str, Any]) -> None:
    """An entry of a pack of its own."""
    made = PackVersion.objects.create(
        pack=f"test-{code}",
        version="1",
        digest="1",
        content={"name": "Bộ dữ liệu dùng chung"},
        applied_at=AT,
        applied_by="system:test",
    )
    PackEntry.objects.create(
        published_in=made,
        pack=made.pack,
        kind=kind,
        code=code,
        version="1",
        digest="1",
        content=content,
    )
