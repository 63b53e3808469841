"""What the commands say to the person at the terminal.

Short lines, Vietnamese first, English after.
"""

from __future__ import annotations

import sys


class CannotGoOn(Exception):
    """A command cannot do its work, for a reason outside the program.

    Shown as one line, without a traceback.
    """

    status = 1  # the exit code

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese} / {english}")


def say(line: str = "") -> None:
    """Write one line to standard output and flush it, so that a supervisor's log is never behind."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """Write one line to the error stream."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
