"""A file to its text (tiếp nhận văn bản): plain text, DOCX, PDF with text. Hostile until read.

What is no text is refused, and so is a text marked secret (Luật Bảo vệ bí mật nhà nước): before anything is kept.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tinhso.kernel.os_errors import reason_of
from tinhso.tasks.errors import NoticeScanned, NoticeSecret, NoticeTooLarge, NoticeUnreadable

MAX_FILE = 40  # MB
MAX_TEXT = 24  # MB that the body of a document may unpack to
MAX_PAGES = 400
_MEGABYTE = 1024 * 1024
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BODY = "word/document.xml"
_EDGE = re.compile(r"word/(?:header|footer)\d{0,2}\.xml")
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "pict", "object")}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What a damaged archive makes the reader of archives say."""
_GRADE = r"(?:(?:t\s?u\s?y\s?ệ\s?t|t\s?ố\s?i)\s*)?m\s?ậ\s?t"
_URGENT = r"(?:thượng\s+khẩn|hẹn\s+giờ|khẩn|hỏa\s+tốc|hoả\s+tốc)"
_SIGNS = r"[^\w\n;,]*"
_MARK = re.compile(
    rf"^{_SIGNS}(?:\d+{_SIGNS})?(?:{_URGENT}{_SIGNS})?(?:(?:văn\s+bản|tài\s+liệu|hồ\s+sơ|công\s+văn|dấu)\s*:?\s+)?"
    rf"{_GRADE}{_SIGNS}(?:{_URGENT}{_SIGNS})?(?:\d+{_SIGNS})?$",
    re.IGNORECASE,
)
"""A line, or a column of one, that says no more than the grade: "[MẬT]", "MẬT - KHẨN", "Tài liệu mật"."""
_WITHIN = re.compile(
    r"(?i:độ\s+(?:bảo\s+)?mật\s*[:(–-]\s*(?:(?:tuyệt|tối)\s+)?mật\b(?!\s+(?:khẩu|mã|độ)))"
    r"|(?i:[\[(]\s*(?:(?:tuyệt|tối)\s+)?mật\s*[\])])"
    r"|\b(?:TUYỆT|TỐI)\s+MẬT\b"
    r"|^[ \t]*(?:Số|SỐ)\b[^\n]*(?<!BẢO)(?<!BÍ)(?<!CƠ)[ \t]MẬT[ \t]*$",
    re.MULTILINE,
)
_TORN = re.compile(r"\b(?:bí|bảo|cơ)\s*$", re.IGNORECASE)
"""A line that ends so goes on with "mật", which is then a word of a sentence."""
_COLUMNS_OF_LIST = 3
_COLUMNS = re.compile(r"\t+|[ \xa0]{2,}")


def read_file(path: Path) -> str:
    """The text of a file; what is wrong is named, and nothing of the text with it."""
    try:
        if path.stat().st_size > MAX_FILE * _MEGABYTE:
            raise NoticeTooLarge(name=path.name, limit=MAX_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise NoticeUnreadable(name=path.name, why=reason_of(error)) from None
    return read(content, name=path.name)


def read(content: bytes, *, name: str) -> str:
    """The text of what was handed in; its kind is told by its first bytes, never by its name."""
    if content.startswith(b"%PDF"):
        text = _pdf(content, name)
    elif content.startswith(b"PK\x03\x04"):
        text = _docx(content, name)
    elif content.startswith(_PICTURES):
        raise NoticeScanned(name=name)
    elif content.startswith(_OLD_OFFICE):
        raise NoticeUnreadable(name=name, why="định dạng .doc cũ; hãy lưu lại thành .docx")
    else:
        text = _plain(content, name)
    refuse_secret(text)
    return text


def refuse_secret(text: str) -> None:
    """A text that bears a grade of secrecy anywhere, on a line of its own or after "độ mật", goes no further."""
    text = unicodedata.normalize("NFC", text)
    before = ""
    for line in text.splitlines():
        is_torn = line.strip(" .").islower() and _TORN.search(before)
        cells = (line, *_COLUMNS.split(line.strip()))
        if not is_torn and any(_MARK.match(cell) for cell in cells):
            raise NoticeSecret
        before = line
    if _WITHIN.search(text):
        raise NoticeSecret


def _plain(content: bytes, name: str) -> str:
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            raise NoticeUnreadable(name=name, why="không phải văn bản Unicode (UTF-8)") from None
    if "\x00" in text:
        raise NoticeUnreadable(name=name, why="không phải văn bản")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pdf(content: bytes, name: str) -> str:
    from pypdf import PdfReader  # noqa: PLC0415  (heavy: only who reads a PDF pays for it)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoticeUnreadable(name=name, why="tệp PDF có mật khẩu")
        if len(reader.pages) > MAX_PAGES:
            raise NoticeTooLarge(name=name, limit=MAX_FILE)
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        IndexError,
        AttributeError,
    ):
        raise NoticeUnreadable(name=name, why="tệp PDF hỏng") from None
    if not any(char.isalpha() for char in text):
        raise NoticeScanned(name=name)
    return text


