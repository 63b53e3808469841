"""Outlines come from a file whole or not at all; neighbours share one border; each is of its day, and can be undone."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.agencies import services
from tinhso.agencies.boundaries.models import BoundarySet, UnitOutline
from tinhso.agencies.boundaries.simplifying import simplified, snapped
from tinhso.agencies.errors import BoundariesElsewhere, BoundariesOfNobody, BoundariesUnreadable
from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.agencies.outlines import outlines_on
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EVERYBODY = SystemActor("test")
REAL = Path(__file__).resolve().parents[5] / "shared/data/geo/quang_ngai_2025_communes.geojson"


def _square(west: float, **properties: Any) -> dict[str, Any]:
    east = west + 0.1
    ring = [[west, 15.0], [east, 15.0], [east, 15.1], [west, 15.1], [west, 15.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def _commune(name: str, code: str) -> None:
    agency = make_agency(name, kind=AgencyKind.COMMUNE)
    AgencyPeriod.objects.filter(agency=agency).update(unit_code=code)


@pytest.fixture
def communes(db: None) -> None:
    """Two communes."""
    del db
    _commune("Xã Ba Gia", "21001")
    _commune("Xã Trà Bồng", "21002")


def _load(tmp_path: Path, told: Any) -> Any:
    path = tmp_path / "ranh-gioi.geojson"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return services.load_boundaries(
        path, on=TODAY, source="Bản đồ", licence="MIT", actor=EVERYBODY, at=AT
    )


@pytest.mark.usefixtures("communes")
def test_units_are_found_by_code_and_by_name(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        _collection(
            _square(108.0, code=21001), _square(108.1, ten="TRÀ BỒNG"), _square(108.2, code="99999")
        ),
    )
    assert [(each.unit.unit_code, each.by) for each in found.matched] == [
        ("21001", "code"),
        ("21002", "name"),
    ]
    assert [shape.number for shape, _why in found.shapes] == [3]
    drawn = outlines_on(TODAY, ["21001", "21002"])
    assert drawn is not None
    assert drawn.credits == ("Bản đồ (MIT)",)
    assert Event.objects.get(kind="agencies.boundaries_loaded").payload["units"] == 2


@pytest.mark.usefixtures("communes")
def test_a_shape_given_twice_and_half_a_map_show_nothing(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        _collection(*(_square(w, code=c) for w, c in ((108, 21001), (109, 21001), (108.1, 21002)))),
    )
    assert [each.unit_code for each in found.units] == ["21001"]
    assert len(found.shapes) == 2
    assert outlines_on(TODAY, ["21001", "21002"]) is None
    assert outlines_on(TODAY, ["21002"]) is not None


SWAPPED = _square(108.0, code="21001")
SWAPPED["geometry"]["coordinates"] = [[[15.0, 108.0], [15.1, 108.0], [15.1, 108.1], [15.0, 108.0]]]
METRES = _square(108.0, code="21001")
METRES["geometry"]["coordinates"] = [[[6e5, 1.6e6], [6e5, 1.7e6], [7e5, 1.7e6], [6e5, 1.6e6]]]
OPEN = _square(108.0, code="21001")
OPEN["geometry"]["coordinates"] = [[[108.0, 15.0], [108.1, 15.0], [108.1, 15.1], [108.0, 15.1]]]
WORDS = _square(108.0, code="21001")
WORDS["geometry"]["coordinates"] = [[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]
VN2000 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
REFUSED: list[tuple[Any, type[DomainError]]] = [
    ("{", BoundariesUnreadable),
    ("[" * 100_000, BoundariesUnreadable),
    ('{"type": "FeatureCollection", "features": [NaN]}', BoundariesUnreadable),
    ([], BoundariesUnreadable),
    (_collection(), BoundariesUnreadable),
    (_collection(7), BoundariesUnreadable),
    (_collection(_square(108.0, code="21001"), OPEN), BoundariesUnreadable),
    (_collection(_square(108.0, code="21001"), WORDS), BoundariesUnreadable),
    (_collection(_square(108.0, code="21001"), crs=VN2000), BoundariesElsewhere),
    (_collection(SWAPPED), BoundariesElsewhere),
    (_collection(_square(108.0, code="21002"), METRES), BoundariesElsewhere),
    (_collection(_square(108.0, code="00001")), BoundariesOfNobody),
    (_collection({"type": "Feature", "properties": None, "geometry": None}), BoundariesOfNobody),
]


@pytest.mark.parametrize(("told", "refusal"), REFUSED)
@pytest.mark.usefixtures("communes")
def test_a_file_that_is_wrong_anywhere_loads_nothing(
    tmp_path: Path, told: Any, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        _load(tmp_path, told)
    assert not BoundarySet.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.usefixtures("communes")
def test_outlines_are_of_units_that_are_still_the_same(tmp_path: Path) -> None:
    _load(tmp_path, _collection(_square(108.0, code="21001"), _square(108.1, code="21002")))
    assert outlines_on(date(2025, 1, 1), ["21001"]) is not None, "one period, whatever the day"
    AgencyPeriod.objects.filter(unit_code="21001").update(until=date(2027, 1, 1))
    former = AgencyPeriod.objects.get(unit_code="21001")
    AgencyPeriod.objects.create(
        agency=former.agency, name=former.name, level=former.level, unit_code="21001",
        since=date(2027, 1, 1), area_km2=99,
    )  # fmt: skip
    assert outlines_on(date(2027, 6, 1), ["21001"]) is None, "a larger commune has no outline yet"


@pytest.mark.usefixtures("communes")
def test_the_command_reports_and_undoes(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(_collection(_square(108.0, code="21001"))), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("units", "boundaries", str(path))
    out = io.StringIO()
    call_command(
        "units", "boundaries", str(path), "--source", "A", "--licence", "B", "--json", stdout=out
    )
    assert json.loads(out.getvalue())["units_without_shape"] == ["21002"]
    call_command("units", "boundaries", "--remove", stdout=io.StringIO())
    assert not UnitOutline.objects.exists()
    with pytest.raises(CommandError):
        call_command("units", "boundaries", "--remove")


def _edges(rings: list[list[tuple[int, int]]]) -> set[frozenset[tuple[int, int]]]:
    return {
        frozenset(pair) for ring in rings for pair in zip(ring, [*ring[1:], ring[0]], strict=True)
    }


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(-40, 40), min_size=3, max_size=60),
    st.integers(0, 40),
)
def test_a_shared_border_stays_one_line(bends: list[int], budget: int) -> None:
    border = [(bend, 10 * number) for number, bend in enumerate(bends)]
    high = border[-1][1]
    west = [(-100, 0), *border, (-100, high)]
    east = [(100, high), *reversed(border), (100, 0)]
    drawn = simplified({"west": [west], "east": [east]}, budget)
    shared = _edges(drawn["west"]) & _edges(drawn["east"])
    assert {spot for edge in shared for spot in edge} >= {border[0], border[-1]}
    inner = {spot for ring in drawn["west"] for spot in ring} & set(border)
    assert inner == {spot for ring in drawn["east"] for spot in ring} & set(border)
    assert all(len(ring) >= 3 for rings in drawn.values() for ring in rings)


@pytest.mark.skipif(not REAL.exists(), reason="the real boundaries are not here")
def test_a_real_province_has_no_border_that_gapes() -> None:
    features = json.loads(REAL.read_text(encoding="utf-8"))["features"]
    rings = {}
    for each in features:
        told = each["geometry"]["coordinates"]
        polygons = told if each["geometry"]["type"] == "MultiPolygon" else [told]
        rings[each["properties"]["code"]] = [snapped(ring) for part in polygons for ring in part]

    drawn = simplified(rings, 40 * len(rings))
    corners = sum(len(ring) for found in drawn.values() for ring in found)
    assert 3_000 < corners < 9_000
    times = Counter(edge for found in drawn.values() for edge in _edges(found))
    assert set(times.values()) == {1, 2}
    once = sum(count == 1 for count in times.values())
    assert once < corners / 4, "the outer border, and what the file itself leaves apart"
