"""`tools/schema.py write`: write the tables that all migrations make, with which an empty database begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TEST = "tests/test_schema.py"


def main(arguments: list[str]) -> int:
    """Write the file by the very test that holds it."""
    if arguments != ["write"]:
        sys.stderr.write("tools/schema.py write\n")
        return 2
    environment = {**os.environ, "TINHSO_SCHEMA": "write"}
    command = [sys.executable, str(PROJECT / "tinhso"), "test", "-m", "slow", TEST]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