def _docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if _BODY not in names:
                raise NoticeUnreadable(name=name, why="không phải văn bản Word (.docx)")
            if "word/vbaProject.bin" in names:
                raise NoticeUnreadable(
                    name=name, why="tệp có macro; hãy lưu lại thành .docx không macro"
                )
            body = _part(archive, _BODY)
            edges = [_part(archive, one) for one in sorted(names) if _EDGE.fullmatch(one)]
    except _BROKEN:
        raise NoticeUnreadable(name=name, why="tệp .docx hỏng hoặc có mật khẩu") from None
    for edge in edges:
        root = _tree(edge, name)
        refuse_secret(_words_of(root))
        refuse_secret("\n".join(one.get("string", "") for one in root.iter(_WATERMARK)))
    text = _words_of(_tree(body, name))
    if not text.strip():
        raise NoticeScanned(name=name)
    return text


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    """One part of a document, unpacked no further than it may be."""
    with archive.open(part) as opened:
        content = opened.read(MAX_TEXT * _MEGABYTE + 1)
    if len(content) > MAX_TEXT * _MEGABYTE:
        raise NoticeTooLarge(name=part, limit=MAX_TEXT)
    return content


def _tree(part: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise NoticeUnreadable(name=name, why="XML có khai báo thực thể")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise NoticeUnreadable(name=name, why="nội dung .docx hỏng") from None


def _words_of(root: etree._Element) -> str:
    return "\n".join(_lines(root))


def _lines(element: etree._Element) -> Iterator[str]:
    """Paragraphs in their order; a row of a table of several columns is one line, its cells parted by tabs."""
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        if child.tag == f"{_W}tbl" and _is_list(child):
            yield from _rows(child)
        else:
            yield from _lines(child)


def _is_list(table: etree._Element) -> bool:
    """A table of two columns only lays out a head or a signature."""
    return any(len(row.findall(f"{_W}tc")) >= _COLUMNS_OF_LIST for row in table.iter(f"{_W}tr"))


def _rows(table: etree._Element) -> Iterator[str]:
    """A cell that goes on from the row above says what that one says."""
    above: list[str] = []
    for row in table.findall(f"{_W}tr"):
        cells = []
        for index, cell in enumerate(row.findall(f"{_W}tc")):
            said = " ".join(" ".join(_paragraph(one) for one in cell.iter(f"{_W}p")).split())
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            cells.append(above[index] if goes_on and index < len(above) else said)
        yield "\t".join(cells)
        above = cells


def _paragraph(element: etree._Element) -> str:
    """A paragraph as it reads once all changes are accepted; a list item is given a mark of its depth."""
    said: list[str] = []
    _say(element, said)
    text = "".join(said).strip()
    level = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    if level is None or not text:
        return text
    return f"{'-' if level.get(f'{_W}val') == '0' else '+'} {text}"


def _say(element: etree._Element, said: list[str]) -> None:
    for child in element:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            said.append(child.text or "")
        elif child.tag == f"{_W}tab":
            said.append(" ")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            said.append("\n")
        else:
            _say(child, said)
