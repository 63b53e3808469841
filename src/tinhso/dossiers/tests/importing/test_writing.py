"""What an import leaves in the tables: all of a log, or nothing."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.dossiers.tests.importing.test_figures import LOGS, NAMES, hold, needs_logs, reference

COUNTED = """
SELECT count(*), sum(steps), percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY days),
       count(*) FILTER (WHERE due_at IS NOT NULL AND finished_at IS NOT NULL),
       count(*) FILTER (WHERE finished_at <= due_at), min(first), max(last)
FROM (
    SELECT due_at, finished_at, count(*) AS steps, min(step.at) AS first, max(step.at) AS last,
           extract(epoch FROM max(step.at) - min(step.at))::float8 / 86400 AS days
    FROM dossiers_dossier AS dossier JOIN dossiers_importedstep AS step ON dossier_id = dossier.id
    GROUP BY dossier.id
) AS each
"""


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_log", *arguments, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@needs_logs
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", NAMES)
def test_the_database_itself_counts_the_reference_figures(name: str) -> None:
    told = reference(name)
    found = run(str(LOGS / name), "--agency", "H99.41", "--procedure", MARRIAGE)
    hold(found, told)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        [(cases, steps, (median, p95), with_deadline, on_time, _first, _last)] = cursor.fetchall()
    assert (cases, steps) == (told["cases"], told["events"])
    assert median == pytest.approx(told["throughput_days"]["median"], abs=1e-4)
    assert p95 == pytest.approx(told["throughput_days"]["p95"], abs=1e-4)
    assert {"with_deadline": with_deadline, "on_time": on_time} == found["on_time"]
    if name == "receipt.xes.gz":
        assert (with_deadline, on_time) == (1329, 952)
