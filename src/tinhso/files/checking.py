"""Looking into a file before it is kept: is it what it says, can it be read, does it carry code."""

from __future__ import annotations

import lzma
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from tinhso.files import formats
from tinhso.files.errors import (
    FileContentMismatch,
    FileDamaged,
    FileExpandsTooMuch,
    FileHasMacros,
    FileTypeRefused,
)
from tinhso.kernel.unseen import LINE_ENDS, SIGNS

if TYPE_CHECKING:
    from tinhso.files.formats import Format

MEGABYTE = 1024 * 1024
LONGEST_NAME = 150
MOST_PIXELS = 60_000_000
MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * MEGABYTE
PDF_TAIL = 2048
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_PDF_HEADER = re.compile(rb"%PDF-[12]\.\d")
_CONTROL = re.compile(rf"[\x00-\x1f\x7f{SIGNS}{LINE_ENDS}/\\\"]")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    UnidentifiedImageError,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
)
"""What the readers of pictures and packages stumble over in a file whose bytes were turned."""
_MUST_HOLD = {
    formats.DOCX: ("[Content_Types].xml", "word/document.xml"),
    formats.XLSX: ("[Content_Types].xml", "xl/workbook.xml"),
    formats.ODT: ("mimetype", "content.xml"),
}


def clean_name(filename: str) -> str:
    """The name without folders, control or direction signs, in NFC, at most 150 characters."""
    name = PurePosixPath(unicodedata.normalize("NFC", filename).replace("\\", "/")).name
    name = _CONTROL.sub("", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) >= LONGEST_NAME:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension


def check(content: IO[bytes], *, filename: str) -> Format:
    """The format of a file whose name and content agree and which is whole; else refuses."""
    _stem, dot, extension = filename.lower().rpartition(".")
    expected = formats.of_extension(extension) if dot else None
    if expected is None:
        raise FileTypeRefused(accepted=formats.ACCEPTED)
    content.seek(0)
    if not expected.is_told_by(content.read(formats.HEAD)):
        raise FileContentMismatch(extension=extension)
    content.seek(0)
    if expected is formats.PDF:
        _check_pdf(content)
    elif expected in formats.IMAGES:
        _check_image(content, expected)
    else:
        _check_office(content, expected, extension)
    return expected


def _check_pdf(content: IO[bytes]) -> None:
    """Header, trailer, and a cross-reference that lies within the file."""
    if not _PDF_HEADER.search(content.read(formats.HEAD)):
        raise FileDamaged
    size = content.seek(0, 2)
    content.seek(max(0, size - PDF_TAIL))
    ends = _STARTXREF.findall(content.read())
    if not ends or int(ends[-1]) >= size:
        raise FileDamaged


def _check_image(content: IO[bytes], expected: Format) -> None:
    """Every pixel is decoded: a picture that cannot be shown is no evidence.

    What is merely odd, such as a damaged note of the camera beside the pixels, is nobody's fault and refuses nothing.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(content, formats=[expected.code]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise FileExpandsTooMuch
                # A JPEG is decoded small: the whole stream is read, an eighth of each side kept.
                image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
                image.load()
        except Image.DecompressionBombError as error:
            raise FileExpandsTooMuch from error
        except DAMAGE as error:
            raise FileDamaged from error


def _check_office(content: IO[bytes], expected: Format, extension: str) -> None:
    try:
        with zipfile.ZipFile(content) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if any(_is_code(name) for name in names):
                raise FileHasMacros
            if not names.issuperset(_MUST_HOLD[expected]):
                raise FileContentMismatch(extension=extension)
            if len(entries) > MOST_ENTRIES:
                raise FileExpandsTooMuch
            _read_through(package, entries)
            if _is_declared_otherwise(package, expected):
                raise FileContentMismatch(extension=extension)
    except DAMAGE as error:
        raise FileDamaged from error


def _is_code(name: str) -> bool:
    lowered = name.lower()
    return (
        lowered.endswith(("vbaproject.bin", "vbadata.xml"))
        or lowered.startswith(("basic/", "scripts/", "xl/macrosheets/"))
        or "/activex/" in lowered
    )


def _read_through(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack without keeping, so that sizes are counted and not believed, and checksums hold."""
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileDamaged
        with package.open(entry) as stream:
            while chunk := stream.read(MEGABYTE):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise FileExpandsTooMuch


def _is_declared_otherwise(package: zipfile.ZipFile, expected: Format) -> bool:
    """A macro-enabled or foreign document under an innocent extension."""
    if expected is formats.ODT:
        return package.read("mimetype").strip() != expected.content_type.encode()
    declared = package.read("[Content_Types].xml")
    if b"macroEnabled" in declared:
        raise FileHasMacros
    return expected.content_type.encode() not in declared
