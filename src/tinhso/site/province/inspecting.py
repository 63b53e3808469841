"""Inspections of the demo: that of 2024 in Kon Tum as source 000 tells it, and one of today under way.

Of the source stand facts (number, day, units, contents, difficulties, recommendations) and short phrases in quotation
marks; whoever acts is made up, as are the days of visits and what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of, instant
from tinhso.inspections import services
from tinhso.inspections.models import FindingKind, Inspection, Outcome, TeamPost
from tinhso.kernel.actors import SystemActor
from tinhso.site.province import people, unblocking
from tinhso.tasks import services as tasks
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import NoticeKind, Task
from tinhso.tasks.models import State as TaskState
from tinhso.tasks.services import moving

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from tinhso.accounts.actors import OfficerActor
    from tinhso.inspections.models import Plan
    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff

ACTOR = SystemActor("demo")
CHECKLIST = "digital-transformation"
PLANNER, HEAD = "kon-tum", "kon-tum/so-thong-tin"
UNITS = (
    ("kon-tum/so-y-te", "hệ thống HIS, “Phần mềm quản lý hồ sơ sức khỏe điện tử”"),
    ("kon-tum/so-cong-thuong", "“Sàn thương mại điện tử tỉnh Kon Tum”, hội chợ trực tuyến"),
    ("kon-tum/so-lao-dong", "“phần mềm lưu trữ hồ sơ bảo hiểm thất nghiệp”"),
    ("kon-tum/so-van-hoa", ""),
    ("kon-tum/616", "tổ công nghệ số “đi từng ngõ, gõ từng nhà”"),
    ("kon-tum/615", "tổ công nghệ số “đi từng ngõ, gõ từng nhà”"),
    ("kon-tum/612", "tổ công nghệ số “đi từng ngõ, gõ từng nhà”"),
)
"""The seven units, and what the source says that each does well."""
DAY = date(2024, 6, 2)
FIRST_VISIT = date(2024, 6, 11)
TODAY = (
    ("steering.plan", "met", "Có kế hoạch năm, phân công rõ người, rõ việc."),
    ("steering.tasks", "partly", "Có theo dõi; cần cập nhật tiến độ hằng tuần."),
    ("government.online", "partly", "Hướng dẫn tại quầy tốt; thôn xa còn nộp giấy."),
    ("government.digitising", "unmet", "Kết quả cũ chưa số hóa; thiếu máy quét."),
    ("safety.protection", "met", "Máy đã cài phòng chống mã độc."),
)
OF_ITSELF = (
    ("steering.plan", "met", "Đã ban hành kế hoạch năm, giao từng đồng chí phụ trách."),
    ("government.online", "met", "Hướng dẫn nộp trực tuyến tại quầy và ở các thôn."),
    ("government.digitising", "partly", "Đang số hóa kết quả từ tháng 6; còn thiếu máy quét."),
)
SEEN = (
    (FindingKind.RESULT, "Tiếp nhận và trả kết quả đúng quy trình trên hệ thống."),
    (FindingKind.WEAKNESS, "Số hóa kết quả giải quyết còn chậm."),
    (FindingKind.CAUSE, "Một máy quét dùng chung cho ba quầy."),
    (FindingKind.PRACTICE, "Thứ bảy hằng tuần hỗ trợ nộp hồ sơ tại nhà văn hóa thôn."),
)
ASKED = (
    "Số hóa toàn bộ kết quả giải quyết phát sinh mới.",
    "Bố trí thêm máy quét cho bộ phận tiếp nhận.",
)
MENDED = ("Đối chiếu 30 hồ sơ, đều đã số hóa kết quả.", "Đã có hai máy quét mới tại quầy.")
MORNING, NOON, AFTERNOON = 8 * 60, 11 * 60, 15 * 60
NOTES = (
    (
        "steering.plan",
        "met",
        "Có “ban hành kế hoạch chuyển đổi số năm”, bám sát kế hoạch của tỉnh.",
    ),
    ("awareness.channels", "met", "Thông tin trên trang điện tử thường xuyên."),
    ("infrastructure.machines", "partly", "“Hạ tầng CNTT lạc hậu”, có nơi chưa đáp ứng."),
    ("people.specialist", "partly", "Nguồn lực “còn mỏng, yếu”."),
    ("people.training", "partly", "Có cử đi tập huấn; cần thường xuyên hơn."),
    ("safety.protection", "met", "Dùng “hệ thống phòng chống mã độc tập trung”."),
    ("government.online", "partly", "Tỷ lệ “chưa đảm bảo 100%”, nhất là ở các xã."),
    ("government.payment", "partly", "Thanh toán trực tuyến còn thấp."),
    ("government.sharing", "partly", "Theo Quyết định 528/QĐ-UBND, “chưa thực hiện đầy đủ”."),
    ("budget.granted", "met", "Có “quan tâm bố trí kinh phí”."),
)
DIFFICULTIES = (
    (
        "Hồ sơ trực tuyến “chưa đảm bảo 100%” theo chỉ đạo của UBND tỉnh; "
        "“Triển khai thanh toán phí, lệ phí trực tuyến còn thấp”."
    ),
    "Nguồn lực hỗ trợ “còn mỏng, yếu”; “Hạ tầng CNTT lạc hậu”.",
    "“Việc cung cấp dữ liệu dùng chung, dữ liệu mở của ngành” còn thiếu, “chưa thực hiện đầy đủ”.",
    "Chuyển đổi số và “xã nông thôn mới thông minh” thì “còn lúng túng, khó khăn”.",
    "Người dân “chưa có thói quen”, “chưa rõ ràng về việc chứng thực” trên mạng.",
)
REQUESTED = (
    "triển khai có hiệu quả các phần mềm công nghệ thông tin",
    "nâng cấp hạ tầng",
    "nghiên cứu triển khai các ứng dụng AI",
    "quan tâm hơn nữa tới việc đào tạo cán bộ",
    "đổi mới công tác tuyên truyền",
)
"""What the head of the team asked for when he concluded."""
RECOMMENDED = (
    "Nâng cao “nhận thức, trách nhiệm của tập thể lãnh đạo đơn vị” và người đứng đầu.",
    (
        "Số hóa, “luân chuyển hồ sơ theo quy trình đã được thiết lập”, "
        "“bảo đảm thống nhất, chính xác với số lượng hồ sơ giấy”."
    ),
    "Cán bộ “gương mẫu trong thanh toán phí, lệ phí trực tuyến” và vận động người dân.",
    "“Quan tâm triển khai cung cấp dữ liệu dùng chung”, dữ liệu mở theo Quyết định 528/QĐ-UBND.",
    "“Tăng cường tập huấn, bồi dưỡng”, “nâng cao kỹ năng của cán bộ công chức”.",
    *(f"Theo kết luận của Trưởng đoàn: “{one}”." for one in REQUESTED),
)
CONCLUDED = f"{', '.join(f'“{one}”' for one in REQUESTED)}."
SPEAKS = "thay mặt đơn vị"
OF_UNIT = "Nhất trí với nhận định của đoàn; đề nghị tỉnh hỗ trợ về máy móc, tập huấn."
OF_TEAM = "Ghi nhận ý kiến của đơn vị; đề nghị thực hiện các kiến nghị đúng hạn."

POSTS = (TeamPost.HEAD, TeamPost.MEMBER, TeamPost.SECRETARY)
MONTH = 30
TAKES_OVER = "Sở Khoa học và Công nghệ"


def inspect(staff: Staff, era: Era, until: datetime, rng: random.Random) -> None:
    """Play both plans by the services; figures must be in the warehouse."""
    if day_of(until) > DAY + timedelta(days=2 * MONTH):
        _of_2024(staff, until, rng)
        _go_on(staff, era, until)
    of_today(staff, era, until, rng)


def _of_2024(staff: Staff, until: datetime, rng: random.Random) -> None:
    """The seven units: what was found and asked for; the source does not tell what became of it, nor by when."""
    keys = (PLANNER, HEAD, *(key for key, _ in UNITS))
    agencies = dict(Agency.objects.filter(key__in=keys).values_list("key", "pk"))
    offices = list(agencies.values())
    begins, ends = date(DAY.year, 1, 1), date(DAY.year + 1, 2, 28)
    places = [(agency, "agency-leader") for agency in offices]
    places += [(agencies[HEAD], "specialist"), (agencies[PLANNER], "specialist")]
    people.employ(staff, places, since=begins, until=ends, actor=ACTOR, at=until, rng=rng)
    who = {agency: staff.at(agency, "agency-leader", rng) for agency in offices}
    clerk = staff.at(agencies[HEAD], "specialist", rng)
    chair = who[agencies[PLANNER]]
    days = [FIRST_VISIT + timedelta(days=n + n // 4 * 3) for n in range(len(UNITS))]
    facts = services.PlanFacts(
        number="1905/KH-BCĐ",
        issued_on=DAY,
        title="Kế hoạch kiểm tra công tác chuyển đổi số năm 2024",
        first=date(2023, 1, 1),
        last=date(2024, 5, 31),
        checklist=CHECKLIST,
        team=[
            services.Member(one.name, post, one.user)
            for one, post in ((who[agencies[HEAD]], TeamPost.HEAD), (clerk, TeamPost.SECRETARY))
        ],
        visits=[
            services.Visit(agencies[key], on) for (key, _), on in zip(UNITS, days, strict=True)
        ],
    )
    at = instant(DAY + timedelta(days=1), MORNING)
    plan = services.plan_inspections(facts, agency=agencies[PLANNER], actor=chair, at=at)
    for number, (key, good) in enumerate(UNITS, start=1):
        inspection = plan.inspections.get(unit=agencies[key])
        head = who[inspection.unit_id]
        _hold(inspection, clerk, NOTES, good)
        _sit(inspection, clerk, head, AFTERNOON)
        _agree(inspection, clerk, head)
        at = instant(inspection.visit_on, AFTERNOON) + timedelta(hours=1)
        given = f"{number:02d}/KL-ĐKT (thử nghiệm)"
        services.conclude(inspection.uuid, number=given, words=CONCLUDED, actor=chair, at=at)
        _accept(inspection, head, at + timedelta(days=2))
    held = list(plan.inspections.select_related("plan").order_by("visit_on"))
    unblocking.unblock(held, who, at + timedelta(days=1))


def _go_on(staff: Staff, era: Era, until: datetime) -> None:
    """Tasks of units that ended since go to who followed alone; of those that were divided, to who answers for it."""
    moving.follow_ended(actor=ACTOR, at=until)
    on = day_of(until)
    back = Task.objects.filter(state=TaskState.RETURNED, notice__kind=NoticeKind.INSPECTION)
    for task in back.order_by("pk"):
        names = names_for(task.agency_id, written=on, today=on)
        is_ours = task.agency_id == era.province
        who = staff.by_place[era.province, "agency-leader"][0] if is_ours else ACTOR
        lead = names.find(TAKES_OVER)[0]
        words = f"Đơn vị cũ đã kết thúc hoạt động; giao {TAKES_OVER} theo lĩnh vực."
        tasks.give(task.uuid, lead=lead, words=words, actor=who, at=until)


def _hold(
    inspection: Inspection, who: OfficerActor, notes: Sequence[tuple[str, str, str]], good: str
) -> None:
    """What is noted on site, found, and asked for."""
    at = instant(inspection.visit_on, MORNING + 30)
    places = dict(inspection.items.values_list("code", "ordinal"))
    _note(inspection, who, notes, at)
    if good:
        practice = f"Triển khai tốt: {good}."
        kind = FindingKind.PRACTICE
        services.find(
            inspection.uuid, kind=kind, text=practice, actor=who, at=at + timedelta(hours=2)
        )
    for text in DIFFICULTIES:
        services.find(
            inspection.uuid,
            kind=FindingKind.WEAKNESS,
            text=text,
            ordinal=places.get("government.online") if text is DIFFICULTIES[0] else None,
            actor=who,
            at=at + timedelta(hours=2),
        )
    for text in RECOMMENDED:
        services.recommend(inspection.uuid, text=text, actor=who, at=at + timedelta(hours=2))


def _note(
    inspection: Inspection,
    who: OfficerActor,
    notes: Sequence[tuple[str, str, str]],
    at: datetime,
) -> None:
    places = dict(inspection.items.values_list("code", "ordinal"))
    for number, (code, judgement, text) in enumerate(notes):
        services.note(
            inspection.uuid,
            places[code],
            text=text,
            judgement=judgement,
            expected=0,
            actor=who,
            at=at + timedelta(minutes=7 * number),
        )


def _sit(inspection: Inspection, clerk: OfficerActor, head: OfficerActor, ends: int) -> None:
    """When and where both sides sat together that day."""
    on = inspection.visit_on
    facts = services.SittingFacts(
        place=f"Trụ sở {name_of(inspection.unit_id, on)}",
        begins_at=instant(on, MORNING),
        ends_at=instant(on, ends),
        attendees=[services.Present(head.name, SPEAKS)],
        unit_opinion=OF_UNIT,
        team_opinion=OF_TEAM,
    )
    at = instant(on, ends)
    services.sit(inspection.uuid, facts=facts, expected=0, actor=clerk, at=at)


def _agree(inspection: Inspection, clerk: OfficerActor, head: OfficerActor) -> None:
    at = instant(inspection.visit_on, AFTERNOON)
    services.seal(inspection.uuid, actor=clerk, at=at)
    services.agree(inspection.uuid, words="Nhất trí.", actor=head, at=at + timedelta(minutes=20))


def _accept(inspection: Inspection, head: OfficerActor, at: datetime) -> None:
    for one in inspection.recommendations.select_related("task").order_by("ordinal"):
        if one.task is not None:
            tasks.accept(one.task.uuid, actor=head, at=at)


@dataclass
class _Today:
    """The plan of this year: closed, being remedied, before the unit, under way today, to come."""

    staff: Staff
    era: Era
    until: datetime
    rng: random.Random

    def __post_init__(self) -> None:
        day = day_of(self.until)
        names = names_for(self.era.province, written=day, today=day)
        self.chair = self.staff.by_place[self.era.province, "agency-leader"][0]
        self.clerk = self.staff.by_place[self.era.province, "task-follower"][0]
        others = [unit for unit in self.era.communes if unit != self.era.middle]
        self.done, self.coming = others[0], others[1]
        self.health = names.find("Sở Y tế")[0]
        self.science = names.find("Sở Khoa học và Công nghệ")[0]
        finance = names.find("Sở Tài chính")[0]
        units = (self.done, self.coming, self.health, self.science, finance)
        people.employ(
            self.staff,
            [(unit, "agency-leader") for unit in units],
            since=day - timedelta(days=460),
            until=None,
            actor=ACTOR,
            at=self.until,
            rng=self.rng,
        )
        self.member = self.staff.at(finance, "agency-leader", self.rng)

    def play(self) -> None:
        day = day_of(self.until)
        plan = self._plan(day)
        inspections = {one.unit_id: one for one in plan.inspections.select_related("plan")}
        done, health = inspections[self.done], inspections[self.health]
        for one in (done, health, inspections[self.science]):
            self._visit(one)
        for number, one in ((1, done), (2, health)):
            head = self.staff.at(one.unit_id, "agency-leader", self.rng)
            at = instant(one.visit_on, AFTERNOON)
            services.agree(one.uuid, words="Nhất trí.", actor=head, at=at)
            at += timedelta(days=1)
            given = f"00{number}/KL-UBND"
            services.conclude(one.uuid, number=given, actor=self.chair, at=at)
            _accept(one, head, at + timedelta(hours=2))
            if one == health:
                cause = one.findings.select_related("inspection").get(kind=FindingKind.CAUSE)
                unblocking.raise_it(cause, head, "infrastructure", at)
        self._recheck(done, day)
        middle = inspections[self.era.middle]
        for unit in (self.era.middle, self.coming):
            at = self.until - timedelta(hours=2)
            services.prepare(inspections[unit].uuid, actor=self.clerk, at=at)
        self._of_itself(middle)
        _note(middle, self.clerk, TODAY[:2], self.until - timedelta(minutes=90))

    def _of_itself(self, inspection: Inspection) -> None:
        """The unit reported the day before; with some of it the team does not agree."""
        places = dict(inspection.items.values_list("code", "ordinal"))
        services.report_self(
            inspection.uuid,
            said=[services.SelfSaid(places[code], *told) for code, *told in OF_ITSELF],
            expected=0,
            actor=self.staff.by_place[inspection.unit_id, "agency-leader"][0],
            at=self.until - timedelta(days=1),
        )

    def _plan(self, day: date) -> Plan:
        first = day.replace(day=1) - timedelta(days=1)
        visits = (
            (self.done, -13),
            (self.health, -10),
            (self.science, -3),
            (self.era.middle, 0),
            (self.coming, 4),
        )
        facts = services.PlanFacts(
            number="000/KH-UBND",
            issued_on=day - timedelta(days=20),
            title=f"Kế hoạch kiểm tra cải cách hành chính, chuyển đổi số năm {day.year}",
            first=date(first.year, 1, 1),
            last=first,
            checklist=CHECKLIST,
            team=[
                services.Member(one.name, post, one.user)
                for one, post in zip((self.chair, self.member, self.clerk), POSTS, strict=True)
            ],
            visits=[services.Visit(unit, day + timedelta(days=days)) for unit, days in visits],
        )
        at = self.until - timedelta(days=19)
        return services.plan_inspections(facts, agency=self.era.province, actor=self.chair, at=at)

    def _visit(self, inspection: Inspection) -> None:
        at = instant(inspection.visit_on, MORNING)
        _note(inspection, self.clerk, TODAY, at)
        late = at + timedelta(hours=2)
        for kind, text in SEEN:
            services.find(inspection.uuid, kind=kind, text=text, actor=self.clerk, at=late)
        asked_by = inspection.visit_on + timedelta(days=2 * MONTH)
        for text in ASKED:
            services.recommend(
                inspection.uuid, text=text, deadline_on=asked_by, actor=self.clerk, at=late
            )
        head = self.staff.by_place[inspection.unit_id, "agency-leader"][0]
        _sit(inspection, self.clerk, head, NOON)
        services.seal(inspection.uuid, actor=self.clerk, at=instant(inspection.visit_on, NOON))

    def _recheck(self, done: Inspection, day: date) -> None:
        at = instant(day - timedelta(days=4), MORNING)
        for number, text in enumerate(MENDED, start=1):
            services.recheck(
                done.uuid, number, outcome=Outcome.DONE, words=text, actor=self.clerk, at=at
            )
        services.close(done.uuid, actor=self.chair, at=at + timedelta(hours=3))


def of_today(staff: Staff, era: Era, until: datetime, rng: random.Random) -> None:
    """Those of this year, up to the hour; the five hold figures where the warehouse has some."""
    _Today(staff, era, until, rng).play()
