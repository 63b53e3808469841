"""Which files are accepted, and how each is told by its first bytes. Pure.

HEIC is not among them: nothing in the stack reads it, so it could neither be checked nor shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = 1024
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Format:
    """One accepted type (loại tệp được nhận)."""

    code: str
    content_type: str
    extensions: tuple[str, ...]
    is_told_by: Callable[[bytes], bool]


def _pdf(head: bytes) -> bool:
    """Only white space and a byte order mark may stand before the header."""
    return head.lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-")


def _zip(head: bytes) -> bool:
    return head.startswith(ZIP)


PDF = Format("pdf", "application/pdf", ("pdf",), _pdf)
JPEG = Format("jpeg", "image/jpeg", ("jpg", "jpeg"), lambda head: head.startswith(b"\xff\xd8\xff"))
PNG = Format("png", "image/png", ("png",), lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"))
WEBP = Format(
    "webp",
    "image/webp",
    ("webp",),
    lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
)
DOCX = Format(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
    _zip,
)
XLSX = Format(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), _zip
)
ODT = Format("odt", "application/vnd.oasis.opendocument.text", ("odt",), _zip)

FORMATS = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, ODT)
IMAGES = (JPEG, PNG, WEBP)
OFFICE = (DOCX, XLSX, ODT)
ACCEPTED = ", ".join(entry.extensions[0] for entry in FORMATS)


def of_extension(extension: str) -> Format | None:
    """The format that an extension (lower case, without dot) stands for."""
    return next((entry for entry in FORMATS if extension in entry.extensions), None)
