"""An entry of the national catalogue in the words of a page: what was read; what is unclear stays as written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.dossiers.models import CatalogueVersion

NATIONAL_PORTAL = "https://dichvucong.gov.vn/"
LEVELS = {
    "ministry": gettext_lazy("Bộ, ngành trung ương"),
    "province": gettext_lazy("Sở, ngành của tỉnh"),
    "district": gettext_lazy("Huyện"),
    "commune": gettext_lazy("Xã, phường, đặc khu"),
    "other": gettext_lazy("Cơ quan khác"),
}
CHANNELS = {
    "online": gettext_lazy("Trực tuyến"),
    "post": gettext_lazy("Dịch vụ bưu chính"),
    "in_person": gettext_lazy("Trực tiếp"),
}
_NOTHING_NOTED = frozenset({"không", "không có", "chưa quy định", "không quy định", "i", "ii"})
UNITS = {
    "working_days": gettext_lazy("ngày làm việc"),
    "days": gettext_lazy("ngày"),
    "hours": gettext_lazy("giờ"),
    "weeks": gettext_lazy("tuần"),
    "months": gettext_lazy("tháng"),
    "years": gettext_lazy("năm"),
}


@dataclass(frozen=True)
class Way:
    """One line of the table of ways; channels of which the same is said share a line."""

    channels: str
    deadline: str
    fee: str
    note: str
    description: str


@dataclass(frozen=True)
class Paper:
    """One paper: its name, how many originals and copies, the file of its form."""

    name: str
    count: str
    form: str


def levels(codes: list[str]) -> str:
    """The levels at which it is settled, in words."""
    return ", ".join(str(LEVELS[code]) for code in codes if code in LEVELS)


def told(version: CatalogueVersion) -> dict[str, Any]:
    """What the page of an entry tells, by the names that its template uses."""
    return {
        "level": levels(version.levels),
        "ways": ways(version),
        "papers": list(paper_groups(version)),
        "bases": [
            (title, number_of, date.fromisoformat(day) if day else None)
            for title, number_of, day in bases(version)
        ],
        "outcomes": outcomes(version),
        "unclear": unclear(version),
        "address": address(version),
        "agency": said(version, "co_quan_thuc_hien"),
        "steps": said(version, "trinh_tu_thuc_hien"),
        "conditions": said(version, "yeu_cau_dieu_kien"),
        "papers_as_written": "" if version.parsed["papers"] else said(version, "thanh_phan_ho_so"),
        "ways_as_written": "" if version.parsed["ways"] else said(version, "cach_thuc_thuc_hien"),
    }


def ways(version: CatalogueVersion) -> list[Way]:
    """The ways of filing in the order of the source."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for way in version.parsed["ways"]:
        told = (_deadline(way), *_fee(way), _text(way["description"]))
        channel = str(CHANNELS.get(way["channel"], way["channel"]))
        channels = rows.setdefault(told, [])
        if channel not in channels:
            channels.append(channel)
    return [Way(", ".join(channels), *told) for told, channels in rows.items()]


def _deadline(way: dict[str, Any]) -> str:
    if way["deadline"]:
        unit = UNITS.get(way["deadline"]["unit"], way["deadline"]["unit"])
        return f"{way['deadline']['number']} {unit}"
    return _text(way["words"]) or gettext("Nguồn không ghi rõ")


def _fee(way: dict[str, Any]) -> tuple[str, str]:
    fee = way["fee"]
    if not fee:
        return gettext("Nguồn không ghi rõ"), ""
    note = "" if _text(fee["note"]).lower().rstrip(".") in _NOTHING_NOTED else _text(fee["note"])
    if fee["kind"] == "amount":
        money = gettext("đồng") if fee["sum"]["unit"] == "VND" else fee["sum"]["unit"]
        return f"{number(fee['sum']['number'])} {money}", note
    if fee["kind"] == "noted":
        return gettext("Theo ghi chú"), note
    return gettext("Không thu"), note


def paper_groups(version: CatalogueVersion) -> Iterator[tuple[str, list[Paper]]]:
    """The papers, by the case to which they belong."""
    for group, papers in groupby(version.parsed["papers"], key=lambda paper: paper["group"]):
        yield group, [_paper(paper) for paper in papers]


def _paper(paper: dict[str, Any]) -> Paper:
    counts = (
        (paper["originals"], gettext("{n} bản chính")),
        (paper["copies"], gettext("{n} bản sao")),
    )
    told = [words.format(n=count) for count, words in counts if count]
    return Paper(_text(paper["name"]), ", ".join(told), _text(paper["form"]))


def bases(version: CatalogueVersion) -> list[tuple[str, str, str]]:
    """The documents: title, number, date as ISO; a number or date that the title names is not said twice."""
    found = []
    for basis in version.parsed["bases"]:
        title, number_of, day = _text(basis["title"]), basis["number"], basis["day"]
        found.append(
            (title, "" if number_of in title else number_of, "" if "ngày" in title else day)
        )
    return found


def outcomes(version: CatalogueVersion) -> list[str]:
    """What one gets in the end."""
    return [_text(outcome["name"]) for outcome in version.parsed["outcomes"]]


def unclear(version: CatalogueVersion) -> list[str]:
    """What stands in the source and was not read for certain, as written, each once."""
    shown = (one["at"]["text"][:300] for one in version.parsed["unread"])
    return list(dict.fromkeys(shown))


def said(version: CatalogueVersion, column: str) -> str:
    """A text of the source as written; empty when the catalogue says that there is none."""
    text: str = version.source.get(column, "")
    return "" if text.strip().lower() == "không có thông tin" else text


def address(version: CatalogueVersion) -> str:
    """The page of the national portal from which it was copied, if it is one."""
    given: str = version.source.get("detail_url", "")
    return given if given.startswith(NATIONAL_PORTAL) else ""


def _text(span: dict[str, Any] | None) -> str:
    return str(span["text"]) if span else ""
