"""What is read from a log, and what is refused in one line with its place."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tinhso.dossiers.importing import errors
from tinhso.dossiers.importing.cases import ImportedStep
from tinhso.dossiers.importing.mapping import read_map
from tinhso.dossiers.importing.reading import ImportedCase, content_hash, read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'


def event(activity: str = "Nhận", time: str = "2025-03-01T08:00:00+07:00", more: str = "") -> str:
    return (
        f'<event><string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="{time}"/>{more}</event>\n'
    )


def trace(*events: str, code: str = "HS-1", more: str = "") -> str:
    name = f'<string key="concept:name" value="{code}"/>' if code else ""
    return f"<trace>{name}{more}\n{''.join(events)}</trace>\n"


def xes(tmp_path: Path, *traces: str, name: str = "log.xes") -> Path:
    return written(tmp_path, f"{HEAD}{''.join(traces)}</log>", name)


def written(tmp_path: Path, content: str | bytes, name: str) -> Path:
    path = tmp_path / name
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def cases(path: Path, log_map: str | None = None) -> list[ImportedCase]:
    if log_map is None:
        return list(read(path))
    map_path = path.parent / "map.yaml"
    map_path.write_text(log_map, encoding="utf-8")
    return list(read(path, read_map(map_path)))


def refused(
    kind: type[errors.LogRefused], path: Path, log_map: str | None = None
) -> errors.LogRefused:
    with pytest.raises(kind) as found:
        cases(path, log_map)
    line = str(found.value)
    assert "\n" not in line
    assert "{" not in line
    return found.value


def test_a_trace_is_a_case_and_times_are_in_utc(tmp_path: Path) -> None:
    more = '<string key="channel" value="Trực tuyến"/><date key="deadline" value="2025-03-05"/>'
    resource = '<string key="org:resource" value="u7"/><string key="org:group" value="MC"/>'
    [case] = cases(xes(tmp_path, trace(event(more=resource), more=more)))
    assert case == ImportedCase(
        foreign_code="HS-1",
        steps=[ImportedStep("Nhận", datetime(2025, 3, 1, 1, tzinfo=UTC), "u7", "MC", "")],
        channel="Trực tuyến",
        deadline=datetime(2025, 3, 4, 17, tzinfo=UTC),
        finished_at=None,
        attributes={},
    )


def test_steps_are_by_time_and_ties_in_file_order(tmp_path: Path) -> None:
    late = "2025-03-02T08:00:00+07:00"
    path = xes(tmp_path, trace(event("c", late), event("a"), event("b"), event("d", late)))
    assert [step.activity for step in cases(path)[0].steps] == ["a", "b", "c", "d"]


def test_what_is_nested_in_an_attribute_is_not_the_events(tmp_path: Path) -> None:
    nested = '<string key="x" value="y"><string key="concept:name" value="lạ"/></string>'
    path = xes(tmp_path, trace(event(more=nested), more=nested))
    assert [(case.foreign_code, case.steps[0].activity) for case in cases(path)] == [
        ("HS-1", "Nhận")
    ]


def test_defaults_and_prefixes_of_xes_change_nothing(tmp_path: Path) -> None:
    text = (
        f"{HEAD}<global scope='event'><string key='concept:name' value='UNKNOWN'/></global>"
        f"{trace(event())}<trace/></log>"
    )
    prefixed = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    for number, content in enumerate((text, prefixed)):
        assert len(cases(written(tmp_path, content, f"{number}.xes"))) == 1


def test_a_time_without_zone_is_vietnams_unless_the_map_says(tmp_path: Path) -> None:
    path = xes(tmp_path, trace(event(time="2025-03-01T08:00:00")))
    assert cases(path)[0].steps[0].at == datetime(2025, 3, 1, 1, tzinfo=UTC)
    assert cases(path, "timezone: Asia/Tokyo\n")[0].steps[0].at.hour == 23


def test_csv_and_xes_of_the_same_log_are_the_same_cases(tmp_path: Path) -> None:
    table = (
        "case:concept:name,concept:name,time:timestamp\n"
        "HS-1,Nhận,2025-03-01 08:00:00+07:00\n"
        '"HS,2","Trả\nkết quả",2025-03-02 08:00:00+07:00\n'
    )
    path = written(tmp_path, table, "log.csv.gz")
    log = xes(
        tmp_path,
        trace(event()),
        trace(event("Trả&#10;kết quả", "2025-03-02T08:00:00+07:00"), code="HS,2"),
    )
    assert cases(path) == cases(log)


def test_a_map_names_columns_zone_and_form(tmp_path: Path) -> None:
    table = "\ufeffMã;Bước;Lúc;Hạn;Xã\nA;Nhận;01/03/2025 08:00;05/03/2025 17:00;An Phú\n"
    log_map = (
        "case: Mã\nactivity: Bước\ntime: Lúc\ndeadline: Hạn\nattributes: [Xã]\n"
        'time_format: "%d/%m/%Y %H:%M"\ndelimiter: ";"\n'
    )
    [case] = cases(written(tmp_path, table, "log.csv"), log_map)
    assert case.deadline == datetime(2025, 3, 5, 10, tzinfo=UTC)
    assert case.attributes == {"Xã": "An Phú"}


@pytest.mark.parametrize(
    "time",
    [
        "2022/03/01 08:05:00.000",
        "01/03/2022 8:05",
        "01-03-2022 08:05:00",
        "1.3.2022 8:05 AM",
        "20220301080500",
        "1646096700",
        "1646096700000",
        "2022-03-01T01:05:00Z",
    ],
)
def test_times_are_read_as_programs_write_them(tmp_path: Path, time: str) -> None:
    text = f"Mã hồ sơ;Bước xử lý;Thời điểm\nH1;Nhận;{time}\n"
    (case,) = read(written(tmp_path, text, "a.csv"))
    minute = case.steps[0].at.replace(second=0)
    assert (case.foreign_code, minute) == ("H1", datetime(2022, 3, 1, 1, 5, tzinfo=UTC))


def test_the_month_stands_first_where_one_day_can_be_no_month(tmp_path: Path) -> None:
    text = (
        "Case ID,Activity,Complete Timestamp\nH1,A,03/01/2022 01:00 PM\nH2,A,03/13/2022 01:00 PM\n"
    )
    cases = list(read(written(tmp_path, text, "a.csv")))
    assert [case.steps[0].at.day for case in cases] == [1, 13]
    assert cases[0].steps[0].at.month == 3


@pytest.mark.parametrize(
    "time", ["31/02/2022 08:00", "13/13/2022", "25:00", "0/1/2022", "1/1/2022 13:00 PM"]
)
def test_what_is_no_time_is_refused(tmp_path: Path, time: str) -> None:
    with pytest.raises(errors.LogTimeUnreadable, match="dòng 2"):
        list(read(written(tmp_path, f"case,activity,time\nH1,A,{time}\n", "a.csv")))


def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(errors.LogColumnMissing, match="có các cột: Mã hồ sơ, Ai"):
        list(read(written(tmp_path, "Mã hồ sơ,Ai\nH1,A\n", "a.csv")))


def test_cases_that_alternate_are_the_same_as_cases_that_stand_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhso.dossiers.importing.tables.RANGE", 40)
    begin = datetime(2025, 3, 1, tzinfo=UTC)
    rows = [
        f"HS{case},b{step},{begin + timedelta(hours=case + step)}\n"
        for case in range(60)
        for step in range(3)
    ]
    heading = "case_id,activity,timestamp\n"
    together = cases(written(tmp_path, heading + "".join(rows), "a.csv"))
    random.Random(7).shuffle(rows)  # noqa: S311 - an order, not a secret
    apart = cases(written(tmp_path, heading + "".join(rows), "b.csv"))
    assert len(apart) == 60
    order = list(dict.fromkeys(row.partition(",")[0] for row in rows))
    assert [case.foreign_code for case in apart] == order
    assert sorted(apart, key=lambda case: case.foreign_code) == sorted(
        together, key=lambda case: case.foreign_code
    )


def test_content_not_name_makes_a_file_the_same(tmp_path: Path) -> None:
    one, other = (xes(tmp_path, trace(event()), name=name) for name in ("a.xes", "b.xes"))
    assert content_hash(one) == content_hash(other)


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_progress_is_told_in_bytes_of_the_file_up_to_its_end(tmp_path: Path, name: str) -> None:
    traces = [trace(event(), code=f"HS-{number}") for number in range(6000)]
    path = xes(tmp_path, *traces, name=name)
    told: list[tuple[int, int]] = []
    assert len(list(read(path, progress=lambda *at: told.append(at)))) == 6000
    size = path.stat().st_size
    assert told == sorted(told)
    assert {whole for _done, whole in told} == {size}
    assert told[-1][0] == size


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refused(errors.LogMissing, tmp_path / "none.xes")
    refused(errors.LogMissing, tmp_path)


def test_a_name_that_lies_about_compression_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_text(HEAD, encoding="utf-8")
    refused(errors.LogNotGzip, path)


def test_damaged_compression_is_refused_with_its_byte(tmp_path: Path) -> None:
    events = [event(f"bước {random.Random(n).random()}") for n in range(4000)]  # noqa: S311
    whole = xes(tmp_path, trace(*events), name="log.xes.gz").read_bytes()
    for number, content in enumerate((whole[:-3000], whole[:-8] + b"\x00" * 8)):
        path = tmp_path / f"{number}.xes.gz"
        path.write_bytes(content)
        assert refused(errors.LogCompressionBroken, path).details["where"].startswith("byte ")
    path.write_bytes(whole[:5000] + b"\x00" * 50 + whole[5050:])
    refused(errors.LogRefused, path)


@pytest.mark.slow
def test_broken_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}{trace(event())}<trace>\n", "log.xes")
    assert refused(errors.LogXmlBroken, path).details["where"] == "dòng 7"
    refused(errors.LogXmlBroken, written(tmp_path, f"{HEAD}<a b='{'x' * 9_000_000}", "log.xes"))
    refused(errors.LogXmlBroken, written(tmp_path, HEAD + "<a>" * 100, "log.xes"))


def test_entities_are_refused_unread(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<log>&b;</log>'
    refused(errors.LogDeclaresEntities, written(tmp_path, bomb, "log.xes"))
    outside = '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>'
    refused(errors.LogDeclaresEntities, written(tmp_path, outside, "log.xes"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<html/>", errors.LogFormatUnknown),
        (b"\x00\x01PK", errors.LogFormatUnknown),
        ("some words", errors.LogFormatUnknown),
        (b"\xff\xfea\x00", errors.LogTextUnreadable),
        ("", errors.LogFileEmpty),
    ],
)
def test_an_unknown_format_is_refused(
    tmp_path: Path, content: str | bytes, kind: type[errors.LogRefused]
) -> None:
    refused(kind, written(tmp_path, content, "log.bin"))


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        (trace(event(), code=""), "dòng 3, hồ sơ thứ 1"),
        (trace(event(), event("")), "dòng 5, hồ sơ thứ 1, sự kiện thứ 2"),
        (trace(event(time="")), "dòng 4, hồ sơ thứ 1, sự kiện thứ 1"),
        (event(), "dòng 3"),
    ],
)
def test_an_event_without_case_activity_or_time_is_refused(
    tmp_path: Path, bad: str, where: str
) -> None:
    assert refused(errors.LogValueMissing, xes(tmp_path, bad)).details["where"] == where


def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    for time in ("01/03/2025", "2025-13-01T00:00:00", "0001-01-01T00:00:00+14:00"):
        refused(errors.LogTimeUnreadable, xes(tmp_path, trace(event(time=time))))
    table = "case_id,activity,timestamp\nA,b,yesterday\n"
    found = refused(errors.LogTimeUnreadable, written(tmp_path, table, "log.csv"))
    assert found.details["where"] == "dòng 2"


def test_a_case_that_comes_twice_in_xes_is_refused(tmp_path: Path) -> None:
    refused(errors.LogCaseRepeated, xes(tmp_path, trace(event()), trace(event())))


def test_a_log_without_events_is_refused(tmp_path: Path) -> None:
    refused(errors.LogEmpty, xes(tmp_path, trace()))
    refused(errors.LogEmpty, written(tmp_path, "case_id,activity,timestamp\n", "log.csv"))


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("case_id,activity\nA,b\n", errors.LogColumnMissing),
        ("case_id,activity,timestamp\nA,b\n", errors.LogRowBroken),
        ("case_id,activity,timestamp\n,b,2025-01-01\n", errors.LogValueMissing),
        ("case_id,activity,timestamp\nA,,2025-01-01\n", errors.LogValueMissing),
        ("case_id,activity,timestamp\nA,b,\n", errors.LogValueMissing),
        (b"case_id,activity,timestamp\nA,\xff,2025-01-01\n", errors.LogTextUnreadable),
        ("case_id,activity,timestamp\nA," + "x" * 1_100_000, errors.LogRowBroken),
        ("case_id,activity,timestamp\nA," + "x" * 200_000 + ",b\n", errors.LogRowBroken),
    ],
)
def test_a_broken_table_is_refused(
    tmp_path: Path, table: str | bytes, kind: type[errors.LogRefused]
) -> None:
    assert refused(kind, written(tmp_path, table, "log.csv")).details["where"].startswith("dòng ")


def test_a_map_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    path = xes(tmp_path, trace(event()))
    found = refused(errors.LogColumnMissing, path, "resource: org:nobody\n")
    assert found.details["column"] == "org:nobody"
    refused(errors.LogColumnMissing, path, "attributes: [case:ward]\n")
    table = written(tmp_path, "case_id,activity,timestamp\nA,b,2025-01-01\n", "log.csv")
    refused(errors.LogColumnMissing, table, "deadline: Hạn\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- case\n",
        "cases: x\n",
        "case: [x]\n",
        "timezone: Asia/Saigon2\n",
        "timezone: ../../etc/passwd\n",
        'delimiter: "x"\n',
        "attributes: case:x\n",
        "case: &a x\nactivity: *a\n",
        "case: x\ncase: y\n",
        "case: {\n",
    ],
)
def test_a_map_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    refused(errors.LogMapInvalid, xes(tmp_path, trace(event())), text)
