"""Which shape of a file is which unit (khớp ranh giới): by code, else by name and province, on one day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.kernel.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tinhso.agencies.boundaries.reading import Shape
    from tinhso.agencies.models import AgencyPeriod

FAR = 0.5
"""Degrees by which a unit's known centre may lie outside its shape: more, and the shape is of another place."""
DIGITS = 5
KINDS = ("xa", "phuong", "dac khu", "thi tran", "ubnd")


@dataclass(frozen=True)
class Matched:
    """A unit and its shape; `by` says how they found each other."""

    unit: AgencyPeriod
    shape: Shape
    by: str


@dataclass(frozen=True)
class Matching:
    """What matched, the units without a shape, the shapes without a unit with the reason of each."""

    matched: tuple[Matched, ...]
    units: tuple[AgencyPeriod, ...]
    shapes: tuple[tuple[Shape, str], ...]


def match(shapes: Sequence[Shape], units: Sequence[AgencyPeriod], province: str) -> Matching:
    """Each unit with its shape. A code or a name that is given twice matches nobody: nothing is guessed."""
    by_code = {each.unit_code: each for each in units if each.unit_code}
    by_name: dict[str, list[AgencyPeriod]] = defaultdict(list)
    for each in units:
        by_name[plain(each.name)].append(each)
    found: list[Matched] = []
    left: list[tuple[Shape, str]] = []
    for shape in shapes:
        unit, by, why = _unit_of(shape, by_code, by_name, province)
        if unit is None:
            left.append((shape, why))
        else:
            found.append(Matched(unit, shape, by))
    twice = {unit for unit, times in Counter(each.unit.pk for each in found).items() if times > 1}
    left += [(each.shape, _("trùng đơn vị")) for each in found if each.unit.pk in twice]
    kept = [each for each in found if each.unit.pk not in twice]
    known = {each.unit.pk for each in kept}
    return Matching(tuple(kept), tuple(each for each in units if each.pk not in known), tuple(left))


def _unit_of(
    shape: Shape,
    by_code: dict[str, AgencyPeriod],
    by_name: dict[str, list[AgencyPeriod]],
    province: str,
) -> tuple[AgencyPeriod | None, str, str]:
    """The unit of a shape and how it was found; else why there is none."""
    if not shape.rings:
        return None, "", _("không phải một vùng")
    code = shape.code.zfill(DIGITS) if shape.code.isdecimal() else shape.code
    unit, by = by_code.get(code), "code"
    if unit is None and not code:
        if shape.province and plain(shape.province) != plain(province):
            return None, "", _("thuộc tỉnh khác")
        named = by_name.get(plain(shape.name), []) if shape.name else []
        if len(named) > 1:
            return None, "", _("tên trùng nhiều đơn vị")
        unit, by = next(iter(named), None), "name"
    if unit is None:
        return None, "", _("không có đơn vị nào mang mã hoặc tên này")
    if not _is_there(unit, shape):
        return None, "", _("nằm xa trung tâm của đơn vị")
    return unit, by, ""


def _is_there(unit: AgencyPeriod, shape: Shape) -> bool:
    """Whether the shape lies where the unit is known to be; of a unit whose centre nobody knows it may."""
    if unit.latitude is None or unit.longitude is None:
        return True
    west, south, east, north = shape.box
    across, up = float(unit.longitude), float(unit.latitude)
    return west - FAR <= across <= east + FAR and south - FAR <= up <= north + FAR


def plain(name: str) -> str:
    """A name without accents and without what kind of unit it is: `Xã Trà Bồng` is `tra bong`."""
    folded = fold(name)
    for kind in (*KINDS, "tinh", "thanh pho"):
        folded = folded.removeprefix(f"{kind} ")
    return folded


def names(shapes: Iterable[tuple[Shape, str]]) -> list[str]:
    """Shapes as a report says them: number in the file, code, name, and why they are nobody's."""
    return [
        f"{shape.number}: {' '.join(filter(None, [shape.code, shape.name])) or '—'} ({why})"
        for shape, why in shapes
    ]
