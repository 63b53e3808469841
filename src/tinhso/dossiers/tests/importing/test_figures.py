"""The figures of real logs, as another program computed them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tinhso.dossiers.importing.cases import ImportedCase, ImportedStep
from tinhso.dossiers.importing.figures import count, percentile
from tinhso.dossiers.importing.reading import read

LOGS = Path(settings.PROJECT).parent / "shared" / "data" / "eventlogs"
LONG = ("BPIC15_1.xes.gz", "BPIC15_2.xes.gz", "BPI_2020_PermitLog.xes.gz")
NAMES = (*(pytest.param(name, marks=pytest.mark.slow) for name in LONG), "receipt.xes.gz")
EXACT = ("cases", "events", "activities", "variants", "dfg_top10")

NOW = datetime(2026, 11, 22, tzinfo=UTC)

needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="the real event logs are not here")


def reference(name: str) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((LOGS / "reference_figures.json").read_bytes())[name]
    return figures


def hold(found: dict[str, Any], told: dict[str, Any]) -> None:
    assert {key: found[key] for key in EXACT} == {key: told[key] for key in EXACT}
    for key in ("first", "last"):
        assert datetime.fromisoformat(found[key]) == datetime.fromisoformat(told[key])
    for key in ("median", "p95"):
        assert found["throughput_days"][key] == pytest.approx(
            told["throughput_days"][key], abs=1e-4
        )


@pytest.mark.slow
@needs_logs
@pytest.mark.parametrize("name", NAMES)
def test_a_real_log_gives_the_reference_figures(name: str) -> None:
    hold(count(read(LOGS / name), NOW).as_json(), reference(name))


@needs_logs
@pytest.mark.slow
def test_the_receipt_log_is_on_time_as_told_and_the_same_as_csv() -> None:
    told = reference("receipt.xes.gz")
    for name in ("receipt.xes.gz", "receipt.csv.gz"):
        out = StringIO()
        call_command("import_log", str(LOGS / name), "--dry-run", "--json", stdout=out)
        found = json.loads(out.getvalue())
        hold(found, told)
        assert found["on_time"] == {"with_deadline": 1329, "on_time": 952}
        channels = {case.channel for case in read(LOGS / name)}
        assert channels == set(told["by_case:channel"])


def case(code: str, *steps: tuple[str, int], late: int | None = None) -> ImportedCase:
    begin = datetime(2025, 3, 1, tzinfo=UTC)
    return ImportedCase(
        foreign_code=code,
        steps=[
            ImportedStep(activity, begin + timedelta(days=day), "", "", "")
            for activity, day in steps
        ],
        channel="",
        deadline=begin + timedelta(days=5),
        finished_at=None if late is None else begin + timedelta(days=5 + late),
        attributes={},
    )


def test_figures_of_three_cases() -> None:
    figures = count(
        [
            case("1", ("a", 0), ("b", 2), late=0),
            case("2", ("a", 1), ("b", 5), late=1),
            case("3", ("b", 0), late=None),
        ],
        NOW,
    )
    assert (figures.cases, figures.events, figures.activities, figures.variants) == (3, 5, 2, 2)
    assert figures.median_days == pytest.approx(2)
    assert figures.p95_days == pytest.approx(3.8)
    assert (figures.with_deadline, figures.on_time) == (2, 1)
    assert figures.follows == (("a", "b", 2),)


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([1.0], 0.95) == 1
    assert percentile([0.0, 10.0], 0.95) == pytest.approx(9.5)


def test_the_terminal_writes_numbers_as_vietnamese_does(tmp_path: Path) -> None:
    steps = "".join(
        f'<event><string key="concept:name" value="B{n}"/>'
        f'<date key="time:timestamp" value="2025-03-0{1 + n}T12:00:00+07:00"/></event>'
        for n in range(2)
    )
    traces = "".join(
        f'<trace><string key="concept:name" value="{n}"/>{steps}</trace>' for n in range(1200)
    )
    path = tmp_path / "log.xes"
    path.write_text(f"<log>{traces}</log>", encoding="utf-8")
    out = StringIO()
    call_command("import_log", str(path), "--dry-run", stdout=out)
    assert "trung vị 1,00 ngày" in out.getvalue()
    assert re.search(r"^Hồ sơ +1\.200$", out.getvalue(), re.MULTILINE)


def test_the_command_refuses_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text("<log>\n<trace>", encoding="utf-8")
    with pytest.raises(CommandError, match=r"^log\.xes: dòng 2: .* \[dossiers\.log_xml_broken\]$"):
        call_command("import_log", str(path), "--dry-run")
