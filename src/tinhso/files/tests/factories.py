"""Small files of every accepted type, made on the spot."""

from __future__ import annotations

import zipfile
from io import BytesIO

from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>"
    b"endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n93\n%%EOF\n"
)
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def image(kind: str, *, width: int = 40, height: int = 20, gps: bool = False) -> bytes:
    """A picture; with a place in its EXIF and turned on its side when `gps`."""
    written = BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x0112] = 6
        exif[0x010F] = "May anh cua Lan"
    Image.new("RGB", (width, height), "red").save(written, kind, exif=exif)
    return written.getvalue()


def package(**entries: bytes) -> bytes:
    """A zip; the names of the entries as keys."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return written.getvalue()


def docx(**more: bytes) -> bytes:
    """A Word document, with further parts when named."""
    types = f'<Types><Override ContentType="{DOCX_TYPE}"/></Types>'.encode()
    parts = {"[Content_Types].xml": types, "word/document.xml": b"<w:document/>"}
    return package(**parts | more)


def xlsx() -> bytes:
    """A workbook."""
    types = f'<Types><Override ContentType="{XLSX_TYPE}"/></Types>'.encode()
    return package(**{"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>"})


def odt(*, mimetype: str = ODT_TYPE, macro: bool = False) -> bytes:
    """An OpenDocument text."""
    parts = {"mimetype": mimetype.encode(), "content.xml": b"<x/>"}
    return package(**parts, **({"Basic/Standard/Module1.xml": b"x"} if macro else {}))


def bomb() -> bytes:
    """A Word document of a few kilobytes that unpacks to more than may be unpacked."""
    written = BytesIO(docx())
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as zipped,
        zipped.open("word/media.xml", "w") as entry,
    ):
        for _ in range(201):
            entry.write(bytes(1024 * 1024))
    return written.getvalue()
