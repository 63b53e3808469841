"""The shipped tables of Kon Tum and Quảng Ngãi as documents. Pure: reads files of this app only.

Units and their successions are derived by `tools/derive_units.py`; departments and fields are in
`content/departments.yaml`. The reform of 1 July 2025 is worked out from the tables: nothing of it
is written by hand. Codes below the provinces' H codes are ours.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import AgencyKind, AssignedBy, Level, SuccessionKind
from tinhso.agencies.reform_documents import Amend, Begin, FieldMove, Follow, ReformDocument
from tinhso.kernel.folding import fold
from tinhso.packs import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CONTENT = Path(__file__).parent / "content"
UNITED = date(2025, 7, 1)
KEYS = {"62": "kon-tum", "51": "quang-ngai"}
H_CODES = {"62": "H34", "51": "H48"}
SURVIVOR = "51"
_FIRST_DISTRICT = 31
_FIRST_COMMUNE_AFTER = 101
_ENGLISH = {
    "Tỉnh": "Province", "Thành phố": "City", "Thị xã": "Town", "Huyện": "District",
    "Phường": "Ward", "Thị trấn": "Township", "Xã": "Commune", "Đặc khu": "Special Zone",
}  # fmt: skip
_KINDS = {
    "province": (AgencyKind.PROVINCE, Level.PROVINCE),
    "district": (AgencyKind.DISTRICT, Level.DISTRICT),
    "commune": (AgencyKind.COMMUNE, Level.COMMUNE),
}


@dataclass(frozen=True)
class Field:
    """A field of work as shipped."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class Tables:
    """The directory before both reforms: agencies, fields, and who held what."""

    agencies: tuple[Begin, ...]
    fields: tuple[Field, ...]
    competences: tuple[FieldMove, ...]


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _yaml(name: str) -> Any:
    return reading.read((CONTENT / name).read_bytes(), name).value


def _units(era: str) -> dict[str, dict[str, str]]:
    return {row["unit_code"]: row for row in _rows("units.csv") if row["era"] == era}


def _successions() -> dict[str, list[tuple[str, bool]]]:
    """The new communes of each old one, each with "whole or not"; Lý Sơn by its district code."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in _rows("unit_successions.csv"):
        found[row["old_code"]].append((row["new_code"], row["part"] == "whole"))
    return found


def _province_of(code: str, units: dict[str, dict[str, str]]) -> str:
    while units[code]["parent_code"]:
        code = units[code]["parent_code"]
    return code


def key_before(code: str) -> str:
    """The key of a unit as it was before 1 July 2025: `kon-tum/23293`."""
    units = _units("before")
    province = _province_of(code, units)
    return KEYS[province] if code == province else f"{KEYS[province]}/{code}"


@cache
def _lives_on() -> dict[str, str]:
    """Communes that were not rearranged, new code to old: one whole unit of the same name."""
    origins: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for old, followers in _successions().items():
        for new, whole in followers:
            origins[new].append((old, whole))
    before, after = _units("before"), _units("after")
    return {
        new: olds[0][0]
        for new, olds in origins.items()
        if len(olds) == 1 and olds[0][1] and before[olds[0][0]]["name"] == after[new]["name"]
    }


def key_after(code: str) -> str:
    """The key of a unit since 1 July 2025: its old one where it lives on, else with the year."""
    if code == SURVIVOR:
        return KEYS[code]
    if code in _lives_on():
        return key_before(_lives_on()[code])
    return f"{KEYS[SURVIVOR]}/{code}-2025"


def english(name: str) -> str:
    """`Xã Trà Bồng` as `Tra Bong Commune`."""
    for word, translated in _ENGLISH.items():
        if name.startswith(f"{word} "):
            proper = " ".join(part.capitalize() for part in fold(name[len(word) + 1 :]).split())
            return f"{proper} {translated}"
    return fold(name).title()


@cache
def _english_of_units() -> Mapping[str, str]:
    """The English name of every unit: with its marks where another's differs by marks alone (Ba Tơ, Ba Tô)."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in _rows("units.csv"):
        names[english(row["name"])].add(row["name"])
    return {
        name: told if len(alike) == 1 else _with_marks(name)
        for told, alike in names.items()
        for name in alike
    }


