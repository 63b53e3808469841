"""A network that is cut on purpose: a relay in front of the server, which drops a post before, during or after it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

OPEN, CUT, IN_THE_MIDDLE, AFTER = "open", "cut", "middle", "after"
"""What becomes of a post: it passes; nothing passes; half of it arrives; it arrives and its answer is lost."""
PIECE = 65536
HALF = 400
SOON = 30


class Relay:
    """Stands between browser and server, one thread for each connection."""

    def __init__(self, address: str) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._server = (host, int(port))
        self.mode = OPEN
        self.dropped = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._greet, daemon=True).start()

    def close(self) -> None:
        """No further connection."""
        self._door.close()

    def _greet(self) -> None:
        while True:
            try:
                browser, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with suppress(OSError), browser, socket.create_connection(self._server) as server:
            server.settimeout(SOON)
            while True:
                asked = _message(browser)
                if not asked or not self._passes(asked, server):
                    return
                server.sendall(asked)
                browser.sendall(_message(server))

    def _passes(self, asked: bytes, server: socket.socket) -> bool:
        """Whether request and answer go through; a post that does not is dropped as the mode says."""
        if self.mode == OPEN or (self.mode != CUT and not asked.startswith(b"POST")):
            return True
        self.dropped += asked.startswith(b"POST")
        if self.mode == IN_THE_MIDDLE:
            server.sendall(asked[: len(asked) - HALF])
        elif self.mode == AFTER:
            server.sendall(asked)
            _message(server)
        return False


def _message(sender: socket.socket) -> bytes:
    """One request or answer, read to its end; empty when the other side is gone."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = sender.recv(PIECE)
        if not piece:
            return b""
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    names = {
        line.partition(b":")[0].lower(): line.partition(b":")[2].strip()
        for line in head.split(b"\r\n")[1:]
    }
    missing = int(names.get(b"content-length", b"0")) - len(body)
    while missing > 0:
        piece = sender.recv(PIECE)
        if not piece:
            return read
        read += piece
        missing -= len(piece)
    return read
