"""What a partner system sends under a key of its own (khóa chống gửi trùng)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sending:
    """A key under which a partner system sends (khoá chống gửi trùng), with the SHA-256 of what it sent."""

    key: str
    digest: bytes
