"""`tools/packs.py write`: note version and content of every pack and entry, once their versions are raised."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TEST = "tests/test_pack_versions.py"


def main(arguments: list[str]) -> int:
    """Write the note by the very test that holds it; it refuses changed content under an old version."""
    if arguments != ["write"]:
        sys.stderr.write("tools/packs.py write\n")
        return 2
    environment = {**os.environ, "TINHSO_PACKS": "write"}
    held = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST], cwd=PROJECT, env=environment, check=False
    )
    return held.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
