"""Derive the compact table of administrative units from the MIT data of `vietnamadminunits`.

    python -m pip download --no-deps vietnamadminunits==1.0.4
    python -m zipfile -e vietnamadminunits-1.0.4-py3-none-any.whl UNPACKED
    python tools/derive_units.py UNPACKED

writes `units.csv`, `unit_successions.csv` and the package's licence into the content folder of
`tinhso.agencies`. Standard library only; the package itself is never imported, so its own
dependencies are not needed. Its "default new ward" flag is not a share and is not taken over: a
divided unit is only said to be divided.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT = Path(__file__).resolve().parents[1] / "src/tinhso/agencies/content"
BEFORE = ("Tỉnh Kon Tum", "Tỉnh Quảng Ngãi")
AFTER = "Tỉnh Quảng Ngãi"
AFTER_KEY = "tinhquangngai"


class Unit(NamedTuple):
    """One row of `units.csv`: a unit before or after 1 July 2025."""

    era: str
    kind: str
    unit_code: str
    name: str
    parent_code: str
    latitude: str
    longitude: str
    area_km2: str


class Follows(NamedTuple):
    """One row of `unit_successions.csv`: a commune went into a new one, whole or in part."""

    old_code: str
    new_code: str
    part: str


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")


def units_before(base: sqlite3.Connection) -> tuple[list[Unit], dict[str, str]]:
    """The units of both old provinces, and the code of each commune by the package's key.

    A district without communes (the island Lý Sơn) stands under its district code.
    """
    rows: dict[str, Unit] = {}
    codes: dict[str, str] = {}
    query = "SELECT * FROM admin_units_legacy WHERE province IN (?, ?) ORDER BY wardCode"
    for row in base.execute(query, BEFORE):
        province, district, ward = row["provinceCode"], row["districtCode"], row["wardCode"]
        place = _degrees(row["provinceLat"]), _degrees(row["provinceLon"])
        rows[province] = Unit("before", "province", province, row["province"], "", *place, "")
        place = _degrees(row["districtLat"]), _degrees(row["districtLon"])
        rows[district] = Unit("before", "district", district, row["district"], province, *place, "")
        if ward is not None:
            place = _degrees(row["wardLat"]), _degrees(row["wardLon"])
            rows[ward] = Unit("before", "commune", ward, row["ward"], district, *place, "")
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        codes[key] = ward or district
    return list(rows.values()), codes


def units_after(base: sqlite3.Connection) -> tuple[list[Unit], dict[str, str]]:
    """The united province and its communes, and the code of each commune by the package's key."""
    rows: dict[str, Unit] = {}
    codes: dict[str, str] = {}
    query = "SELECT * FROM admin_units WHERE province = ? ORDER BY wardCode"
    for row in base.execute(query, (AFTER,)):
        province, ward = row["provinceCode"], row["wardCode"]
        place = _degrees(row["provinceLat"]), _degrees(row["provinceLon"])
        rows[province] = Unit("after", "province", province, row["province"], "", *place, "")
        place = _degrees(row["wardLat"]), _degrees(row["wardLon"])
        area = _degrees(row["wardAreaKm2"])
        rows[ward] = Unit("after", "commune", ward, row["ward"], province, *place, area)
        codes[row["wardKey"]] = ward
    return list(rows.values()), codes


def successions(source: Path, old: dict[str, str], new: dict[str, str]) -> list[Follows]:
    """Which old commune went into which new one; a divided one has several rows."""
    converter = json.loads((source / "converter_2025.json").read_text(encoding="utf-8"))
    whole = converter["DICT_PROVINCE_WARD_NO_DIVIDED"][AFTER_KEY]
    parts = converter["DICT_PROVINCE_WARD_DIVIDED"].get(AFTER_KEY, {})
    found = {
        Follows(old[key], new[to], "whole") for to, origins in whole.items() for key in origins
    }
    found |= {
        Follows(old[key], new[entry["newWardKey"]], "part")
        for key, entries in parts.items()
        for entry in entries
    }
    return sorted(found)


def _write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (CONTENT / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(arguments: list[str]) -> int:
    """Read the unpacked wheel named on the command line and write the tables."""
    parser = argparse.ArgumentParser(description="Derive the table of administrative units.")
    parser.add_argument("unpacked", type=Path, help="folder into which the wheel was unpacked")
    unpacked = parser.parse_args(arguments).unpacked
    source = unpacked / "vietnamadminunits/data"
    base = sqlite3.connect(source / "dataset.db")
    base.row_factory = sqlite3.Row
    before, old = units_before(base)
    after, new = units_after(base)
    units = sorted([*before, *after], key=lambda unit: (unit.era == "after", unit.unit_code))
    _write("units.csv", Unit._fields, units)
    _write("unit_successions.csv", Follows._fields, successions(source, old, new))
    licence = next(unpacked.glob("*.dist-info/licenses/LICENSE"))
    shutil.copyfile(licence, CONTENT / "LICENSE.vietnamadminunits")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
