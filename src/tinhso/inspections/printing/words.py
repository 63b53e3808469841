"""The minutes and the report of an inspection in the words of their papers. Vietnamese, whatever the page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import translation

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of, local
from tinhso.inspections.models import FindingKind, Judgement, MinutesKind, TeamPost
from tinhso.inspections.queries.sheets import Sheet, ShownFigure, sheets
from tinhso.inspections.queries.sittings import sitting_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from tinhso.inspections.models import Inspection, Plan, Sitting

Block = dict[str, Any]
"""`{"heading": …}`, `{"text": …}`, `{"line": …}` (with a dash) or `{"table": rows, "headings": …}`."""
TEAM = "Đoàn kiểm tra"
FEBRUARY = 2
NO_BREAK = "\N{NO-BREAK SPACE}"
FIGURES = ["Chỉ tiêu", "Hệ thống tính", "Đơn vị báo cáo", "Báo cáo lệch"]


def minutes_words(inspection: Inspection) -> dict[str, Any]:
    """What both sides agree to (biên bản kiểm tra): nothing in it depends on who agrees when."""
    with translation.override("vi"):
        plan, visit = inspection.plan, inspection.visit_on
        unit, sitting = name_of(inspection.unit_id, visit), sitting_of(inspection)
        return {
            "kind": "Biên bản",
            "about": f"Kiểm tra tại {unit}",
            "parent": _in_full(name_of(plan.agency_id, visit)),
            "agency": TEAM,
            "number": "          /BB-ĐKT",
            "date": _dated(day_of(sitting.begins_at) if sitting else visit),
            "title": f"Biên bản kiểm tra tại {unit}",
            "blocks": [
                *_opening(inspection, unit, sitting),
                *_body(inspection),
                *_ending(sitting),
            ],
            "left": ("Đại diện đơn vị được kiểm tra", _speaker(sitting)),
            "right": ("Trưởng đoàn", _head(plan)),
        }


def minutes_paper(inspection: Inspection) -> dict[str, Any]:
    """The minutes with what the unit said when it agreed."""
    words = minutes_words(inspection)
    agreed = inspection.minutes_acts.filter(kind=MinutesKind.AGREED).order_by("-pk").first()
    opinion = agreed.words if agreed else ""
    words["blocks"] += _opinion("Ý kiến của đơn vị khi thông qua biên bản", opinion)
    ending = (
        f"Biên bản được đại diện đơn vị thông qua lúc {local(agreed.at):%H:%M} "
        f"ngày {_short(day_of(agreed.at))}."
        if agreed
        else "Biên bản lập thành 02 bản, mỗi bên giữ 01 bản."
    )
    words["blocks"].append({"text": ending})
    return {**words, "draft": agreed is None}


def report_paper(inspection: Inspection) -> dict[str, Any]:
    """The report of the team (báo cáo kết quả kiểm tra), with what was recommended and what became of it."""
    with translation.override("vi"):
        plan = inspection.plan
        unit = name_of(inspection.unit_id, inspection.visit_on)
        conclusion = getattr(inspection, "conclusion", None)
        blocks = [*_opening(inspection, unit), *_body(inspection)]
        if conclusion is not None and conclusion.words:
            heading = f"Kết luận (số {conclusion.number})"
            blocks += [{"heading": heading}, {"text": conclusion.words}]
        return {
            "kind": "Báo cáo",
            "about": f"Kết quả kiểm tra tại {unit}",
            "parent": _in_full(name_of(plan.agency_id, inspection.visit_on)),
            "agency": TEAM,
            "number": "          /BC-ĐKT",
            "draft": conclusion is None,
            "date": _dated(inspection.visit_on),
            "title": f"Báo cáo kết quả kiểm tra tại {unit}",
            "blocks": blocks,
            "recipients": ["Như trên;", "Lưu: VT."],
            "right": ("Trưởng đoàn", _head(plan)),
        }


def _opening(inspection: Inspection, unit: str, sitting: Sitting | None = None) -> Iterator[Block]:
    plan = inspection.plan
    visit = day_of(sitting.begins_at) if sitting else inspection.visit_on
    yield {
        "text": f"Thực hiện {plan.title} (số {plan.number} ngày {_short(plan.issued_on)}), ngày "
        f"{_short(visit)} đoàn kiểm tra làm việc tại {unit}. Thời kỳ kiểm tra từ "
        f"ngày {_short(plan.first)} đến ngày {_short(plan.last)}."
    }
    if sitting is not None:
        yield {"text": f"Thời gian bắt đầu: {_moment(sitting.begins_at)}."}
        yield {"text": f"Địa điểm: {sitting.place.rstrip('.')}."}
    yield {"heading": "Thành phần đoàn kiểm tra"}
    for one in plan.team.order_by("ordinal"):
        yield {"line": f"{one.name}, {TeamPost(one.post).label}"}
    if sitting is not None:
        yield {"heading": "Thành phần của đơn vị được kiểm tra"}
        for person in sitting.attendees.all():
            yield {"line": str(person)}


def _ending(sitting: Sitting | None) -> Iterator[Block]:
    """What both sides said of what was found, and when they parted."""
    if sitting is None:
        return
    for heading, opinion in (
        ("Ý kiến của đơn vị được kiểm tra", sitting.unit_opinion),
        ("Ý kiến của đoàn kiểm tra", sitting.team_opinion),
    ):
        yield from _opinion(heading, opinion)
    if sitting.ends_at is not None:
        yield {"text": f"Buổi làm việc kết thúc lúc {_moment(sitting.ends_at)}."}


def _opinion(heading: str, opinion: str) -> Iterator[Block]:
    """What one side said, a paragraph a line."""
    lines = [line.strip() for line in opinion.splitlines() if line.strip()]
    if lines:
        yield {"heading": heading}
    for line in lines:
        yield {"text": line}


def _speaker(sitting: Sitting | None) -> str:
    """Who signs for the unit: the first of its people."""
    people = list(sitting.attendees.all()) if sitting else []
    return people[0].name if people else ""


def _body(inspection: Inspection) -> Iterator[Block]:
    found = sheets(inspection)
    for number, (group, part) in enumerate(groupby(found, key=lambda s: s.group), start=1):
        written = [block for sheet in part for block in _criterion(sheet)]
        yield {"heading": f"{number}. {group}"}
        yield from written or [{"text": "Không ghi nhận."}]
    yield from _findings(inspection)
    asked = list(inspection.recommendations.filter(is_dropped=False).order_by("ordinal"))
    yield {"heading": "Kiến nghị"}
    if not asked:
        yield {"text": "Không có."}
    for place, one in enumerate(asked, start=1):
        day = f" (hoàn thành trước ngày {_short(one.deadline_on)})" if one.deadline_on else ""
        yield {"text": f"{place}. {one.text.rstrip('.;')}{day}."}


def _criterion(sheet: Sheet) -> Iterator[Block]:
    """What was noted of a criterion and the figures that there are; one with neither stands in no paper."""
    told = sheet.note.note.text if sheet.note else ""
    judged = f" Đánh giá: {sheet.judgement}." if sheet.note and sheet.note.note.judgement else ""
    rows = [
        [one.name, one.value or one.why, _reported(one), one.difference or "—"]
        for one in sheet.figures
        if one.value or one.reported
    ]
    own = _of_itself(sheet)
    if told or judged or rows or own:
        said = f" {told.rstrip('. ')}." if told.strip() else ""
        yield {"text": f"{sheet.text.rstrip('.')}.{said}{judged}{own}"}
    if rows:
        yield {"table": rows, "headings": FIGURES}


def _of_itself(sheet: Sheet) -> str:
    """What the unit said of itself before the visit."""
    if sheet.own is None:
        return ""
    judged = [Judgement(sheet.own.judgement).label] if sheet.own.judgement else []
    told = [sheet.own.text.rstrip(". ")] if sheet.own.text else []
    said = "; ".join(map(str, [*judged, *told]))
    return f" Đơn vị tự báo cáo: {said}." if said else ""


def _reported(one: ShownFigure) -> str:
    """What the unit said, of which days, and what the records say of these: the difference is between the two."""
    if not one.reported:
        return "—"
    beside = f"; hệ thống tính cùng kỳ {one.beside}" if one.beside else ""
    return f"{one.reported} ({one.days}{beside})"


def _findings(inspection: Inspection) -> Iterator[Block]:
    standing = list(inspection.findings.filter(is_dropped=False).order_by("pk"))
    for kind in FindingKind:
        of_kind = [one for one in standing if one.kind == kind]
        if of_kind:
            yield {"heading": str(kind.label)}
        for one in of_kind:
            yield {"line": one.text}


def _head(plan: Plan) -> str:
    head = plan.team.filter(post=TeamPost.HEAD).first()
    return head.name if head else ""


def _moment(at: datetime) -> str:
    return f"{local(at):%H} giờ {local(at):%M} phút, {_dated(day_of(at))}"


def _dated(day: date) -> str:
    return f"ngày {day:%d} tháng {_month(day)} năm {day:%Y}"


def _short(day: date) -> str:
    return f"{day:%d}/{_month(day)}/{day:%Y}"


def _month(day: date) -> str:
    """January and February have a nought before them, as NĐ 30/2020/NĐ-CP wants it; the others none."""
    return f"{day:%m}" if day.month <= FEBRUARY else str(day.month)


def _in_full(name: str) -> str:
    """Without abbreviation; a line may break before the name of the place, not within it."""
    if not name.startswith("UBND "):
        return name
    return f"Ủy ban nhân dân {name.removeprefix('UBND ').replace(' ', NO_BREAK)}"
