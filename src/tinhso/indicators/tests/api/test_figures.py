"""Figures by the API: what the pages say, to the agencies that the token reaches, and how many it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.indicators.models import ReportedFigure
from tinhso.indicators.services import close_period
from tinhso.indicators.tests.cases import AT, LAID, case, lay
from tinhso.indicators.tests.pages.conftest import target
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.slow
PATH = "/api/v1/indicators"
NOVEMBER = {"period": "2026-11"}
SHARE = f"{PATH}/online/observations"
RECORDS = f"{PATH}/online/records"


def the_only(found: Caller, **asked: str) -> dict[str, Any]:
    (seen,) = content(found.get(SHARE, NOVEMBER | asked))["observations"]
    return dict(seen)


def test_the_catalogue_says_what_is_computed_and_what_others_told(everywhere: Caller) -> None:
    states = {each["code"]: each["status"] for each in content(everywhere.get(PATH))["indicators"]}
    assert states["online"] == "computed"
    assert states["lgsp"] == "no_source"
    _told("lgsp", kind="reported")
    (lgsp,) = content(everywhere.get(PATH, {"search": "giao dich"}))["indicators"]
    assert (lgsp["code"], lgsp["status"], lgsp["needs"]) == ("lgsp", "reported", "trục")


def test_one_indicator_brings_its_definition_and_its_article(everywhere: Caller) -> None:
    found = content(everywhere.get(f"{PATH}/online"))
    assert found["definition"]["ratio"] == {"is": "is_online"}
    assert found["definition"]["legal_basis"][0]["article"] == "Điều 5"


def test_a_figure_is_value_numerator_denominator_and_interval(everywhere: Caller) -> None:
    seen = the_only(everywhere)
    assert (seen["value"], seen["numerator"], seen["denominator"]) == ("41.67", 25, 60)
    assert (seen["first"], seen["last"]) == ("2026-11-01", "2026-11-30")
    assert (seen["version"], seen["group"], seen["hidden"]) == ("1", None, 0)
    assert seen["completeness"]["days"] == 30


def test_a_commune_is_told_its_own_and_how_many_it_does_not_reach(of_commune: Caller) -> None:
    seen = the_only(of_commune)
    assert (seen["numerator"], seen["denominator"], seen["hidden"]) == (10, 40, 20)


def test_it_is_divided_by_agency_and_each_opens_its_records(
    everywhere: Caller, figures: Cast, open_to_all: None
) -> None:
    del open_to_all
    asked = {**NOVEMBER, "by": "agency"}
    found = content(everywhere.get(SHARE, asked))["observations"]
    by_agency = {each["group"]["code"]: each for each in found}
    commune = by_agency[str(figures.commune.uuid)]
    assert commune["group"]["agency"]["name"] == commune["group"]["name"] != ""
    assert commune["denominator"] == 40
    cell = {**asked, "group": commune["group"]["code"], "part": "missing"}
    listed = content(everywhere.get(RECORDS, cell))
    assert (listed["total"], listed["hidden"], listed["pages"]) == (30, 0, 1)
    assert listed["records"][0]["columns"]["agency"] == str(figures.commune.uuid)
    assert listed["records"][0]["columns"]["is_online"] is False
    assert listed["records"][0]["link"].startswith("/vu-viec/")


@pytest.mark.parametrize(("by", "group"), [("commune", "21034"), ("procedure", "1.001")])
def test_any_dimension_of_the_definition_divides_it(
    everywhere: Caller, open_to_all: None, by: str, group: str
) -> None:
    del open_to_all
    asked = {**NOVEMBER, "by": by}
    found = {
        each["group"]["code"]: each
        for each in content(everywhere.get(SHARE, asked))["observations"]
    }
    assert found[group]["denominator"] == 40
    assert content(everywhere.get(RECORDS, {**asked, "group": group}))["total"] == 40


def test_one_agency_is_asked_for_by_its_uuid(everywhere: Caller, figures: Cast) -> None:
    seen = the_only(everywhere, agency=str(figures.commune.uuid), agencies="restated")
    assert (seen["denominator"], seen["is_restated"]) == (40, True)


def test_what_may_not_be_opened_is_counted_and_not_named(
    everywhere: Caller, of_commune: Caller
) -> None:
    listed = content(of_commune.get(RECORDS, NOVEMBER))
    assert (listed["records"], listed["total"], listed["hidden"]) == ([], 0, 40)
    pages = content(everywhere.get(RECORDS, {**NOVEMBER, "page": "2"}))
    assert (len(pages["records"]), pages["pages"]) == (10, 2)


def test_targets_say_who_set_them_in_which_document(everywhere: Caller) -> None:
    target(80, document="Quyết định 55/QĐ-UBND")
    (found,) = content(everywhere.get(f"{PATH}/online/targets", NOVEMBER))["targets"]
    assert (found["value"], found["agency"]) == ("80", None)
    assert found["document"] == "Quyết định 55/QĐ-UBND"
    earlier = everywhere.get(f"{PATH}/online/targets", {"period": "2025"})
    assert content(earlier)["targets"] == []


def test_what_others_told_stands_beside_it(of_commune: Caller, figures: Cast) -> None:
    _told("online", kind="received", value="37.5")
    _told("online", kind="reported", agency=figures.department)
    (found,) = content(of_commune.get(f"{PATH}/online/told-figures"))["figures"]
    assert (found["kind"], found["value"]) == ("received", "37.5"), "another's is not theirs to see"


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"period": "2026-13"}, 422, "dossiers.request_malformed"),
        ({"first": "2026-11-01"}, 422, "dossiers.request_malformed"),
        ({"first": "2026-11-02", "last": "2026-11-01"}, 422, "indicators.interval_reversed"),
        ({"first": "2001-01-01", "last": "2100-11-01"}, 422, "indicators.interval_too_long"),
        ({"by": "weather"}, 422, "indicators.dimension_unknown"),
        ({"agency": "H00"}, 404, "agencies.not_found"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    everywhere: Caller, asked: dict[str, str], status: int, code: str
) -> None:
    answer = everywhere.get(SHARE, asked)
    assert (answer.status_code, content(answer)["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("none", 404, "indicators.unknown"),
        ("none/observations", 404, "indicators.unknown"),
        ("none/records", 404, "indicators.unknown"),
        ("none/targets", 404, "indicators.unknown"),
        ("none/told-figures", 404, "indicators.unknown"),
        ("lgsp/records", 409, "indicators.nothing_to_list"),
        ("online/records?by=agency", 422, "dossiers.request_malformed"),
        ("online/records?by=month&group=1999-01", 404, "indicators.group_unknown"),
    ],
)
def test_what_is_not_there_is_refused(
    everywhere: Caller, path: str, status: int, code: str
) -> None:
    answer = everywhere.get(f"{PATH}/{path}")
    assert (answer.status_code, content(answer)["code"]) == (status, code)


def test_what_has_no_source_has_no_figures(everywhere: Caller) -> None:
    assert content(everywhere.get(f"{PATH}/lgsp/observations"))["observations"] == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/online",
        *(f"/online/{part}" for part in ("observations", "records", "targets", "told-figures")),
    ],
)
def test_without_the_right_nothing_is_told(figures: Cast, path: str) -> None:
    blind = caller(figures.commune, ["dossiers:dossier:read"])
    answer = blind.get(PATH + path)
    assert (answer.status_code, content(answer)["code"]) == (403, "permission_missing")


def test_another_agency_is_not_asked_for(of_commune: Caller, figures: Cast) -> None:
    answer = of_commune.get(SHARE, {"agency": str(figures.department.uuid)})
    assert (answer.status_code, content(answer)["code"]) == (403, "permission_missing")


def _told(code: str, **given: object) -> None:
    known = {"first": "2026-09-01", "last": "2026-09-30", "source": "Công văn 1", "value": "12"}
    ReportedFigure.objects.create(
        **{"indicator": code, "at": AT, "actor": "system:test", **known, **given}
    )


def test_a_closed_period_is_told_beside_what_it_would_be_today(
    everywhere: Caller, of_commune: Caller, figures: Cast
) -> None:
    assert content(everywhere.get("/api/v1/periods")) == {"periods": []}
    assert everywhere.get("/api/v1/periods/2026-10").status_code == 404
    october = date(2026, 10, 1), date(2026, 10, 31)
    over = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
    close_period(*october, title="Tháng 10", actor=SystemActor("test"), at=over)
    lay(*LAID, case(300, october[0], agency=figures.commune.pk, is_online=True))
    [listed] = content(everywhere.get("/api/v1/periods"))["periods"]
    assert (listed["period"], listed["title"]) == ("2026-10", "Tháng 10")
    whole = content(everywhere.get("/api/v1/periods/2026-10"))
    assert whole["figures"] == len(whole["closed"]) > 1
    theirs = content(of_commune.get("/api/v1/periods/2026-10"))["closed"]
    assert {each["agency"]["uuid"] for each in theirs} == {str(figures.commune.uuid)}
    [share] = [each for each in theirs if each["indicator"] == "online"]
    assert share["is_different"]
    assert share["closed"] == {"value": "25", "numerator": 2, "denominator": 8}
    assert share["today"] == {"value": "33.33", "numerator": 3, "denominator": 9}
