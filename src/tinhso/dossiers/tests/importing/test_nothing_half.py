"""Whatever is refused, and whenever in the file: nothing of it stands anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.errors import FileImportedBefore
from tinhso.dossiers.facts.dossiers import rows as rows_of_dossiers
from tinhso.dossiers.importing import errors, writing
from tinhso.dossiers.importing.figures import count
from tinhso.dossiers.importing.mapping import read_map
from tinhso.dossiers.importing.placing import fitting
from tinhso.dossiers.importing.reading import read
from tinhso.dossiers.services import importing
from tinhso.dossiers.services.importing import remove_history
from tinhso.dossiers.tests.factories import AT, SYSTEM
from tinhso.dossiers.tests.importing.logs import HEAD, bring, event, left, many, trace, written, xes

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.dossiers.models import ImportBatch
    from tinhso.dossiers.tests.factories import Desk

GOOD = HEAD + many(20)
ROWS = "case_id,activity,timestamp\n" + "".join(
    f"HS{number},Nhận,2022-03-01T08:00:00\n" for number in range(20)
)
REFUSED: list[tuple[str, str, str | bytes, type[errors.LogRefused]]] = [
    ("cut off", "log.xes", GOOD, errors.LogXmlBroken),
    ("not well formed", "log.xes", f"{GOOD}<trace></log>", errors.LogXmlBroken),
    ("too deep", "log.xes", GOOD + "<a>" * 100, errors.LogXmlBroken),
    ("a doctype", "log.xes", f"<!DOCTYPE log [<!ENTITY a 'b'>]>{GOOD}", errors.LogDeclaresEntities),
    ("the same case", "log.xes", f"{GOOD}{many(1)}</log>", errors.LogCaseRepeated),
    ("no case", "log.xes", f"{GOOD}{trace('')}</log>", errors.LogValueMissing),
    ("no activity", "log.xes", f"{GOOD}{trace('A', event(''))}</log>", errors.LogValueMissing),
    ("no time", "log.xes", f"{GOOD}{trace('A', event(time=''))}</log>", errors.LogValueMissing),
    ("an odd time", "log.xes", f"{GOOD}{trace('A', event(time='mai'))}</log>", errors.LogTimeUnreadable),
    (
        "a year of no calendar",
        "log.xes",
        f"{GOOD}{trace('A', event(time='9999-12-31T20:00:00Z'))}</log>",
        errors.LogTimeUnreadable,
    ),
    ("a long code", "log.xes", f"{GOOD}{trace('A' * 81)}</log>", errors.LogValueUnfit),
    ("no event", "log.xes", f"{HEAD}</log>", errors.LogEmpty),
    ("no log", "log.xes", "<html></html>", errors.LogFormatUnknown),
    ("no format", "log.bin", b"\x00\x01\x02", errors.LogFormatUnknown),
    ("a short line", "log.csv", f"{ROWS}A,Nhận\n", errors.LogRowBroken),
    ("no UTF-8", "log.csv", ROWS.encode() + b"A,\xff,2022-03-01T08:00:00\n", errors.LogTextUnreadable),
    ("a column missing", "log.csv", "case_id,activity\nA,Nhận\n", errors.LogColumnMissing),
    ("two columns of one name", "log.csv", ROWS.replace("timestamp", "timestamp,Activity"), errors.LogColumnRepeated),
    ("a heading alone", "log.csv", ROWS.partition("\n")[0], errors.LogEmpty),
    ("nothing", "log.csv", " \n", errors.LogFileEmpty),
    ("nothing packed", "log.csv.gz", "", errors.LogFileEmpty),
    ("UTF-16", "log.csv", ROWS.encode("utf-16"), errors.LogTextUnreadable),
    ("UTF-16 without a mark", "log.csv", ROWS.encode("utf-16-be"), errors.LogTextUnreadable),
    ("an odd time in a line", "log.csv", f"{ROWS}A,Nhận,mai\n", errors.LogTimeUnreadable),
    ("NUL in a line", "log.csv", f"{ROWS}A,N\x00,2022-03-01T08:00:00\n", errors.LogRefused),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of four steps: what is refused late is refused after much was staged."""
    monkeypatch.setattr(writing, "BLOCK", 4)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [each[1:] for each in REFUSED],
    ids=[each[0].replace(" ", "-") for each in REFUSED],
)
def test_a_refused_log_leaves_nothing(
    tmp_path: Path, desk: Desk, name: str, content: str | bytes, refusal: type[errors.LogRefused]
) -> None:
    path = written(tmp_path, content, name)
    with pytest.raises(refusal):
        bring(path, desk.commune)
    assert left() == {}
    assert bring(xes(tmp_path, many(3), name="good.xes"), desk.commune).cases == 3


