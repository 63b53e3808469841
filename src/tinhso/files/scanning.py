"""Asking clamd, where this house has one (`TINHSO_CLAMD=host:port`), by its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from typing import IO

from django.conf import settings

from tinhso.files.errors import FileInfected, ScannerUnavailable

CHUNK = 256 * 1024
SECONDS = 20
LONGEST_REPLY = 4096


def scan(content: IO[bytes]) -> None:
    """Refuse what the scanner names, and everything while a configured one does not answer."""
    if not settings.CLAMD:
        return
    reply = _ask(content)
    if reply.endswith(" FOUND"):
        raise FileInfected
    if reply != "stream: OK":
        raise ScannerUnavailable


def _ask(content: IO[bytes]) -> str:
    """The scanner's answer: each chunk is led by its length in four bytes, an empty one ends."""
    host, _, port = settings.CLAMD.rpartition(":")
    content.seek(0)
    try:
        with socket.create_connection((host, int(port)), timeout=SECONDS) as wire:
            wire.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                wire.sendall(struct.pack("!I", len(chunk)) + chunk)
            wire.sendall(struct.pack("!I", 0))
            reply = b""
            while not reply.endswith(b"\0") and len(reply) < LONGEST_REPLY:
                part = wire.recv(LONGEST_REPLY)
                if not part:
                    break
                reply += part
    except (OSError, ValueError) as error:
        raise ScannerUnavailable from error
    return reply.rstrip(b"\0").decode(errors="replace").strip()
