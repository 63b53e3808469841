"""What the health page asks of files."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.ui.formatting import number

GIGABYTE = 10**9
LEAST_FREE_GIGABYTES = 1.0
SECONDS = 0.8


def _disk() -> Health:
    root = Path(settings.FILES_ROOT)
    while not root.exists():
        root = root.parent
    free = shutil.disk_usage(root).free / GIGABYTE
    state = State.OK if free >= LEAST_FREE_GIGABYTES else State.FAILED
    sentence = _("Ổ đĩa lưu tệp còn {free} GB.").format(free=number(free, 1))
    return Health(state, sentence, round(free, 1))


def _scanner() -> Health:
    if not settings.CLAMD:
        return Health(State.WARNING, _("Chưa đặt máy quét mã độc (TINHSO_CLAMD)."))
    host, _colon, port = settings.CLAMD.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=SECONDS) as wire:
            wire.sendall(b"zPING\0")
            answers = wire.recv(16).startswith(b"PONG")
    except (OSError, ValueError):
        answers = False
    if answers:
        return Health(State.OK, _("Máy quét mã độc trả lời."))
    return Health(State.FAILED, _("Máy quét mã độc không trả lời: không tệp nào được nhận."))


DISK = HealthCheck("files.disk", gettext_lazy("Chỗ lưu tệp"), _disk)
SCANNER = HealthCheck("files.scanner", gettext_lazy("Quét mã độc"), _scanner)
