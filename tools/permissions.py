"""`tools/permissions.py write`: walk every address as everybody and write the table of permissions.

Run with the project's Python and `DATABASE_URL` set; then look at the difference before committing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TEST = "tests/test_permissions.py"


def main(arguments: list[str]) -> int:
    """Write the table by the very test that holds it."""
    if arguments != ["write"]:
        sys.stderr.write("tools/permissions.py write\n")
        return 2
    environment = {**os.environ, "TINHSO_PERMISSIONS": "write"}
    walked = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST], cwd=PROJECT, env=environment, check=False
    )
    return walked.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
