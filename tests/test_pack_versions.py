"""What is published under a number stays (design: immutable versions): a house that has it could not go on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tinhso.packs.loading import load
from tinhso.packs.services import Parts, parts_of

PACKS = Path(__file__).resolve().parents[1] / "packs"
PUBLISHED = PACKS / "published.json"
Known = dict[str, dict[str, str]]


def _now() -> Known:
    """Version and digest of each pack and of each entry, by what it is."""
    known: Known = {}
    for pack in load(PACKS).packs:
        known[pack.header.code] = {"version": pack.header.version, "digest": pack.digest}
        for entry in pack.sources:
            name = f"{pack.header.code} {entry.kind} {entry.code}"
            known[name] = {"version": str(entry.version), "digest": entry.digest}
    return known


def _version(facts: dict[str, str]) -> Parts:
    return parts_of(facts["version"])


@pytest.mark.slow
def test_changed_content_has_a_higher_version() -> None:
    before, now = json.loads(PUBLISHED.read_text()), _now()
    kept = {name: now[name] for name in before.keys() & now.keys()}
    same = [
        name
        for name, facts in kept.items()
        if facts["digest"] != before[name]["digest"] and _version(facts) <= _version(before[name])
    ]
    assert same == [], f"raise the version of {', '.join(sorted(same))}"
    assert before.keys() <= now.keys(), "what was published is ended by a day, not deleted"
    if os.environ.get("TINHSO_PACKS") == "write":
        PUBLISHED.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert json.loads(PUBLISHED.read_text()) == now, "note it: tools/packs.py write"