def _with_marks(name: str) -> str:
    """`Xã Ba Tơ` as `Ba Tơ Commune`."""
    word, translated = next(pair for pair in _ENGLISH.items() if name.startswith(f"{pair[0]} "))
    return f"{name.removeprefix(word).strip()} {translated}"


def _unit_codes() -> dict[str, str]:
    """Agency codes before: districts counted below the province, communes below the district."""
    units, codes = _units("before"), dict(H_CODES)
    below: dict[str, int] = defaultdict(int)
    for code, row in sorted(units.items(), key=lambda item: len(item[0])):
        if row["kind"] == "province":
            continue
        parent = row["parent_code"]
        first = _FIRST_DISTRICT if row["kind"] == "district" else 1
        codes[code] = f"{codes[parent]}.{first + below[parent]:02d}"
        below[parent] += 1
    return codes


def _facts(row: dict[str, str], *, agency_code: str, parent: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": row["name"],
        "name_en": _english_of_units()[row["name"]],
        "parent": parent,
        "level": _KINDS[row["kind"]][1],
        "agency_code": agency_code,
        "assigned_by": AssignedBy.STATE if "." not in agency_code else AssignedBy.PLATFORM,
        "unit_code": row["unit_code"],
    }
    for name in ("latitude", "longitude", "area_km2"):
        if row[name]:
            facts[name] = Decimal(row[name])
    return facts


def centre(unit: Begin | Amend, era: str) -> Begin:
    """The place where a unit's dossiers are received (một cửa), below the unit."""
    words = _yaml("departments.yaml")["centre"]
    kind = "province" if unit.facts["level"] == Level.PROVINCE else era
    name, name_en = unit.facts["name"], unit.facts["name_en"]
    spoken = name.removeprefix("Tỉnh ") if kind == "province" else name[:1].lower() + name[1:]
    suffix = "00" if kind == "province" else "90"
    return Begin(
        key=f"{unit.key}/mot-cua",
        kind=AgencyKind.CENTRE,
        facts={
            "name": f"{words[kind]['name']} {spoken}",
            "name_en": f"{words[kind]['name_en']} {name_en}",
            "parent": unit.key,
            "level": unit.facts["level"],
            "agency_code": f"{unit.facts['agency_code']}.{suffix}",
        },
    )


def _departments(province: str) -> Iterator[tuple[Begin, list[FieldMove]]]:
    content = _yaml("departments.yaml")
    for row in content["departments"]:
        key = f"{KEYS[province]}/{row['slug']}"
        held = [
            FieldMove(
                field=field["code"],
                level=Level.PROVINCE,
                place=KEYS[province],
                to=key,
                legal_basis=content["legal_basis"],
                verified=content["verified"],
            )
            for field in row["fields"]
        ]
        yield department(row, province), held


def department(row: dict[str, Any], province: str) -> Begin:
    """A department of a province, from its row in a content file."""
    name = _units("before")[province]["name"].removeprefix("Tỉnh ")
    return Begin(
        key=f"{KEYS[province]}/{row['slug']}",
        kind=AgencyKind.DEPARTMENT,
        facts={
            "name": row["name"].format(province=name),
            "name_en": row["name_en"].format(province_en=english(f"Tỉnh {name}")),
            "parent": KEYS[province],
            "level": Level.PROVINCE,
            "agency_code": f"{H_CODES[province]}.{row['number']}",
        },
    )


