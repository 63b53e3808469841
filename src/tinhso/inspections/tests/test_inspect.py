"""An inspection from plan to closing: filled in, noted by several, agreed by both, its remedies become tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image

from tests.worlds import begun_with
from tinhso.events.models import Event
from tinhso.indicators.models import ReportedFigure
from tinhso.indicators.models.reports import Source
from tinhso.indicators.reports.figures import Taken
from tinhso.inspections import errors, filling, services
from tinhso.inspections.models import (
    Closing,
    Conclusion,
    Finding,
    FindingKind,
    Inspection,
    MinutesAct,
    Note,
    Outcome,
    Photo,
    Plan,
    Recommendation,
    State,
    TeamMember,
    TeamPost,
)
from tinhso.inspections.naming import subjects_called
from tinhso.inspections.pages.inspection import with_words
from tinhso.inspections.printing.words import minutes_paper, report_paper
from tinhso.inspections.queries.plans import over_years, side_by_side, visits
from tinhso.inspections.queries.sheets import prepared, sees_notes, sheets, shown_figure
from tinhso.inspections.services.agreeing import digest_of
from tinhso.inspections.tests.factories import World, agreed, facts, make_world, noted, planned, sat
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks.models import State as TaskState
from tinhso.tasks.models import Task
from tinhso.tasks.services.obstacles import Stuck, raise_obstacle
from tinhso.tasks.tests.factories import AT, issued
from tinhso.ui.printing import pdf
from tinhso.ui.word import docx

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

world = pytest.fixture(begun_with(make_world))


def state(world: World) -> str:
    return Inspection.objects.get(pk=world.inspection.pk).state


def test_a_plan_gives_every_unit_the_nine_contents(world: World) -> None:
    found = sheets(world.inspection)
    assert len({sheet.item.group for sheet in found}) == 9
    assert Inspection.objects.filter(plan=world.inspection.plan).count() == 2
    assert Event.objects.filter(kind="inspections.planned").count() == 1


def test_a_plan_that_makes_no_sense_is_refused_whole(world: World) -> None:
    offices = world.offices
    good = facts(offices, world.secretary, world.second, number="001/KH")
    for wrong in (
        replace(good, visits=[]),
        replace(good, visits=[*good.visits, good.visits[0]]),
        replace(good, visits=[services.Visit(offices.former.pk, date(2025, 8, 20))]),
        replace(good, team=good.team[1:]),
        replace(good, first=date(2025, 7, 1)),
        replace(good, checklist="no-such"),
        replace(good, visits=[services.Visit(offices.health.pk, date(2025, 8, 4))]),
        replace(good, issued_on=date(2025, 8, 6)),
    ):
        with pytest.raises(errors.PlanInvalid):
            services.plan_inspections(wrong, agency=offices.province.pk, actor=offices.chair, at=AT)
    with pytest.raises(errors.PlanKnown):
        planned(offices, world.secretary, world.second)
    with pytest.raises(PermissionMissing):
        services.plan_inspections(good, agency=offices.province.pk, actor=world.secretary, at=AT)
    assert Plan.objects.count() == 1


def test_the_log_names_the_plan_and_the_inspection_by_one_question(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan, inspection = Plan.objects.get(), world.inspection
    with django_assert_num_queries(1):
        named = subjects_called([plan.uuid, inspection.uuid])
    visit = f"ngày {inspection.visit_on:%d/%m/%Y}, kế hoạch {plan.number}"
    assert named == {
        plan.uuid: f"Kế hoạch kiểm tra {plan.number}",
        inspection.uuid: f"Cuộc kiểm tra {visit}",
    }


def test_another_inspection_of_the_unit_in_the_year_is_shown(world: World) -> None:
    later = planned(
        *(world.offices, world.secretary, world.second), number="002/KH", on=date(2025, 10, 1)
    )
    (row,) = visits([later], date(2025, 8, 1), today=date(2025, 8, 1))
    assert row.others == [world.inspection]


def test_a_figure_without_a_source_says_so(world: World) -> None:
    content, at = prepared(world.inspection)
    assert at == AT
    told = [one for figures in content["figures"].values() for one in figures]
    assert told
    assert {one["value"] for one in told} == {None}


def test_what_the_unit_reported_is_compared_with_the_records_of_the_same_days(
    world: World,
) -> None:
    first, last = date(2025, 5, 1), date(2025, 5, 31)
    ReportedFigure.objects.create(
        indicator="online-ratio",
        agency=world.offices.health,
        first=first,
        last=last,
        kind="reported",
        value=Decimal("62.5"),
        source="Báo cáo tháng 5",
        at=AT,
        actor="system:test",
    )
    told = filling.reported_by(world.inspection, ["online-ratio", "on-time-ratio"])
    assert told == {"online-ratio": filling.Told(Decimal("62.5"), first, last)}
    whole, may = (Taken("online-ratio", Source.COMPUTED, "1", Decimal(value)) for value in (40, 60))
    shown = shown_figure(filling.figure_of(None, whole, told["online-ratio"], may))
    assert (shown.value, shown.reported, shown.beside) == ("40", "62,5", "60")
    assert (shown.difference, shown.days) == ("+2,5", "01/05/2025 – 31/05/2025")


@pytest.mark.slow
def test_late_tasks_obstacles_and_the_last_remedies_are_filled_in(world: World) -> None:
    offices = world.offices
    agreed(world)
    services.conclude(world.inspection.uuid, number="1/KL", actor=offices.chair, at=AT)
    remedy = Task.objects.get(lead=offices.health)
    stuck = Stuck("money", "Chưa có kinh phí mua máy quét")
    raise_obstacle(stuck, agency=offices.health.pk, actor=offices.outsider, at=AT)
    late = issued(offices)
    Task.objects.filter(pk=late.pk).update(lead=offices.health, deadline_on=date(2025, 7, 1))
    after = planned(*(offices, world.secretary, world.second), number="003/KH", on=date(2026, 5, 5))
    content, _at = prepared(after)
    assert [one["uuid"] for one in content["tasks"]] == [str(late.uuid)]
    assert [one["text"] for one in content["obstacles"]] == ["Chưa có kinh phí mua máy quét"]
    (told,) = content["remedies"]
    assert told["state"] == "issued"
    assert with_words(content)["remedies"][0]["word"] == "Chờ nhận"
    assert (told["text"], told["task"]) == ("Tăng hồ sơ nộp trực tuyến", str(remedy.uuid))


def test_nobody_overwrites_what_another_wrote_meanwhile(world: World) -> None:
    key = world.inspection.uuid
    noted(world, "Bản của Mai")
    saved = services.note(
        *(key, 1), text="Bản của Sơn", judgement="", expected=0, actor=world.second, at=AT
    )
    assert (saved.is_aside, saved.newest.text) == (True, "Bản của Mai")
    (sheet,) = sheets(world.inspection, only=1)
    assert sheet.note is not None
    assert (sheet.note.note.text, [one.note.text for one in sheet.asides]) == (
        "Bản của Mai",
        ["Bản của Sơn"],
    )
    together = services.note(
        *(key, 1), text="Cả hai", judgement="met", expected=1, actor=world.second, at=AT
    )
    assert (together.is_aside, together.made.version) == (False, 2)
    (sheet,) = sheets(world.inspection, only=1)
    assert not sheet.asides
    assert Note.objects.count() == 3, "nothing is lost"


def test_a_sending_that_arrives_twice_is_one_save(world: World) -> None:
    for _ in range(2):
        noted(world)
    assert Note.objects.count() == 1


def test_only_the_team_notes(world: World) -> None:
    offices = world.offices
    for actor in (offices.home_head, offices.outsider):
        with pytest.raises((errors.NotInTeam, errors.InspectionUnknown)):
            services.note(
                *(world.inspection.uuid, 1), text="x", judgement="", expected=0, actor=actor, at=AT
            )
    with pytest.raises(errors.ItemUnknown):
        noted(world, ordinal=99)
    assert not Note.objects.exists()


def test_whoever_has_no_account_is_in_no_team_though_a_member_has_none(world: World) -> None:
    plan = world.inspection.plan
    TeamMember.objects.create(plan=plan, ordinal=9, name="Bình", post=TeamPost.MEMBER)
    visitor = AnonymousVisitor()
    assert not Inspection.objects.visible_to(visitor, at=AT).exists()
    assert not Plan.objects.visible_to(visitor, at=AT).exists()
    assert not sees_notes(world.inspection, visitor, at=AT)


def test_a_photo_is_kept_and_nothing_else(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    out.seek(0)
    key, mai = world.inspection.uuid, world.secretary
    services.add_photo(key, 1, out, filename="may-quet.jpg", caption="Máy quét", actor=mai, at=AT)
    from tinhso.files.tests.factories import PDF  # noqa: PLC0415

    with pytest.raises(errors.NotAnImage):
        services.add_photo(key, 1, BytesIO(PDF), filename="a.pdf", actor=mai, at=AT)
    assert Photo.objects.count() == 1


def test_the_unit_reads_what_was_noted_when_the_minutes_are_put_before_it(world: World) -> None:
    noted(world)
    sat(world)
    assert not sees_notes(world.inspection, world.unit_head, at=AT)
    services.seal(world.inspection.uuid, actor=world.secretary, at=AT)
    assert sees_notes(Inspection.objects.get(pk=world.inspection.pk), world.unit_head, at=AT)


@pytest.mark.slow
def test_both_sides_agree_to_the_same_words(world: World) -> None:
    key = world.inspection.uuid
    with pytest.raises(errors.NothingNoted):
        services.seal(key, actor=world.secretary, at=AT)
    noted(world)
    sat(world)
    services.seal(key, actor=world.secretary, at=AT)
    with pytest.raises(errors.InspectionState):
        noted(world, "sau khi chốt", ordinal=2)
    with pytest.raises(PermissionMissing):
        services.agree(key, actor=world.secretary, at=AT)
    with pytest.raises(errors.WordsMissing):
        services.return_minutes(key, words="", actor=world.unit_head, at=AT)
    services.return_minutes(key, words="Thiếu kết quả quý II", actor=world.unit_head, at=AT)
    noted(world, "Có kết quả quý II", ordinal=2)
    services.seal(key, actor=world.secretary, at=AT)
    services.agree(key, actor=world.unit_head, at=AT)
    first, _returned, sealed, made = MinutesAct.objects.order_by("pk")
    assert first.digest != sealed.digest
    assert sealed.digest == made.digest == digest_of(world.inspection)
    assert state(world) == State.AGREED


@pytest.mark.slow
def test_recommendations_become_tasks_and_the_inspection_closes_when_they_are_done(
    world: World,
) -> None:
    key, chair = world.inspection.uuid, world.offices.chair
    agreed(world)
    with pytest.raises(PermissionMissing):
        services.conclude(key, number="1/KL", actor=world.secretary, at=AT)
    assert not Conclusion.objects.exists()
    services.conclude(key, number="1/KL-ĐKT", words="Cơ bản đạt", actor=chair, at=AT)
    task = Task.objects.select_related("notice").get(lead=world.offices.health)
    assert (task.notice.kind, task.deadline_on) == ("inspection", date(2025, 12, 31))
    assert task.notice.text[task.start : task.end] == task.text == "Tăng hồ sơ nộp trực tuyến"
    with pytest.raises(errors.RemediesOpen):
        services.close(key, actor=chair, at=AT)
    assert not Closing.objects.exists()
    services.recheck(*(key, 1), outcome=Outcome.PARTLY, words="40 %", actor=world.secretary, at=AT)
    with pytest.raises(errors.RemediesOpen):
        services.close(key, actor=chair, at=AT)
    services.recheck(*(key, 1), outcome=Outcome.DONE, words="96 %", actor=world.secretary, at=AT)
    services.close(key, actor=chair, at=AT)
    assert state(world) == State.CLOSED
    task.refresh_from_db()
    assert task.state == TaskState.DONE, "nobody is late with what was seen to be done"
    assert [act.kind for act in task.acts.order_by("pk")] == ["proposed", "confirmed"]
    told = Event.objects.filter(subject=task.uuid, kind="tasks.completion_confirmed").get()
    assert told.actor == chair.key


def test_what_was_left_out_stands_in_no_minutes(world: World) -> None:
    key, mai = world.inspection.uuid, world.secretary
    noted(world)
    services.find(key, kind=FindingKind.WEAKNESS, text="Hạ tầng cũ", actor=mai, at=AT)
    services.find(key, kind=FindingKind.PRACTICE, text="Đi từng ngõ", actor=mai, at=AT)
    services.recommend(key, text="Thay máy", actor=mai, at=AT)
    services.drop_finding(key, Finding.objects.get(text="Hạ tầng cũ").pk, actor=mai, at=AT)
    services.drop_recommendation(key, 1, actor=mai, at=AT)
    with pytest.raises(errors.RecommendationUnknown):
        services.drop_recommendation(key, 1, actor=mai, at=AT)
    words = str(minutes_paper(world.inspection))
    assert "Đi từng ngõ" in words
    assert "Hạ tầng cũ" not in words
    assert "Thay máy" not in words
    assert Recommendation.objects.count() == 1


def test_what_is_sent_again_is_done_once(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    key, mai, picture, sent = world.inspection.uuid, world.secretary, BytesIO(), uuid4()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    for _ in range(2):
        services.find(key, kind=FindingKind.RESULT, text="Tốt", actor=mai, at=AT)
        services.recommend(key, text="Thay máy", actor=mai, at=AT)
        picture.seek(0)
        services.add_photo(key, 1, picture, filename="a.png", photo=sent, actor=mai, at=AT)
    services.recommend(key, text="Thay máy", deadline_on=date(2026, 1, 1), actor=mai, at=AT)
    with pytest.raises(errors.RecommendationPast):
        services.recommend(key, text="Thay máy", deadline_on=date(2025, 8, 4), actor=mai, at=AT)
    counts = [model.objects.count() for model in (Finding, Recommendation, Photo)]
    assert counts == [1, 2, 1]
    assert Event.objects.filter(kind="inspections.found").count() == 1


@pytest.mark.slow
def test_minutes_and_report_are_papers(world: World) -> None:
    agreed(world)
    for paper in (minutes_paper, report_paper):
        words = {**paper(world.inspection), "place": "Thử nghiệm"}
        assert pdf("inspections/printing/paper.typ", words).startswith(b"%PDF")
        written = Document(BytesIO(docx(words)))
        page = written.sections[0]
        sides = [round((side or 0) / Mm(1)) for side in (page.left_margin, page.right_margin)]
        assert sides == [30, 20]
        assert page.different_first_page_header_footer
        assert "PAGE" in page.header.paragraphs[0]._p.xml
    assert "Nhất trí" in str(minutes_paper(world.inspection))


def test_units_and_years_stand_side_by_side(world: World) -> None:
    noted(world)
    plan = world.inspection.plan
    both = list(plan.inspections.order_by("pk"))
    table = side_by_side(both)
    assert [cell.word for cell in table.lines[0].cells] == ["Đạt", "Chưa đánh giá"]
    assert [head.text for head in over_years([world.inspection]).heads] == ["08/2025"]
