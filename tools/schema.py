"""`tools/schema.py write`: write the tables that all migrations make, with which an empty database begins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
WRITING = "tests/schema_writing.py"


def main(arguments: list[str]) -> int:
    """Write the file, and keep it only where it makes what the migrations make."""
    if arguments != ["write"]:
        sys.stderr.write("tools/schema.py write\n")
        return 2
    command = [sys.executable, str(PROJECT / "tinhso"), "test", "--all", WRITING]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
