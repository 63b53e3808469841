"""From a name as a notice writes it to the agency of that day (đối chiếu tên cơ quan); open where it is not certain.

"Sở TT&TT" of a notice of 2024 is the department of that day, and today whoever alone followed it; where several did, or
its fields went elsewhere, the holder of the field that the sentence names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tinhso.agencies.models import AgencyKind, AgencyPeriod, Level
from tinhso.agencies.queries import ancestors, descendants, fields_of, holder, successors
from tinhso.kernel.folding import alphabetical, fold
from tinhso.tasks.notices.bodies import how_many_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.tasks.drafts import Item

ABBREVIATIONS = {
    "tt&tt": "thong tin truyen thong",
    "tttt": "thong tin truyen thong",
    "tn&mt": "tai nguyen moi truong",
    "tnmt": "tai nguyen moi truong",
    "nn&mt": "nong nghiep moi truong",
    "nnmt": "nong nghiep moi truong",
    "nn&ptnt": "nong nghiep phat trien nong thon",
    "nnptnt": "nong nghiep phat trien nong thon",
    "kh&cn": "khoa hoc cong nghe",
    "khcn": "khoa hoc cong nghe",
    "kh&dt": "ke hoach dau tu",
    "khdt": "ke hoach dau tu",
    "gd&dt": "giao duc dao tao",
    "gddt": "giao duc dao tao",
    "gtvt": "giao thong van tai",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "ldtb&xh": "lao dong thuong binh xa hoi",
    "ld-tb&xh": "lao dong thuong binh xa hoi",
    "ld-tbxh": "lao dong thuong binh xa hoi",
    "vhttdl": "van hoa the thao du lich",
    "vhtt&dl": "van hoa the thao du lich",
    "vh,tt&dl": "van hoa the thao du lich",
    "vh-tt&dl": "van hoa the thao du lich",
    "dt&tg": "dan toc ton giao",
    "dttg": "dan toc ton giao",
    "vp": "van phong",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
}
_COMMITTEE = re.compile(r"\b(?:uy ban nhan dan|u ban nhan dan)\b")
_PERSON = re.compile(
    r"^(?:(?:cac )?dong chi )?(?:pho )?"
    r"(?:giam doc|chu tich|thu truong|truong ban|nguoi dung dau|lanh dao) (?=so|ubnd|ban|cong an|cac)"
)
_OFFICE_CHIEF = re.compile(r"^(?:pho )?chanh (?=van phong)")
_COMMUNES = re.compile(r"\b(?:cac|cap|tung|moi) (?:xa|phuong|dac khu)\b|\bdia phuong\b")
_DEPARTMENTS = re.compile(r"\b(?:cac|toan the) (?:so nganh|so ban nganh|so)$|\bso ban nganh\b")
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_FIELD_WORDS = 2


@dataclass(frozen=True)
class Names:
    """The agencies of a province by the names under which texts of a day speak of them."""

    written: date
    today: date
    province: int
    alive: frozenset[int] = frozenset()
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    communes: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    suffix: str = ""

    def find(self, name: str, about: str = "") -> tuple[int, ...]:
        """The agencies that the name means today, none where it is not certain; `about` is the sentence."""
        if how_many_said(name) is not None:
            return ()  # "hai đơn vị này": nobody before was so many
        plain = _normal(name, self.suffix)
        if _COMMUNES.search(plain):
            together = self.departments if _DEPARTMENTS.search(plain) else ()
            return (*together, *self.communes)
        if _DEPARTMENTS.search(plain):
            return self.departments
        plain = _OFFICE_CHIEF.sub("", _PERSON.sub("", plain))
        found = self.by_name.get(plain, set())
        if len(found) != 1:
            return ()
        return self._today(next(iter(found)), about)

    def _today(self, agency: int, about: str) -> tuple[int, ...]:
        """The agency itself while it lives; else the holder of the field spoken of, else its only successor."""
        if agency in self.alive:
            return (agency,)
        said = f" {_NOT_WORDS.sub(' ', fold(about))} "
        spoken = [
            one
            for one in fields_of(agency, self._last_day(agency))
            if any(f" {part} " in said for part in _parts(one.name))
        ]
        holders = {
            found.pk
            for one in spoken
            if (found := holder(one.code, Level.PROVINCE, self.today, within=self.province))
        }
        if len(holders) == 1:
            return tuple(holders)
        after = successors(agency, self.today)
        return (after[0].pk,) if len(after) == 1 else ()

    @staticmethod
    def _last_day(agency: int) -> date:
        ends = AgencyPeriod.objects.filter(agency=agency).values_list("until", flat=True)
        return max((end for end in ends if end), default=date.max) - timedelta(days=1)


def names_for(agency: int, *, written: date, today: date) -> Names:
    """The names of the province that the agency belongs to, of the day of the text, of today, and of what has ended."""
    province = province_of(agency, today)
    below = descendants(province, today) | descendants(province, written)
    periods = list(AgencyPeriod.objects.filter(agency__in=below).select_related("agency")) + list(
        AgencyPeriod.objects.filter(parent=province).select_related("agency")
    )
    here = next((one for one in periods if one.agency_id == province and one.holds_on(today)), None)
    suffix = _words(here.name) if here else ""
    alive = frozenset(one.agency_id for one in periods if one.holds_on(today))
    names = Names(written, today, province, alive, suffix=suffix)
    ordered = sorted(
        (one for one in periods if one.holds_on(today)), key=lambda one: alphabetical(one.name)
    )
    for days in ((written,), (today,), ()):  # a name of the day of the text comes first
        fresh: dict[str, set[int]] = defaultdict(set)
        for one in periods:
            if not days or one.holds_on(days[0]):
                fresh[_normal(one.official_name, suffix)].add(one.agency_id)
        for name, agencies in fresh.items():
            names.by_name.setdefault(name, agencies)
    return replace(
        names,
        communes=tuple(o.agency_id for o in ordered if o.agency.kind == AgencyKind.COMMUNE),
        departments=tuple(o.agency_id for o in ordered if o.agency.kind == AgencyKind.DEPARTMENT),
    )


def matched(item: Item, names: Names) -> Item:
    """The item with the agencies that its names mean; what was not found stays to be chosen."""
    leads = _all(names.find(name, item.text) for name in item.lead_names)
    loose = tuple(name for name in item.coordinate_names if not names.find(name, item.text))
    together = _all(names.find(name, item.text) for name in item.coordinate_names)
    known = all(names.find(name, item.text) for name in item.lead_names)
    return replace(
        item,
        leads=leads if known else (),
        coordinators=tuple(one for one in together if one not in leads),
        loose=loose,
    )


def _all(found: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(agency for one in found for agency in one))


def province_of(agency: int, on: date) -> int:
    """The province above the agency, or the agency itself where nothing is above."""
    above = [agency, *ancestors(agency, on)]
    kinds = dict(
        AgencyPeriod.objects.filter(agency__in=above).values_list("agency", "agency__kind")
    )
    return next((one for one in above if kinds.get(one) == AgencyKind.PROVINCE), above[-1])


def _words(text: str) -> str:
    return " ".join(part for part in _NOT_WORDS.split(fold(text)) if part and part != "va")


@lru_cache(maxsize=8192)  # the agencies of a province under all their names, several times over
def _normal(name: str, suffix: str) -> str:
    """The name without accents, signs, "và" and the province: "Sở TT&TT tỉnh Gia" is so thong tin truyen thong."""
    parts = [ABBREVIATIONS.get(part.strip(".,;"), part) for part in fold(name).split()]
    plain = _COMMITTEE.sub("ubnd", _words(" ".join(parts)))
    for end in (f" {suffix}", " tinh"):
        if suffix and plain.endswith(end):
            plain = plain.removesuffix(end)
            break
    return plain


def _parts(name: str) -> list[str]:
    """What of a field's name a sentence may say: its parts of two words and more."""
    parts = [
        " ".join(part for part in _NOT_WORDS.split(fold(one)) if part) for one in name.split(",")
    ]
    return [part for part in parts if len(part.split()) >= _FIELD_WORDS]
