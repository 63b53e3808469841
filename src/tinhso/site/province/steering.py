"""A conclusion notice of the demo: reviewed, issued; a task late, one with more time asked for, one returned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import Agency, AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.models import Dossier
from tinhso.kernel.actors import SystemActor
from tinhso.site.dossier_ties import WAITING
from tinhso.site.province import people
from tinhso.tasks import services
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import Notice, Task
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.services.recurring import open_periods
from tinhso.tasks.services.reviewing import items_of

if TYPE_CHECKING:
    import random

    from tinhso.accounts.actors import OfficerActor
    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff

ACTOR = SystemActor("demo")
BACKLOG, MORNING = 8, 8 * 60
WRITTEN = 40
"""Days before the demo's day on which the meeting was held."""
TEXT = """\
ỦY BAN NHÂN DÂN TỈNH
VĂN PHÒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 000/TB-VP
Quảng Ngãi, ngày {written:%d} tháng {written:%m} năm {written:%Y}
THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh tại cuộc họp về giải quyết thủ tục hành chính

Ngày {written:%d/%m/%Y}, đồng chí Chủ tịch UBND tỉnh chủ trì cuộc họp với các sở, ban, ngành và các xã, phường, đặc khu.
Sau khi nghe báo cáo và ý kiến của các thành viên dự họp, đồng chí Chủ tịch UBND tỉnh kết luận, chỉ đạo như sau:
I. Đánh giá chung
1. Các địa phương đã tích cực triển khai; tỷ lệ đúng hạn tăng so với tháng trước.
2. Tuy nhiên, việc số hóa kết quả còn chậm; một số xã chưa đủ máy quét.
II. Nhiệm vụ trong thời gian tới
1. Sở Khoa học và Công nghệ:
a) Nâng cấp đường truyền cho 12 xã miền núi, hoàn thành trước ngày {late:%d/%m/%Y}.
b) Chủ trì, phối hợp với Công an tỉnh kiểm tra an toàn thông tin của Hệ thống giải quyết thủ tục hành chính, \
báo cáo UBND tỉnh trước ngày {soon:%d/%m/%Y}.
2. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính hướng dẫn bố trí biên chế cho các Trung tâm cấp xã, \
xong trước ngày {soon:%d/%m/%Y}.
3. Sở Y tế rà soát danh mục thiết bị của các trạm y tế, hoàn thành trước ngày {far:%d/%m/%Y}.
4. Sở Tài chính thẩm định dự toán mua sắm máy quét, xong trước ngày {past:%d/%m/%Y}.
5. UBND các xã, phường, đặc khu:
- Bố trí tối thiểu hai quầy tiếp nhận tại mỗi trung tâm, hoàn thành trước ngày {far:%d/%m/%Y};
- Nâng tỷ lệ hồ sơ giải quyết đúng hạn lên ít nhất 95%, hoàn thành trước ngày {far:%d/%m/%Y};
- Giải quyết dứt điểm các hồ sơ còn tồn, hoàn thành trước ngày {far:%d/%m/%Y}.
Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
"""
WEEKLY = """\
THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh tại buổi giao ban
Số: 002/TB-VP
Quảng Ngãi, ngày {written:%d} tháng {written:%m} năm {written:%Y}
Đồng chí Chủ tịch UBND tỉnh kết luận, chỉ đạo như sau:
1. UBND các xã, phường, đặc khu công khai số hồ sơ trễ hạn trên trang thông tin điện tử, cập nhật hằng tuần.
"""
EAGER = 0.25
"""Of the communes so many have published this week's numbers."""
DIVISIONS = {"an-toan": "Phòng An toàn thông tin", "ha-tang": "Phòng Hạ tầng số"}
"""What the department of science divides a task among, by the end of their keys."""
SHARE = "Kiểm tra an toàn thông tin phần việc của phòng, gửi kết quả về Văn phòng Sở."
NEXT = """\
THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh tại buổi làm việc về chuyển đổi số
Số: 001/TB-VP
Quảng Ngãi, ngày {written:%d} tháng {written:%m} năm {written:%Y}
Đồng chí Chủ tịch UBND tỉnh kết luận, chỉ đạo như sau:
1. Sở TT&TT chủ trì, phối hợp với Công an tỉnh rà soát các vùng lõm sóng, hoàn thành trước ngày {far:%d/%m/%Y}.
2. Giao Tổ giúp việc Ban Chỉ đạo tổng hợp khó khăn của các địa phương, báo cáo định kỳ tháng.
"""


