"""A province that reports: two communes and a department to the police, the police to the province."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings

from tests.cast import make_pack_role
from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.agencies.models import Agency, AgencyKind
from tinhso.agencies.tests.factories import make_agency, make_competence, make_field
from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.indicators.models import Report
from tinhso.indicators.models.targets import Target
from tinhso.indicators.reports import regimes, services
from tinhso.indicators.tests.cases import CASES, case, lay
from tinhso.kernel.actors import SystemActor
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.warehouse.declaring import registry

AT = datetime(2026, 10, 15, 2, 0, tzinfo=UTC)
"""Thursday 15 October 2026, 9:00 in Vietnam: the day after the cut-off of October."""
DUE = datetime(2026, 10, 19, 2, 0, tzinfo=UTC)
"""The last day of the units' term: three working days after the 14th."""
LATE = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
SYSTEM = SystemActor("test")
REGIME: dict[str, Any] = {
    "name": "Báo cáo định kỳ tháng về Đề án 06",
    "about": "Kết quả thực hiện Đề án 06 {period}",
    "from": "2026-01-01",
    "frequency": "monthly",
    "first_day": 15,
    "legal_basis": [
        {"document": "Nghị định 09/2019/NĐ-CP", "article": "Điều 8", "verified": False}
    ],
    "levels": [
        {
            "code": "unit",
            "name": "Đơn vị",
            "who": {"kinds": ["department", "commune"]},
            "to": {"holder_of": "residence"},
            "due": {"amount": 3, "unit": "working_days"},
        },
        {
            "code": "province",
            "name": "Công an tỉnh",
            "who": {"holder_of": "residence"},
            "to": {"province": True},
            "due": {"amount": 6, "unit": "working_days"},
            "gathers": "unit",
        },
    ],
    "sections": [
        {
            "code": "results",
            "name": "Kết quả thực hiện",
            "tables": [
                {"code": "dossiers", "name": "Hồ sơ", "indicators": ["online", "settled", "poles"]}
            ],
        },
        {
            "code": "shortfalls",
            "name": "Tồn tại, hạn chế",
            "offers": ["missed_targets", "open_obstacles"],
        },
        {"code": "next", "name": "Nhiệm vụ kỳ tới"},
    ],
}
INDICATORS: dict[str, dict[str, Any]] = {
    "online": {
        "name": "Tỷ lệ hồ sơ trực tuyến",
        "unit": "%",
        "direction": "higher",
        "fact": CASES.code,
        "ratio": {"is": "is_online"},
    },
    "settled": {
        "name": "Hồ sơ đã xong",
        "unit": "hồ sơ",
        "fact": CASES.code,
        "where": "is_on_time",
    },
    "poles": {"name": "Trạm phát sóng mới", "unit": "trạm", "needs": "sổ trạm phát sóng"},
}


@dataclass(frozen=True, repr=False)
class Reporting:
    """The agencies, their people, and the folder of their facts."""

    province: Agency
    police: Agency
    health: Agency
    ba_gia: Agency
    dak_po: Agency
    clerk: OfficerActor
    head: OfficerActor
    far_clerk: OfficerActor
    far_head: OfficerActor
    gatherer: OfficerActor
    colonel: OfficerActor
    chair: OfficerActor
    outsider: OfficerActor
    warehouse: Path

    def report(self, agency: Agency, level: str = "unit") -> Report:
        """What the agency owes for October."""
        return Report.objects.get(agency=agency, level=level, period="2026-10")


def make_reporting() -> Reporting:
    """Everybody, the regime in force, the facts laid down, and the reports of October called for."""
    calendars.found(
        code="province",
        name="Lịch của tỉnh",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    warehouse = Path(tempfile.mkdtemp(prefix="tinhso-reports-"))
    province = make_agency(
        "Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99", key=settings.PROVINCE_KEY
    )
    police = make_agency("Công an tỉnh Thử nghiệm", parent=province)
    health = make_agency("Sở Y tế tỉnh Thử nghiệm", parent=province)
    ba_gia, dak_po = (
        make_agency(f"Xã {name}", kind=AgencyKind.COMMUNE, parent=province)
        for name in ("Ba Gia", "Đăk Pơ")
    )
    make_competence(police, make_field("residence", "Cư trú, căn cước"), place=province)
    made = Reporting(
        province=province,
        police=police,
        health=health,
        ba_gia=ba_gia,
        dak_po=dak_po,
        clerk=officer("Lan", "specialist", ba_gia),
        head=officer("Hoa", "agency-leader", ba_gia),
        far_clerk=officer("Minh", "specialist", dak_po),
        far_head=officer("Tú", "agency-leader", dak_po),
        gatherer=officer("Hùng", "report-officer", police),
        colonel=officer("Nam", "agency-leader", police),
        chair=officer("Hà", "agency-leader", province),
        outsider=officer("Mai", "specialist", health),
        warehouse=warehouse,
    )
    publish("report_regime", "de-an-06", REGIME)
    for code, content in INDICATORS.items():
        publish("indicator", code, {"figures": [], **content})
    with override_settings(WAREHOUSE=warehouse / "facts"):
        registry.register(CASES.code, CASES)
        lay(
            *_facts(ba_gia.pk, online=6, of=10, first=1),
            *_facts(dak_po.pk, online=9, of=30, first=50),
        )
        registry._entries.pop(CASES.code)
    Target.objects.create(
        indicator="online",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        value="80",
        level="province",
        issuer="Chủ tịch UBND tỉnh",
        document="Quyết định 55/QĐ-UBND",
        at=AT,
        actor=SYSTEM.key,
    )
    regime = regimes.regime("de-an-06")
    services.call(regime, regime.period("2026-10"), actor=SYSTEM, at=AT)
    return made


def _facts(agency: int, *, online: int, of: int, first: int) -> list[tuple[Any, ...]]:
    """Cases of the period's first and last day, and one of the day before it, which belongs to September."""
    ends = (date(2026, 9, 15), date(2026, 10, 14))
    rows = [
        case(
            first + number,
            ends[number % 2],
            agency=agency,
            is_online=number < online,
            is_on_time=number % 2 == 0,
        )
        for number in range(of)
    ]
    return [*rows, case(first + of, date(2026, 9, 14), agency=agency, is_online=True)]


def publish(kind: str, code: str, content: dict[str, Any], version: str = "1") -> None:
    """Put an entry in force, as applying a pack does."""
    pack, _made = PackVersion.objects.get_or_create(
        pack="probe",
        version=version,
        defaults={
            "digest": "",
            "content": {"name": "Thử nghiệm"},
            "applied_at": AT,
            "applied_by": "system:test",
        },
    )
    PackEntry.objects.create(
        published_in=pack,
        pack="probe",
        kind=kind,
        code=code,
        version=version,
        digest=f"{kind} {code} {version}",
        content=content,
    )


def officer(name: str, role: str, agency: Agency) -> OfficerActor:
    """An officer with a role of the packs at an agency."""
    user = make_user(name)
    make_grant(user, make_pack_role(role), agency, includes_subordinates=False)
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor
