"""`tools/notice_scores.py`: how well notices are read, against our own annotations: F1 of spans, deadlines, leads.

Run with the project's Python; what lies beside the clone (the source texts) is skipped where it is absent.
"""

from __future__ import annotations

import sys

import pytest

from tinhso.tasks.tests.test_extraction import GIVEN, OWN, pairs, wanted


def scored(name: str) -> str:
    """One line: tasks annotated, F1 of their spans, deadlines and leads right; a task not found is wrong in both."""
    both, f1 = pairs(name)
    many = len(wanted(name))
    days = sum(
        (task.deadline_on and task.deadline_on.isoformat()) == line["deadline_on"]
        for task, line in both
    )
    leads = sum(list(task.lead) == line["lead"] for task, line in both)
    return f"{many:7} {f1:9.3f} {days:6}/{many:<3} {leads:6}/{many:<3}"


def main() -> int:
    """Print the table."""
    sys.stdout.write(f"{'notice':20}{'tasks':>7} {'F1':>9} {'deadlines':>10} {'leads':>10}\n")
    for name in (*GIVEN, *OWN):
        try:
            line = scored(name)
        except pytest.skip.Exception:
            line = "not here"
        sys.stdout.write(f"{name:20}{line}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