def steer(staff: Staff, era: Era, until: datetime, rng: random.Random) -> None:
    """Play the notice with the people of the demo, and leave a second one to be reviewed."""
    today = day_of(until)
    names = names_for(era.province, written=today, today=today)
    leads = {
        name: names.find(name)[0]
        for name in ("Sở Khoa học và Công nghệ", "Sở Nội vụ", "Sở Y tế", "Sở Tài chính")
    }
    shown: dict[str, Any] = {"since": today - timedelta(days=460), "actor": ACTOR, "at": until}
    follower = people.sign_in_for(
        *(staff, "task-follower", "Chuyên viên theo dõi nhiệm vụ", "Mai", era.province),
        deep=False,
        **shown,
    )
    science = leads["Sở Khoa học và Công nghệ"]
    people.sign_in_for(
        *(staff, "agency-leader", "Lãnh đạo Sở Khoa học và Công nghệ", "Quang", science),
        deep=True,
        **shown,
    )
    places = [(agency, "agency-leader") for agency in (*leads.values(), era.middle)]
    people.employ(staff, places, since=shown["since"], until=None, actor=ACTOR, at=until, rng=rng)
    chair = staff.by_place[era.province, "agency-leader"][0]
    _issue(TEXT, follower, chair, era, until - timedelta(days=WRITTEN))
    _carry_out(staff, leads, era, until, rng)
    _tie(staff, follower, era, until, rng)
    _divide(staff, science, until, rng)
    _every_week(staff, follower, era, until, rng)
    _bring(NEXT, follower, era, until - timedelta(hours=20), days_ago=2)


def _bring(text: str, follower: OfficerActor, era: Era, at: datetime, *, days_ago: int) -> Notice:
    day = day_of(at)
    days: dict[str, date] = {
        "written": day - timedelta(days=days_ago),
        "late": day + timedelta(days=21 - days_ago),
        "past": day + timedelta(days=WRITTEN - 6 - days_ago),
        "soon": day + timedelta(days=WRITTEN + 5 - days_ago),
        "far": day + timedelta(days=WRITTEN + 45 - days_ago),
    }
    brought = services.Brought(text=text.format(**days))
    return services.bring_in(brought, agency=era.province, actor=follower, at=at)


def _issue(
    text: str, follower: OfficerActor, chair: OfficerActor, era: Era, at: datetime
) -> Notice:
    notice = _bring(text, follower, era, at, days_ago=1)
    for number, item in enumerate(items_of(notice.reviews.get())):
        services.edit(
            notice.uuid,
            item.key,
            {"follower": follower.user},
            expected=number,
            actor=follower,
            at=at,
        )
    last = notice.reviews.latest("number").number
    services.confirm(notice.uuid, expected=last, actor=chair, at=at + timedelta(hours=3))
    return notice


def _every_week(
    staff: Staff, follower: OfficerActor, era: Era, until: datetime, rng: random.Random
) -> None:
    """Ordered on Monday of this week, due on its Sunday; some communes have done this week's work already."""
    today = day_of(until)
    monday = instant(today - timedelta(days=today.weekday()), MORNING)
    chair = staff.by_place[era.province, "agency-leader"][0]
    notice = _issue(WEEKLY, follower, chair, era, min(monday, until - timedelta(hours=3)))
    open_periods(actor=ACTOR, at=until)
    periods = Task.objects.filter(standing__notice=notice).order_by("ordinal")
    done = [task for task in periods if rng.random() < EAGER]
    places, since = [(task.lead_id, "agency-leader") for task in done], today - timedelta(days=90)
    people.employ(staff, places, since=since, until=None, actor=ACTOR, at=until, rng=rng)
    shown = Shown(value="000/BC-UBND", note="Số hồ sơ trễ hạn")
    for task in done:
        who = staff.at(task.lead_id, "agency-leader", rng)
        services.accept(task.uuid, actor=who, at=until)
        services.give_evidence(task.uuid, shown, actor=who, at=until)
        services.propose_completion(task.uuid, words="Đã công khai.", actor=who, at=until)
        services.confirm_completion(task.uuid, actor=chair, at=until)


