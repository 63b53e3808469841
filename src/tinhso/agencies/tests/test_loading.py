"""The shipped directory, and both reforms, in the database."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase

from tinhso.agencies import queries, reform_documents, tables
from tinhso.agencies.models import (
    Agency,
    AgencyKind,
    AgencyPeriod,
    Competence,
    Level,
    Reform,
    ReformCarriedOut,
    Succession,
)
from tinhso.agencies.reform_plan import problems
from tinhso.agencies.services import load_units
from tinhso.agencies.standing import load_standing
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
LOADER = SystemActor("test")
EVE = date(2025, 6, 30)
UNITED = date(2025, 7, 1)
TODAY = date(2026, 11, 22)
LABOUR_FIELDS = (
    "labour",
    "employment",
    "people-of-merit",
    "gender-equality",
    "social-protection",
    "children",
    "poverty-reduction",
    "vocational-training",
    "social-evils",
)


def _kinds(on: date) -> Counter[str]:
    return Counter(AgencyPeriod.objects.on(on).values_list("agency__kind", flat=True))


class TestTheShippedDirectory(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_units(on=TODAY, actor=LOADER, at=AT)

    @pytest.mark.slow
    def test_the_reform_in_the_guide_fits_the_directory(self) -> None:
        guide = (settings.PROJECT / "docs" / "how-to" / "play-a-reform.md").read_text("utf-8")
        block = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
        assert block is not None
        document = reform_documents.from_yaml(textwrap.dedent(block[1]).encode())
        assert problems(document, load_standing(document.on)) == []

    def test_the_units_of_both_eras_are_there(self) -> None:
        before, after = _kinds(EVE), _kinds(UNITED)
        assert (before["province"], before["district"], before["commune"]) == (2, 23, 272)
        assert (after["province"], after["district"], after["commune"]) == (1, 0, 96)
        assert after["centre"] == 97
        kon_tum = queries.agency_by_key("kon-tum").pk
        below = Agency.objects.filter(pk__in=queries.descendants(kon_tum, EVE))
        assert below.of_kind(AgencyKind.DISTRICT).count() == 10
        assert below.of_kind(AgencyKind.COMMUNE).count() == 102
        quang_ngai = queries.agency_by_key("quang-ngai").pk
        assert queries.descendants(kon_tum, UNITED) == {kon_tum}
        assert (
            len(queries.descendants(quang_ngai, UNITED)) == AgencyPeriod.objects.on(UNITED).count()
        )

    def test_every_field_of_the_labour_department_has_one_holder_on_each_day(self) -> None:
        provinces = {key: queries.agency_by_key(key).pk for key in ("kon-tum", "quang-ngai")}
        rows = Competence.objects.filter(level=Level.PROVINCE, field__code__in=LABOUR_FIELDS)
        held = list(rows.select_related("field"))
        day = date(2024, 1, 1)
        while day <= date(2026, 12, 31):
            for key, place in provinces.items():
                holders = Counter(
                    row.field.code for row in held if row.place_id == place and row.holds_on(day)
                )
                ended = key == "kon-tum" and day >= UNITED
                assert holders == ({} if ended else dict.fromkeys(LABOUR_FIELDS, 1)), (key, day)
            day += timedelta(days=1)

    def test_the_labour_department_is_divided_by_field(self) -> None:
        place = queries.agency_by_key("quang-ngai").pk
        to = {
            code: holder.key.rpartition("/")[2]
            for code in LABOUR_FIELDS
            if (holder := queries.holder(code, Level.PROVINCE, date(2025, 3, 1), within=place))
        }
        assert to["labour"] == to["people-of-merit"] == "so-noi-vu"
        assert to["social-protection"] == "so-y-te"
        assert to["poverty-reduction"] == "so-nong-nghiep-moi-truong"
        assert to["vocational-training"] == "so-giao-duc"
        before = queries.holder("labour", Level.PROVINCE, date(2025, 2, 28), within=place)
        assert before is not None
        assert before.key == "quang-ngai/so-lao-dong"
        judicial = queries.holder(
            "judicial-records", Level.PROVINCE, date(2025, 3, 1), within=place
        )
        assert judicial is not None
        assert judicial.key == "quang-ngai/cong-an"

    def test_nothing_is_left_at_an_agency_that_ended(self) -> None:
        for day in (date(2025, 3, 1), UNITED, TODAY):
            alive = set(AgencyPeriod.objects.on(day).values_list("agency", flat=True))
            parents = AgencyPeriod.objects.on(day).exclude(parent=None)
            assert set(parents.values_list("parent", flat=True)) <= alive
            competences = Competence.objects.on(day)
            assert set(competences.values_list("agency", flat=True)) <= alive
            assert set(competences.values_list("place", flat=True)) <= alive
        ended = Agency.objects.exclude(pk__in=AgencyPeriod.objects.on(TODAY).values("agency"))
        followed = Succession.objects.values("predecessor")
        assert not ended.exclude(pk__in=followed).exists()

    def test_every_old_unit_has_a_successor_that_lives(self) -> None:
        for key in ("kon-tum", "kon-tum/608", "quang-ngai/21142", "kon-tum/so-lao-dong"):
            agency = queries.agency_by_key(key).pk
            assert queries.successors(agency, TODAY), key
        tra_bui = queries.agency_by_key("quang-ngai/21142").pk
        assert {a.key for a in queries.successors(tra_bui, TODAY)} == {
            "quang-ngai/21136-2025",
            "quang-ngai/21157-2025",
        }

    @pytest.mark.slow
    def test_a_commune_that_was_not_rearranged_lives_on(self) -> None:
        ba_xa = queries.agency_by_key("quang-ngai/21538").pk
        before, after = queries.period_of(ba_xa, EVE), queries.period_of(ba_xa, UNITED)
        assert before is not None
        assert after is not None
        assert (before.name, before.agency_code.count(".")) == ("Xã Ba Xa", 2)
        assert after.name == "Xã Ba Xa"
        assert after.agency_code.count(".") == 1
        assert queries.ancestors(ba_xa, UNITED) == [queries.agency_by_key("quang-ngai").pk]
        assert len(queries.ancestors(ba_xa, EVE)) == 2

    def test_restating_leaves_a_divided_unit_unallocated(self) -> None:
        tra_bui, old = (
            queries.agency_by_key(f"quang-ngai/{code}").pk for code in ("21142", "21115")
        )
        new = queries.agency_by_key("quang-ngai/21115-2025").pk
        west = queries.agency_by_key("quang-ngai/21157-2025").pk
        restated = queries.restate({tra_bui: 10, old: 7}, EVE, TODAY)
        assert restated.rows == {new: 7}
        assert restated.unallocated == {tra_bui: 10}
        restated = queries.restate({tra_bui: 10}, EVE, TODAY, {tra_bui: {west: 4}})
        assert (restated.rows, restated.unallocated) == ({west: 4}, {tra_bui: 6})

    @pytest.mark.slow
    def test_counts_of_the_old_provinces_restate_to_the_same_total(self) -> None:
        units = AgencyPeriod.objects.on(EVE).filter(agency__kind=AgencyKind.COMMUNE)
        counts = {period.agency_id: index + 1 for index, period in enumerate(units.order_by("pk"))}
        restated = queries.restate(counts, EVE, TODAY)
        assert restated.total == sum(counts.values())
        tra_bui = queries.agency_by_key("quang-ngai/21142").pk
        assert restated.unallocated == {tra_bui: counts[tra_bui]}
        alive = set(Agency.objects.alive(TODAY).values_list("pk", flat=True))
        assert set(restated.rows) <= alive

    @pytest.mark.slow
    def test_counts_of_today_restate_back_to_the_same_total(self) -> None:
        units = AgencyPeriod.objects.on(TODAY).filter(agency__kind=AgencyKind.COMMUNE)
        counts = dict.fromkeys(units.values_list("agency", flat=True), 10)
        restated = queries.restate(counts, TODAY, EVE)
        assert restated.total == 960
        ba_xa = queries.agency_by_key("quang-ngai/21538").pk
        assert restated.rows[ba_xa] == 10
        province = queries.agency_by_key("quang-ngai").pk
        united = queries.restate({province: 5}, TODAY, EVE)
        assert (united.rows, united.unallocated) == ({}, {province: 5})
        kon_tum = queries.agency_by_key("kon-tum").pk
        known = queries.restate({province: 5}, TODAY, EVE, {province: {kon_tum: 2, province: 3}})
        assert known.rows == {kon_tum: 2, province: 3}


@pytest.mark.slow
def test_it_loads_only_once() -> None:
    first = load_units(on=TODAY, actor=LOADER, at=AT)
    events = Event.objects.count()
    again = load_units(on=TODAY, actor=LOADER, at=AT)
    assert (first.fields, len(first.reforms)) == (68, 2)
    assert (again.agencies, again.fields, again.reforms) == (0, 0, ())
    assert Event.objects.count() == events


@pytest.mark.slow
def test_on_the_eve_the_second_reform_is_only_prepared() -> None:
    loaded = load_units(on=EVE, actor=LOADER, at=AT)
    assert loaded.reforms == ("so-nganh-2025-03-01",)
    assert Reform.objects.count() == 2
    assert ReformCarriedOut.objects.count() == 1
    assert _kinds(UNITED)["district"] == 23
    load_units(on=UNITED, actor=LOADER, at=AT)
    assert _kinds(UNITED)["district"] == 0


def test_codes_below_the_province_are_marked_as_ours() -> None:
    for row in tables.before_reforms().agencies:
        by = "state" if "." not in row.facts["agency_code"] else "platform"
        assert row.facts.get("assigned_by", "platform") == by


@pytest.mark.slow
def test_the_command_says_what_it_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_units", on=EVE)
    said = capsys.readouterr().out
    assert "68 lĩnh vực" in said
    assert "so-nganh-2025-03-01" in said
    assert "don-vi-hanh-chinh" not in said