def own_fields(unit: Begin | Amend, level: Level, rule: str) -> Iterator[FieldMove]:
    """The fields that a district or commune decides itself, within itself."""
    content = _yaml("departments.yaml")["units"]
    basis = "legal_basis_after" if rule.endswith("_after") else "legal_basis"
    for code in content[rule]:
        yield FieldMove(
            field=code,
            level=level,
            place=unit.key,
            to=unit.key,
            legal_basis=content[basis],
            verified=content["verified"],
        )


@cache
def before_reforms() -> Tables:
    """Both provinces as they stood before 1 March 2025."""
    codes = _unit_codes()
    agencies: list[Begin] = []
    competences: list[FieldMove] = []
    for code, row in sorted(_units("before").items(), key=lambda item: len(item[0])):
        kind, level = _KINDS[row["kind"]]
        parent = key_before(row["parent_code"]) if row["parent_code"] else ""
        facts = _facts(row, agency_code=codes[code], parent=parent)
        unit = Begin(key=key_before(code), kind=kind, facts=facts)
        agencies += [unit, centre(unit, "before")]
        if kind != AgencyKind.PROVINCE:
            competences += own_fields(unit, level, row["kind"])
    for province in KEYS:
        for begun, held in _departments(province):
            agencies.append(begun)
            competences += held
    fields = [
        Field(field["code"], field["name"], field["name_en"])
        for row in _yaml("departments.yaml")["departments"]
        for field in row["fields"]
    ]
    return Tables(tuple(agencies), tuple(fields), tuple(competences))


def departments_reform() -> ReformDocument:
    """Departments of both provinces, 1 March 2025, from `content/reforms`."""
    content = _yaml("reforms/departments-2025-03-01.yaml")
    provinces = {KEYS[code]: code for code in KEYS}
    common = {"legal_basis": content["legal_basis"], "verified": content["verified"]}
    begin: list[Begin] = []
    follow: list[Follow] = []
    fields: list[FieldMove] = []
    for key in content["provinces"]:
        begin += [department(row, provinces[key]) for row in content["begin"]]
        follow += [
            Follow(f"{key}/{row['from']}", f"{key}/{to}", SuccessionKind(row["kind"]), **common)
            for row in content["follow"]
            for to in row["to"]
        ]
        fields += [
            FieldMove(
                field=code,
                level=Level.PROVINCE,
                place=key,
                to=f"{key}/{row['to']}",
                legal_basis=row.get("legal_basis", content["legal_basis"]),
                verified=row.get("verified", content["verified"]),
            )
            for row in content["fields"]
            for code in row["fields"]
        ]
    return ReformDocument(
        code=content["code"],
        name=content["name"],
        on=date.fromisoformat(content["on"]),
        **common,
        begin=tuple(begin),
        end=tuple(dict.fromkeys(f.predecessor for f in follow)),
        follow=tuple(follow),
        fields=tuple(fields),
    )


def united_communes() -> Iterable[tuple[str, Begin | Amend]]:
    """The 96 communes of the united province: those that begin, and those that live on."""
    communes = [row for row in _units("after").values() if row["kind"] == "commune"]
    for number, row in enumerate(communes, _FIRST_COMMUNE_AFTER):
        code = f"{H_CODES[SURVIVOR]}.{number}"
        facts = _facts(row, agency_code=code, parent=KEYS[SURVIVOR])
        key = key_after(row["unit_code"])
        if row["unit_code"] in _lives_on():
            yield row["unit_code"], Amend(key=key, facts=facts)
        else:
            yield row["unit_code"], Begin(key=key, kind=AgencyKind.COMMUNE, facts=facts)


def communes_followed() -> Iterator[tuple[str, str, list[str]]]:
    """Each old commune's key, its district's, and the keys of the communes that followed it.

    A district without communes (Lý Sơn) stands for itself.
    """
    units = _units("before")
    for old, followers in _successions().items():
        district = old if units[old]["kind"] == "district" else units[old]["parent_code"]
        keys = [key_after(new) for new, _whole in followers]
        yield key_before(old), key_before(district), keys
