"""`./tinhso check`: every reader of the source, each in one line; two at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tinhso.site.arguments import misused
from tinhso.site.house import PROJECT
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE = 2
SPELLED = [
    "src/tinhso",
    "docs",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "tinhso",
]


@dataclass(frozen=True)
class Check:
    """One reader: its name and its command."""

    name: str
    command: list[str]


def checks() -> list[Check]:
    """All readers, the slowest first."""
    python = sys.executable
    tools = Path(python).parent
    return [
        Check("types (mypy strict)", [python, "-m", "mypy"]),
        Check("style (ruff check)", [python, "-m", "ruff", "check", "--quiet", "."]),
        Check("form (ruff format)", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Check("layers (import-linter)", [str(tools / "lint-imports"), "--no-cache"]),
        Check(
            "migrations",
            [python, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
        ),
        Check("templates (djlint)", [python, "-m", "djlint", "src/tinhso", "--lint", "--quiet"]),
        Check(
            "spelling (codespell)",
            [python, "-m", "codespell_lib", *SPELLED],
        ),
        Check("vendored assets", [python, "tools/vendor_assets.py", "check"]),
        Check("English (messages)", [python, "tools/messages.py", "check"]),
    ]


def run(arguments: Sequence[str]) -> int:
    """Run the readers whose name holds one of the given words (all without any).

    1 when one has something to say.
    """
    chosen = [
        check
        for check in checks()
        if not arguments or any(word in check.name for word in arguments)
    ]
    if not chosen:
        words = " ".join(arguments)
        raise misused("check", f"unrecognized arguments: {words}")
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "src"),
        "DJANGO_SETTINGS_MODULE": "tinhso.site.settings",
        "TINHSO_POOL": "0",  # no database runs here, and a pool would wait for one
        "TINHSO_SECRET_KEY": os.environ.get("TINHSO_SECRET_KEY") or "none",
    }
    failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in as_completed([pool.submit(_read, check, environment) for check in chosen]):
            name, seconds, output = done.result()
            say(f"{'failed' if output else 'ok':<7} {name:<28} {seconds:6.1f} s")
            if output:
                failed += 1
                say(output)
    say(f"{len(chosen) - failed} of {len(chosen)} checks passed")
    return 1 if failed else 0


def _read(check: Check, environment: dict[str, str]) -> tuple[str, float, str]:
    """Name, seconds, and what the reader said when it failed (empty when it passed)."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        env=environment,
        cwd=PROJECT,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""
    return check.name, time.monotonic() - began, output
