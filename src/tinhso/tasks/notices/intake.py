"""A file to its text (tiếp nhận văn bản): plain text, DOCX, PDF with text. Hostile until read.

What is no text is refused, and so is a text marked secret (Luật Bảo vệ bí mật nhà nước): before anything is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tinhso.tasks.errors import NoticeScanned, NoticeSecret, NoticeTooLarge, NoticeUnreadable

MAX_FILE = 40  # MB
MAX_TEXT = 24  # MB that the body of a document may unpack to
MAX_PAGES = 400
_MEGABYTE = 1024 * 1024
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BODY = "word/document.xml"
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
_SECRET = re.compile(
    r"^[ \t]*(?:(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)|[Đđ]ộ\s+mật\s*:\s*(?:[Tt]uyệt\s+mật|[Tt]ối\s+mật|[Mm]ật"
    r"|TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT))[ \t]*\.?[ \t]*$",
    re.MULTILINE,
)
_HEAD = 4000  # characters: the mark stands beside number and date


def read_file(path: Path) -> str:
    """The text of a file; what is wrong is named, and nothing of the text with it."""
    try:
        if path.stat().st_size > MAX_FILE * _MEGABYTE:
            raise NoticeTooLarge(name=path.name, limit=MAX_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise NoticeUnreadable(name=path.name, why=error.strerror or "lỗi đọc tệp") from None
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
    """A text that bears MẬT, TỐI MẬT or TUYỆT MẬT on a line of its own near its head goes no further."""
    if _SECRET.search(text[:_HEAD]):
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
            if archive.getinfo(_BODY).file_size > MAX_TEXT * _MEGABYTE:
                raise NoticeTooLarge(name=name, limit=MAX_TEXT)
            with archive.open(_BODY) as opened:
                body = opened.read(MAX_TEXT * _MEGABYTE + 1)
    except _BROKEN:
        raise NoticeUnreadable(name=name, why="tệp .docx hỏng hoặc có mật khẩu") from None
    if len(body) > MAX_TEXT * _MEGABYTE:
        raise NoticeTooLarge(name=name, limit=MAX_TEXT)
    text = _words_of(body, name)
    if not text.strip():
        raise NoticeScanned(name=name)
    return text


def _words_of(body: bytes, name: str) -> str:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise NoticeUnreadable(name=name, why="XML có khai báo thực thể")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise NoticeUnreadable(name=name, why="nội dung .docx hỏng") from None
    return "\n".join(_paragraph(element) for element in root.iter(f"{_W}p"))


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
