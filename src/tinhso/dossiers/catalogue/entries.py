"""One record of the crawl becomes an entry: which of its fields holds what, and what was read from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tinhso.dossiers.catalogue.bases import bases_of, outcomes_of
from tinhso.dossiers.catalogue.errors import CatalogueRecordBroken
from tinhso.dossiers.catalogue.papers import papers_of
from tinhso.dossiers.catalogue.values import Entry, Reading, Reason, Source
from tinhso.dossiers.catalogue.ways import ways_of

CODE = re.compile(r"\d\.\d{6}")
LONGEST_TEXT = 400_000  # letters of one field; the longest of the real catalogue has 40.000
LEVELS = {
    "Cấp bộ": "ministry",
    "Cấp tỉnh": "province",
    "Cấp huyện": "district",
    "Cấp xã": "commune",
    "Cơ quan khác": "other",
}
_NAMES = {  # a field, and other names under which crawls of the same portal carry it
    "ma_thu_tuc": ("ma_tthc", "ma"),
    "ten_thu_tuc": ("ten_tthc", "ten"),
    "so_quyet_dinh": (),
    "cap_thuc_hien": (),
    "loai_thu_tuc": (),
    "linh_vuc": (),
    "doi_tuong_thuc_hien": ("doi_tuong",),
    "co_quan_co_tham_quyen": (),
    "dia_chi_tiep_nhan": (),
    "co_quan_duoc_uy_quyen": (),
    "co_quan_phoi_hop": (),
    "thu_tuc_lien_quan": (),
    "trinh_tu_thuc_hien": ("trinh_tu",),
    "cach_thuc_thuc_hien": ("cach_thuc",),
    "thanh_phan_ho_so": (),
    "can_cu_phap_ly": (),
    "co_quan_thuc_hien": (),
    "yeu_cau_dieu_kien": (),
    "ket_qua_xu_ly": ("ket_qua", "ket_qua_thuc_hien"),
    "nguon": (),
    "detail_url": (),
}
_STAFF = "Cán bộ, công chức, viên chức"
_COMMA = re.compile(r",\s*(?![^()]*\))")


def entry_of(record: Any, *, file: str, where: str) -> Entry:
    """The entry of a record; refuses with `CatalogueRecordBroken` one without code or name, or of another shape."""
    source = _source_of(record, file=file, where=where)
    code, name = source["ma_thu_tuc"], source["ten_thu_tuc"]
    if not CODE.fullmatch(code):
        raise CatalogueRecordBroken(
            file=file, where=where, reason=f"ma_thu_tuc «{code[:40]}» không phải mã thủ tục"
        )
    if not name:
        raise CatalogueRecordBroken(file=file, where=where, reason="thiếu ten_thu_tuc")
    reading = Reading()

    def text(column: str) -> Source:
        return Source(column, source[column])

    return Entry(
        code=code,
        name=name,
        sector=source["linh_vuc"],
        levels=_levels(text("cap_thuc_hien"), reading),
        objects=_objects(text("doi_tuong_thuc_hien"), reading),
        ways=ways_of(text("cach_thuc_thuc_hien"), reading),
        papers=papers_of(text("thanh_phan_ho_so"), reading),
        bases=bases_of(text("can_cu_phap_ly"), reading),
        outcomes=outcomes_of(text("ket_qua_xu_ly"), reading),
        source=source,
        reading=reading,
    )


def _source_of(record: Any, *, file: str, where: str) -> dict[str, str]:
    if not isinstance(record, Mapping):
        raise CatalogueRecordBroken(file=file, where=where, reason="không phải một thủ tục {…}")
    source = {}
    for column, others in _NAMES.items():
        given = next((record[name] for name in (column, *others) if record.get(name)), "")
        if not isinstance(given, str) or len(given) > LONGEST_TEXT or "\x00" in given:
            reason = (
                f"{column} không phải chữ, hoặc dài quá {LONGEST_TEXT} ký tự, hoặc có ký tự NUL"
            )
            raise CatalogueRecordBroken(file=file, where=where, reason=reason)
        if any("\ud800" <= letter <= "\udfff" for letter in given):
            raise CatalogueRecordBroken(
                file=file, where=where, reason=f"{column} có ký tự Unicode lẻ đôi"
            )
        source[column] = given.strip()
    return source


def _levels(source: Source, reading: Reading) -> tuple[str, ...]:
    found = []
    for name in _split(source, reading, "level"):
        if name in LEVELS:
            reading.got("level")
            found.append(LEVELS[name])
        else:
            reading.missed("level", Reason.NOT_UNDERSTOOD, source.cut(0, len(source.text)))
    return tuple(found)


def _objects(source: Source, reading: Reading) -> tuple[str, ...]:
    kept = source.text.replace(_STAFF, _STAFF.replace(", ", "\x1f"))
    names = [
        name.replace("\x1f", ", ")
        for name in _split(Source(source.column, kept), reading, "object")
    ]
    if names:
        reading.got("object", len(names))
    return tuple(names)


def _split(source: Source, reading: Reading, kind: str) -> list[str]:
    if source.cut(0, len(source.text)).says_nothing:
        reading.nothing(kind)
        return []
    return [name.strip() for name in _COMMA.split(source.text) if name.strip()]
