"""Committees of the demo: those of 2023-24 as the sources tell of them, and the one that took their place in 2025.

Posts and subjects stand in sources 000, 002, 003 and 004 (whose committees lay in other provinces too); the days are
made up, but that the bodies for reform, digital transformation and Project 06 became one in April 2025.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tinhso.agencies.models import Agency
from tinhso.kernel.actors import SystemActor
from tinhso.tasks import services
from tinhso.tasks.models import CommitteeKind, SeatRole

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.tasks.models import Committee

Facts = tuple[CommitteeKind, str, Sequence[tuple[SeatRole, str, str]], Sequence[tuple[str, str]]]
"""Kind, name, seats (role, post, field), standing agencies (subject, key below the province)."""
ACTOR = SystemActor("demo")
BEFORE, MERGED = date(2023, 1, 1), date(2025, 4, 15)
STEERING, WORKING = CommitteeKind.STEERING, CommitteeKind.WORKING
HEAD, DEPUTY, MEMBER = SeatRole.HEAD, SeatRole.DEPUTY, SeatRole.MEMBER
CHAIR = (HEAD, "Chủ tịch UBND tỉnh", "")
TRANSFORMATION, PROJECT_06 = "chuyển đổi số", "Đề án 06"
FORMER: tuple[Facts, ...] = (
    (
        *(STEERING, "Ban Chỉ đạo về chuyển đổi số tỉnh"),
        (CHAIR, (DEPUTY, "Giám đốc Sở Thông tin và Truyền thông", "Thường trực; kiểm tra")),
        ((TRANSFORMATION, "so-thong-tin"),),
    ),
    (
        *(WORKING, "Tổ giúp việc Ban Chỉ đạo về chuyển đổi số tỉnh"),
        ((HEAD, "Giám đốc Sở Thông tin và Truyền thông", "Tổng hợp, tham mưu"),),
        (),
    ),
    (
        *(WORKING, "Tổ công tác triển khai Đề án 06 tỉnh"),
        (CHAIR, (DEPUTY, "Giám đốc Công an tỉnh", "Thường trực")),
        ((PROJECT_06, "cong-an"),),
    ),
)
PRESENT: tuple[Facts, ...] = (
    (
        STEERING,
        "Ban Chỉ đạo về khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số và Đề án 06 tỉnh",
        (
            CHAIR,
            (DEPUTY, "Giám đốc Sở Khoa học và Công nghệ", "Chuyển đổi số, đổi mới sáng tạo"),
            (DEPUTY, "Giám đốc Công an tỉnh", "Đề án 06, an toàn thông tin"),
            (MEMBER, "Giám đốc Sở Nội vụ", "Cải cách hành chính"),
            (MEMBER, "Giám đốc Sở Tài chính", "Kinh phí"),
        ),
        (
            (TRANSFORMATION, "so-khoa-hoc"),
            (PROJECT_06, "cong-an"),
            ("cải cách hành chính", "so-noi-vu"),
        ),
    ),
)


def seat_committees(province: str, *, at: datetime) -> None:
    """Those of Kon Tum that ended, and that of the province of today."""
    for facts in FORMER:
        committee = _found("kon-tum", facts, BEFORE, at)
        services.end_committee(committee.uuid, until=MERGED, actor=ACTOR, at=at)
    for facts in PRESENT:
        _found(province, facts, MERGED, at)


def _found(place: str, facts: Facts, since: date, at: datetime) -> Committee:
    kind, name, seats, standing = facts
    made = services.found_committee(
        services.CommitteeFacts(kind, name, since),
        agency=Agency.objects.get(key=place).pk,
        actor=ACTOR,
        at=at,
    )
    for role, post, field in seats:
        services.seat(made.uuid, role=role, post=post, field=field, since=since, actor=ACTOR, at=at)
    for subject, key in standing:
        agency = Agency.objects.get(key=f"{place}/{key}").pk
        services.serve(made.uuid, subject=subject, agency=agency, since=since, actor=ACTOR, at=at)
    return made
