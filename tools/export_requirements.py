"""Write requirements.txt and requirements-dev.txt from pyproject.toml: pinned, hashed, no host.

Run it after a change of the dependencies, with uv on the PATH. What is pinned stays pinned unless
`--upgrade` is given.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
COMPILE = [
    "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes",
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
]  # fmt: skip
FILES = {
    "requirements.txt": [],
    "requirements-dev.txt": ["--group", "dev", "-c", "requirements.txt"],
}


def main(arguments: list[str]) -> int:
    """Write both files; 1 when uv could not resolve."""
    for name, group in FILES.items():
        done = subprocess.run([*COMPILE, *group, *arguments, "-o", name], cwd=PROJECT, check=False)
        if done.returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
