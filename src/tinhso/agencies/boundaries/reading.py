"""Reading a file of boundaries: GeoJSON (RFC 7946) in degrees of WGS 84; refused whole when anything is wrong.

Nothing of a file is trusted: neither its size, nor its depth, nor that its numbers are numbers.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.agencies.errors import (
    BoundariesElsewhere,
    BoundariesTooLarge,
    BoundariesUnreadable,
)
from tinhso.kernel.os_errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Place = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = list[Place]

LARGEST = 64 * 1024 * 1024
MOST_SHAPES, MOST_PLACES = 20_000, 2_000_000
WEST, SOUTH, EAST, NORTH = 101.0, 5.0, 119.0, 25.0
"""Where every place of the country lies, its islands included."""
CODES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc", "unit_code", "ward_code", "gso_code", "gid_3")
NAMES = ("name", "ten", "ten_xa", "tenxa", "ten_dvhc", "ward_name", "fullname", "name_3")
PROVINCES = (
    "province",
    "ten_tinh",
    "tentinh",
    "tinh",
    "province_name",
    "former_province",
    "name_1",
)
LONGEST_TEXT = 200
ACROSS_AND_UP = 2  # numbers of a place; a height may follow
MOST_ACROSS, MOST_UP = 180, 90  # what is beyond is no degree of longitude or latitude
LEAST = 4
"""Places of a ring, the first again at the end."""


@dataclass(frozen=True)
class Shape:
    """One area of the file: which feature it is, what the file calls it, and its rings, the outer one of each first."""

    number: int
    code: str
    name: str
    province: str
    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        across = [place[0] for ring in self.rings for place in ring]
        up = [place[1] for ring in self.rings for place in ring]
        return min(across), min(up), max(across), max(up)


def read(path: Path) -> list[Shape]:
    """The areas of a file. Raises `BoundariesUnreadable`, `BoundariesTooLarge`, `BoundariesElsewhere`."""
    try:
        if path.stat().st_size > LARGEST:
            raise BoundariesTooLarge(limit=_("%(n)s MB") % {"n": LARGEST // 1024 // 1024})
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BoundariesUnreadable(why=reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise BoundariesUnreadable(why=_("không phải văn bản UTF-8")) from error
    return shapes(_parsed(text))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise BoundariesUnreadable(why=_("lồng quá sâu")) from error
    except ValueError as error:
        raise BoundariesUnreadable(why=_("không phải JSON: %(why)s") % {"why": error}) from error


def _no_number(said: str) -> float:
    raise ValueError(said)


def shapes(told: Any) -> list[Shape]:
    """The areas of a collection of features; the same refusals."""
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        raise BoundariesUnreadable(why=_("không phải GeoJSON FeatureCollection"))
    _refuse_other_coordinates(told.get("crs"))
    features = told.get("features")
    if not isinstance(features, list) or not features:
        raise BoundariesUnreadable(why=_("không có đối tượng nào"))
    if len(features) > MOST_SHAPES:
        raise BoundariesTooLarge(limit=_("%(n)s đối tượng") % {"n": MOST_SHAPES})
    found, left = [], MOST_PLACES
    for number, feature in enumerate(features, start=1):
        shape = _shape(number, feature)
        left -= sum(map(len, shape.rings))
        if left < 0:
            raise BoundariesTooLarge(limit=_("%(n)s điểm") % {"n": MOST_PLACES})
        found.append(shape)
    return found


def _refuse_other_coordinates(crs: Any) -> None:
    """A file may say that it is in WGS 84, and nothing else."""
    if crs is None:
        return
    named = crs.get("properties", {}) if isinstance(crs, dict) else {}
    said = str(named.get("name", crs) if isinstance(named, dict) else crs)[:LONGEST_TEXT]
    if not said.upper().endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        raise BoundariesElsewhere(found=said)


def _shape(number: int, feature: Any) -> Shape:
    if not isinstance(feature, dict):
        raise BoundariesUnreadable(why=_("đối tượng %(n)s không đọc được") % {"n": number})
    properties = feature.get("properties")
    told = properties if isinstance(properties, dict) else {}
    texts = {str(name).casefold(): _text(value) for name, value in told.items()}
    return Shape(
        number=number,
        code=_first(texts, CODES),
        name=_first(texts, NAMES),
        province=_first(texts, PROVINCES),
        rings=tuple(_rings(number, feature.get("geometry"))),
    )


def _text(value: Any) -> str:
    """A property as text: what is no text and no whole number says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)[:LONGEST_TEXT]
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _first(texts: Mapping[str, str], names: Sequence[str]) -> str:
    return next((texts[name] for name in names if texts.get(name)), "")


def _rings(number: int, geometry: Any) -> Iterator[Ring]:
    """The rings of a polygon or of several; of what is no area none."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        return
    told = geometry.get("coordinates")
    polygons = [told] if kind == "Polygon" else told
    if not isinstance(polygons, list):
        raise _broken(number)
    for polygon in polygons:
        if not isinstance(polygon, list):
            raise _broken(number)
        for ring in polygon:
            yield _ring(number, ring)


def _ring(number: int, told: Any) -> Ring:
    if not isinstance(told, list) or len(told) > MOST_PLACES:
        raise _broken(number)
    ring = [_place(number, each) for each in told]
    if len(ring) < LEAST or ring[0] != ring[-1]:
        raise BoundariesUnreadable(
            why=_("đường của đối tượng %(n)s không khép kín") % {"n": number}
        )
    return ring


def _place(number: int, told: Any) -> Place:
    if not isinstance(told, list) or len(told) < ACROSS_AND_UP:
        raise _broken(number)
    across, up = told[0], told[1]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (across, up)):
        raise _broken(number)
    try:
        place = float(across), float(up)
    except OverflowError as error:
        raise _broken(number) from error
    if not all(map(math.isfinite, place)):
        raise _broken(number)
    if not (WEST <= place[0] <= EAST and SOUTH <= place[1] <= NORTH):
        raise BoundariesElsewhere(found=_said(place))
    return place


def _said(place: Place) -> str:
    """What the coordinates look like, so that whoever made the file knows what to mend."""
    across, up = place
    told = f"{across:.6g}, {up:.6g}"
    if WEST <= up <= EAST and SOUTH <= across <= NORTH:
        return _("%(place)s: vĩ độ đứng trước kinh độ") % {"place": told}
    if abs(across) > MOST_ACROSS or abs(up) > MOST_UP:
        return _("%(place)s: mét, có lẽ là VN-2000 hoặc Web Mercator") % {"place": told}
    return _("%(place)s: ngoài lãnh thổ") % {"place": told}


def _broken(number: int) -> BoundariesUnreadable:
    return BoundariesUnreadable(why=_("tọa độ của đối tượng %(n)s hỏng") % {"n": number})