def _carry_out(
    staff: Staff, leads: dict[str, int], era: Era, until: datetime, rng: random.Random
) -> None:
    """Science is late with one task, home affairs asks for time, health returns, finance is done, a commune reports."""
    tasks = Task.objects.order_by("ordinal")
    begun = until - timedelta(days=WRITTEN - 2)
    late, near = tasks.filter(lead=leads["Sở Khoa học và Công nghệ"])
    for task in (late, near):
        who = staff.at(task.lead_id, "agency-leader", rng)
        services.accept(task.uuid, actor=who, at=begun)
    who = staff.at(late.lead_id, "agency-leader", rng)
    at = until - timedelta(days=9)
    told = "Xong 8 xã; còn 4 xã chờ dựng cột."
    services.report_progress(late.uuid, words=told, percent=66, actor=who, at=at)
    home = tasks.get(lead=leads["Sở Nội vụ"])
    who = staff.at(home.lead_id, "agency-leader", rng)
    services.accept(home.uuid, actor=who, at=begun)
    more = (home.deadline_on or day_of(until)) + timedelta(days=20)
    why = "Chờ ý kiến của Sở Tài chính về định mức."
    services.ask_extension(home.uuid, until=more, reason=why, actor=who, at=at)
    health = tasks.get(lead=leads["Sở Y tế"])
    who = staff.at(health.lead_id, "agency-leader", rng)
    why = "Trạm y tế thuộc UBND cấp xã quản lý, đề nghị giao các xã rà soát."
    services.return_task(health.uuid, reason=why, actor=who, at=begun)
    finance = tasks.get(lead=leads["Sở Tài chính"])
    _finish(finance, staff.at(finance.lead_id, "agency-leader", rng), begun, at)
    mine = tasks.filter(lead=era.middle)[0]
    who = staff.at(era.middle, "agency-leader", rng)
    services.accept(mine.uuid, actor=who, at=begun)
    services.report_progress(mine.uuid, words="Đã bố trí một quầy.", percent=50, actor=who, at=at)


def _tie(
    staff: Staff, follower: OfficerActor, era: Era, until: datetime, rng: random.Random
) -> None:
    """What is on time shows one task of the commune to be done, the backlog of that day the other."""
    at = until - timedelta(days=WRITTEN - 2)
    first = (day_of(at) - timedelta(days=60)).replace(day=1)
    days = {"first": first.isoformat(), "last": (day_of(at) - timedelta(days=1)).isoformat()}
    figure = {"indicator": "on-time-ratio", "scope": "lead", "value": "95", **days}
    lead = staff.at(era.middle, "agency-leader", rng)
    on_time, settled = Task.objects.filter(lead=era.middle).order_by("ordinal")[1:]
    chair = staff.by_place[era.province, "agency-leader"][0]
    backlog = _settled_since(era.middle, at)
    left = {"numbers": "\n".join(backlog)} if backlog else days
    for task, kind, facts, who in (
        (on_time, "figure", figure, follower),
        (settled, "dossiers", left, chair),
    ):
        services.accept(task.uuid, actor=lead, at=at)
        services.tie(task.uuid, kind=kind, facts=facts, actor=who, at=at)


def _settled_since(agency: int, at: datetime) -> list[str]:
    """Numbers of dossiers that the agency had received by then, and has settled by now; the latest."""
    there = Dossier.objects.filter(competent_agency=agency, received_at__lt=at)
    found = there.exclude(state__in=WAITING).exclude(number=None).order_by("-received_at")
    return [str(number) for number in found.values_list("number", flat=True)[:BACKLOG]]


def _divide(staff: Staff, science: int, until: datetime, rng: random.Random) -> None:
    """Science divides what is near between two divisions: one has begun, the other has not taken its share yet."""
    at = until - timedelta(days=WRITTEN - 3)
    whole = Task.objects.filter(lead=science).latest("ordinal")
    parent, since = Agency.objects.get(pk=science).key, day_of(until) - timedelta(days=90)
    units = []
    for place, name in DIVISIONS.items():
        facts = {"name": name, "parent": parent, "level": Level.PROVINCE}
        known: dict[str, Any] = {"kind": AgencyKind.DIVISION, "facts": facts, "since": since}
        units.append(establish(key=f"{parent}/{place}", **known, actor=ACTOR, at=at).pk)
    places = [(unit, "agency-leader") for unit in units]
    people.employ(staff, places, since=since, until=None, actor=ACTOR, at=at, rng=rng)
    lead = staff.at(science, "agency-leader", rng)
    day = (whole.deadline_on or day_of(until)) - timedelta(days=2)
    shares = services.share_out(
        whole.uuid, units=units, text=SHARE, deadline_on=day, actor=lead, at=at
    )
    begun = next(share for share in shares if share.lead_id == units[0])
    head = staff.at(units[0], "agency-leader", rng)
    services.accept(begun.uuid, actor=head, at=at + timedelta(hours=2))
    said, when = "Đã rà soát máy chủ; còn đường truyền.", until - timedelta(days=4)
    services.report_progress(begun.uuid, words=said, percent=60, actor=head, at=when)


def _finish(task: Task, who: OfficerActor, begun: datetime, at: datetime) -> None:
    services.accept(task.uuid, actor=who, at=begun)
    shown = Shown(value="000/BC-STC", note="Báo cáo thẩm định")
    services.give_evidence(task.uuid, shown, actor=who, at=at)
    services.propose_completion(task.uuid, words="Đã thẩm định xong.", actor=who, at=at)
