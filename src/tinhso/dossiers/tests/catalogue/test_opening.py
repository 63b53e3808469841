"""In what the catalogue may come, and what is refused in one line."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tinhso.dossiers.catalogue import records
from tinhso.dossiers.catalogue.errors import CatalogueCodeRepeated, CatalogueRefused
from tinhso.dossiers.catalogue.reading import count, read
from tinhso.dossiers.tests.catalogue.samples import BIRTH, record, small, written

Make = Callable[[Path], Path]


def array(folder: Path) -> Path:
    return put(folder, "danh-muc.json", written(small()))


def packed(folder: Path) -> Path:
    return put(folder, "danh-muc.json.gz", gzip.compress(written(small())))


def lines(folder: Path) -> Path:
    text = "\n".join(json.dumps(one) for one in small())
    return put(folder, "danh-muc.jsonl", b"\xef\xbb\xbf" + text.encode())


def tree(folder: Path) -> Path:
    for one in small():
        put(folder / "bo-thu", f"{one['ma_thu_tuc']}.json", json.dumps(one, indent=1).encode())
    put(folder, "README.txt", b"not a procedure")
    return folder


def zipped(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for one in small():
            archive.writestr(f"bo-thu/{one['ma_thu_tuc']}.json", json.dumps(one))
    return folder / "a.zip"


def tarred(folder: Path) -> Path:
    with tarfile.open(folder / "a.tar.gz", "w:gz") as archive:
        for one in small():
            content = json.dumps(one).encode()
            member = tarfile.TarInfo(f"bo-thu/{one['ma_thu_tuc']}.json")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return folder / "a.tar.gz"


def put(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize("make", [array, packed, lines, tree, zipped, tarred])
def test_a_catalogue_may_be_a_file_a_folder_or_an_archive(make: Make, tmp_path: Path) -> None:
    assert sorted(entry.code for entry in read(make(tmp_path))) == [
        "9.100001",
        "9.100002",
        "9.100003",
    ]


def test_other_crawls_name_the_fields_otherwise(tmp_path: Path) -> None:
    one = record()
    one["cach_thuc"] = one.pop("cach_thuc_thuc_hien")
    one["ket_qua"] = one.pop("ket_qua_xu_ly")
    one["raw_text"] = "…"
    (entry,) = read(put(tmp_path, "a.json", json.dumps(one).encode()))
    assert entry.ways
    assert entry.outcomes


BROKEN = {
    "cut": written(small())[:-40],
    "comma": b'[{"ma_thu_tuc": "9.100001",}]',
    "two": written(small()) + b"{}",
    "no code": written([{"ten_thu_tuc": "Thu"}]),
    "foreign code": written([{"ma_thu_tuc": "../../etc", "ten_thu_tuc": "Thu"}]),
    "no name": written([{"ma_thu_tuc": BIRTH}]),
    "list": b"[[1, 2]]",
    "number": b"[1, 2]",
    "text": b"ten_thu_tuc;ma",
    "other encoding": '[{"ten": "Th\u1eed"}]'.encode("utf-16"),
    "latin": b'[{"ten_thu_tuc": "Th\xe0nh"}]',
    "nul": b'[{"ma_thu_tuc": "9.100001\x00"}]',
    "escaped nul": b'[{"ma_thu_tuc": "9.100001", "ten_thu_tuc": "a\\u0000b"}]',
    "lone surrogate": b'[{"ma_thu_tuc": "9.100001", "ten_thu_tuc": "\\ud800"}]',
    "deep": b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    "digits": b'[{"a": ' + b"9" * 5_000 + b"}]",
    "not a number": b'[{"ma_thu_tuc": NaN}]',
    "other shape": written([{"ma_thu_tuc": BIRTH, "ten_thu_tuc": ["a"]}]),
    "empty": b"",
    "nothing in it": b"[]",
    "cut gzip": gzip.compress(written(small()))[:-20],
    "cut zip": b"PK\x03\x04 not a zip",
    "picture": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_is_refused_in_one_line(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", BROKEN[kind])
    with pytest.raises(CommandError) as refusal:
        call_command("import_procedures", str(path), "--dry-run", "--json", stdout=io.StringIO())
    assert "[dossiers.catalogue_" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="catalogue_missing"):
        call_command("import_procedures", str(tmp_path / "none.json"), "--dry-run")


def test_one_record_may_not_be_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGEST_RECORD", 1000)
    with pytest.raises(CatalogueRefused) as refusal:
        count(put(tmp_path, "a.json", b'[{"a": "' + b"x" * 5000 + b'"}]'))
    assert refusal.value.code == "dossiers.catalogue_too_large"


def test_a_code_may_come_twice_only_with_the_same_content(tmp_path: Path) -> None:
    same = put(tmp_path, "same.json", written([record(), record(nguon="bo-khac")]))
    assert count(same).procedures == 1
    other = put(tmp_path, "other.json", written([record(), record(name="Khác")]))
    with pytest.raises(CatalogueCodeRepeated):
        count(other)


@pytest.mark.parametrize("block", [1, 7, 64])
def test_where_the_blocks_are_cut_makes_no_difference(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_BLOCK", block)
    odd = record(name='Thử "ngoặc" \\ và {dấu} [ngoặc] ấ')
    assert [entry.name for entry in read(put(tmp_path, "a.json", written([odd])))] == [
        odd["ten_thu_tuc"]
    ]


def test_the_figures_count_what_was_tried_and_keep_examples(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_procedures", str(array(tmp_path)), "--dry-run", "--json", stdout=out)
    figures = json.loads(out.getvalue())
    assert (figures["procedures"], figures["unread"]) == (3, 3)
    assert figures["fields"] == sum(
        kind["read"] + kind["unread"] for kind in figures["by_kind"].values()
    )
    assert figures["unread_examples"][0] == {
        "procedure": BIRTH,
        "field": "deadline",
        "reason": "no_unit",
        "text": "Trực tiếp1Miễn phí",
    }