def test_unlikely_days_are_brought_in_and_told(tmp_path: Path, desk: Desk) -> None:
    rows = f"{ROWS}A,Nhận,1970-01-01\nA,Trả,2099-01-01\nB,Nhận,2099-01-02\n"
    path = written(tmp_path, rows, "log.csv")
    figures = count(read(path), AT)
    told = {"before_1990": 1, "to_come": 2, "first_case": "A"}
    assert (figures.as_json()["unlikely_days"], figures.events) == (told, 23)
    assert figures.unlikely_days.endswith("gặp đầu tiên là 01/01/1970 ở hồ sơ «A»")
    assert bring(path, desk.commune).steps == 23
    assert len(list(rows_of_dossiers(None))) == 22


@pytest.mark.slow
def test_damaged_compression_leaves_nothing(tmp_path: Path, desk: Desk) -> None:
    path = xes(tmp_path, many(3000), name="log.xes.gz")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(errors.LogCompressionBroken):
        bring(path, desk.commune)
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(errors.LogNotGzip):
        bring(path, desk.commune)
    with pytest.raises(errors.LogMissing):
        bring(tmp_path / "none.xes", desk.commune)
    assert left() == {}


def test_a_map_that_names_what_is_not_there_leaves_nothing(tmp_path: Path, desk: Desk) -> None:
    log_map = written(tmp_path, "resource: người_làm\n", "map.yaml")
    with pytest.raises(errors.LogColumnMissing):
        bring(xes(tmp_path, many(20)), desk.commune, log_map=read_map(log_map))
    assert left() == {}


def test_a_publication_that_breaks_leaves_nothing(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = writing.publish

    def broken(batch: ImportBatch) -> None:
        publish(batch)
        raise MemoryError

    monkeypatch.setattr(importing, "publish", broken)
    with pytest.raises(MemoryError):
        bring(xes(tmp_path, many(20)), desk.commune)
    assert left() == {}


def test_the_same_content_is_refused_under_any_name(tmp_path: Path, desk: Desk) -> None:
    bring(xes(tmp_path, many(3)), desk.commune)
    before = left()
    with pytest.raises(FileImportedBefore):
        bring(xes(tmp_path, many(3), name="other.xes.gz"), desk.land)
    assert left() == before


def test_cases_come_once_to_an_agency_until_their_batch_is_undone(
    tmp_path: Path, desk: Desk
) -> None:
    batch = bring(xes(tmp_path, many(3)), desk.commune)
    before = left()
    other = xes(tmp_path, many(4, begin=1), "\n", name="other.xes")
    with pytest.raises(errors.LogCasesKnown) as refused:
        bring(other, desk.commune)
    told = refused.value.details
    assert (told["count"], told["cases"]) == (2, "«HS-0001», «HS-0002»")
    assert f"--undo {batch.uuid}" in str(refused.value)
    assert left() == before
    remove_history(batch.uuid, actor=SYSTEM, at=AT)
    assert bring(other, desk.commune).cases == 4


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [each[1:] for each in REFUSED],
    ids=[each[0].replace(" ", "-") for each in REFUSED],
)
def test_what_is_only_read_is_refused_for_the_same(
    tmp_path: Path, name: str, content: str | bytes, refusal: type[errors.LogRefused]
) -> None:
    with pytest.raises(refusal):
        count(fitting(read(written(tmp_path, content, name)), name), AT)
