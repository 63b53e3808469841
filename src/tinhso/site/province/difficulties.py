"""Obstacles of the demo: those that source 002 tells of Khánh Hòa, as reported, and two of the shown commune."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.kernel.actors import SystemActor
from tinhso.site.province import people
from tinhso.tasks.matching import names_for
from tinhso.tasks.services import obstacles
from tinhso.tasks.services.obstacles import Stuck

if TYPE_CHECKING:
    import random

    from tinhso.accounts.actors import OfficerActor
    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff
    from tinhso.tasks.models import Obstacle

ACTOR = SystemActor("demo")
TOLD = "Khánh Hòa, báo cáo 10 tháng năm 2023: "
NORMS = "institutions"
KHANH_HOA = (
    (
        NORMS,
        "vướng khi “xác định định mức trang thiết bị phần cứng, phần mềm”, “tiêu chuẩn định mức”.",
    ),
    (NORMS, "một số mô hình Đề án 06 “chưa có hướng dẫn giải pháp thực hiện”."),
    (
        "sharing",
        (
            "đăng ký hộ kinh doanh và thuế “chưa có sự đồng bộ, liên thông”, "
            "“phải thực hiện trên cả hệ thống thông tin quốc gia”."
        ),
    ),
    (
        "citizens",
        "người dân “thiếu kiến thức, kỹ năng về công nghệ thông tin”, mất công hướng dẫn.",
    ),
    ("infrastructure", "hạ tầng CNTT “chưa được đầu tư đồng bộ”, khó kết nối, chia sẻ."),
    ("people", "“Nguồn nhân lực CNTT còn thiếu”."),
    ("money", "nhiều địa phương “chưa chủ động cân đối nguồn kinh phí”."),
    ("infrastructure", "chưa bảo đảm “chất lượng tín hiệu các cuộc họp trực tuyến”."),
    ("citizens", "tỷ lệ hồ sơ trực tuyến “mới đạt 47%”."),
    ("citizens", "tổ công nghệ số cộng đồng “hoạt động chưa mạnh”."),
)
OWN = (
    ("infrastructure", "Máy quét của quầy tiếp nhận hỏng, số hóa chậm."),
    ("software", "Trang tra cứu không mở được ở thôn có sóng yếu."),
)
HELP = "Mỗi sáng thứ bảy tổ công nghệ số ngồi tại nhà văn hóa thôn; quầy có máy và người giúp nộp."
ASKED = "Người dân chưa quen nộp hồ sơ trực tuyến thì làm thế nào?"


def tell(staff: Staff, era: Era, until: datetime, rng: random.Random) -> None:
    """By the services: told by the office of the province; one is asked of a ministry, one is answered."""
    day = day_of(until)
    names = names_for(era.province, written=day, today=day)
    office = names.find("Văn phòng UBND tỉnh")[0]
    raised = [
        _raise(office, kind, TOLD + text, until - timedelta(days=6, minutes=-number))
        for number, (kind, text) in enumerate(KHANH_HOA)
    ]
    for number, (kind, text) in enumerate(OWN):
        _raise(era.middle, kind, text, until - timedelta(days=2 - number))
    at = until - timedelta(days=3)
    norms, citizens = raised[0], raised[3]
    body = "Bộ Tài chính, Bộ Thông tin và Truyền thông"
    words = "“kiến nghị, xin ý kiến Bộ Tài chính”"
    solver = _leader(staff, norms.solver_id, until, rng)
    given: dict[str, Any] = {"body": body, "document": "000/UBND-KSTT", "words": words}
    obstacles.propose_upward(norms.uuid, **given, actor=solver, at=at)
    solver = _leader(staff, citizens.solver_id, until, rng)
    obstacles.answer(citizens.uuid, words=HELP, question=ASKED, actor=solver, at=at)


def _raise(agency: int, kind: str, text: str, at: datetime) -> Obstacle:
    return obstacles.raise_obstacle(Stuck(kind, text), agency=agency, actor=ACTOR, at=at)


def _leader(staff: Staff, agency: int, until: datetime, rng: random.Random) -> OfficerActor:
    """Somebody who answers for the agency; one is made where nobody is there yet."""
    since = day_of(until) - timedelta(days=460)
    places = [(agency, "agency-leader")]
    people.employ(staff, places, since=since, until=None, actor=ACTOR, at=until, rng=rng)
    return staff.at(agency, "agency-leader", rng)
