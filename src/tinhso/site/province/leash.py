"""The process that plays the past beside the living province: begun, let go on, and never left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GO_ON = b"go on"


class Leash:
    """The pipe from whoever began this process: a word on it lets it go on, and its end ends it, however that came."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._told = Event()
        # Ctrl-C is answered by whoever holds the other end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Thread(target=self._listen, daemon=True).start()

    def wait(self) -> None:
        """Until the word comes."""
        self._told.wait()

    def _listen(self) -> None:
        while os.read(self._pipe, 64):
            self._told.set()
        os._exit(1)


class Past:
    """The process that plays what is past, and then its share (tiến trình quá khứ)."""

    def __init__(self, arguments: Sequence[str]) -> None:
        command = [sys.executable, "-m", "tinhso.site", "build_demo", "--part", "history"]
        self._process = subprocess.Popen([*command, *arguments], stdin=subprocess.PIPE)

    def let_go_on(self) -> None:
        """The services are through."""
        pipe = self._process.stdin
        with suppress(BrokenPipeError):  # it has ended: `wait` says so
            if pipe is not None:
                pipe.write(GO_ON)
                pipe.flush()

    def wait(self) -> None:
        """Until everything is played; raises `RuntimeError` where it was not."""
        if self._process.wait():
            raise RuntimeError("the past of the province could not be played")
