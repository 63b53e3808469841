"""The port that the pages are to listen at: whether it can be had, and in one line why not."""

from __future__ import annotations

import errno
import socket

from tinhso.site.terminal import CannotGoOn

HIGHEST = 65_535


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen at the port now."""
    try:
        _listen(port, host)
    except (OSError, OverflowError):
        return False
    return True


def refuse_unusable(port: int, host: str) -> None:
    """Refuse, before anything is started, a port at which nobody can listen here (cổng không dùng được)."""
    if not 1 <= port <= HIGHEST:
        raise CannotGoOn(
            f"Không có cổng {port}: số cổng từ 1 đến {HIGHEST}; chọn cổng khác: --port.",
            f"there is no port {port}; ports are 1 to {HIGHEST}.",
        )
    try:
        _listen(port, host)
    except OSError as error:
        raise refusal_of(error, port, host) from error


def refusal_of(error: OSError, port: int, host: str) -> CannotGoOn:
    """What the system's answer means for the person at the terminal."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return CannotGoOn(
            f"Tài khoản này không được phép mở cổng {port} (cổng dưới 1024 cần quyền riêng); chọn cổng khác: --port.",
            f"this account may not listen at port {port}; choose another.",
        )
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return CannotGoOn(
            f"Máy này không có địa chỉ {host}; chọn địa chỉ khác: --host.",
            f"this machine has no address {host}; choose another.",
        )
    return CannotGoOn(
        f"Cổng {port} đang bận; chọn cổng khác: --port.", f"port {port} is taken; choose another."
    )


def _listen(port: int, host: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
