"""How far a command has come (tiến độ), told at the terminal once it takes more than a moment."""

from __future__ import annotations

import sys
from time import monotonic

QUIET, EVERY, SELDOM = 2.0, 0.5, 30.0  # seconds
WIDTH = 48


class ProgressLine:
    """On a terminal one line of standard error that is written over; into a file a line every half minute."""

    def __init__(self) -> None:
        self.is_terminal = sys.stderr.isatty()
        self.next = monotonic() + QUIET
        self.is_told = False

    def tell(self, what: str, done: int, whole: int) -> None:
        """So much of the whole is done; said no oftener than can be read."""
        now = monotonic()
        if now >= self.next and whole:
            self.next = now + (EVERY if self.is_terminal else SELDOM)
            self.say(f"{what} {100 * done // whole}%")

    def say(self, line: str) -> None:
        """Write a line at once."""
        self.is_told = True
        sys.stderr.write(f"\r{line:<{WIDTH}}" if self.is_terminal else f"{line}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """What comes next stands on a line of its own."""
        if self.is_told and self.is_terminal:
            sys.stderr.write("\n")
