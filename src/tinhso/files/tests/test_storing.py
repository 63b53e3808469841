from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.events.models import Event
from tinhso.files import errors, queries, services
from tinhso.files.checking import clean_name
from tinhso.files.models import Blob, StoredFile
from tinhso.files.tests import factories as made
from tinhso.files.tests.conftest import PAPER
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tinhso.kernel.errors import DomainError

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
MINH = SystemActor("test")


def store(content: bytes = made.PDF, filename: str = "đơn.pdf") -> StoredFile:
    return services.store(
        BytesIO(content), filename=filename, actor=MINH, at=AT, purpose="application", subject=PAPER
    )


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "filename", "content_type"),
    [
        (made.PDF, "a.pdf", "application/pdf"),
        (b"\xef\xbb\xbf\n" + made.PDF, "a.PDF", "application/pdf"),
        (made.image("jpeg"), "a.jpg", "image/jpeg"),
        (made.image("jpeg", width=1, height=1), "a.jpg", "image/jpeg"),
        (made.image("png"), "a.png", "image/png"),
        (made.image("webp"), "a.webp", "image/webp"),
        (made.docx(), "a.docx", made.DOCX_TYPE.removesuffix(".main+xml")),
        (made.xlsx(), "a.xlsx", made.XLSX_TYPE.removesuffix(".main+xml")),
        (made.odt(), "a.odt", made.ODT_TYPE),
    ],
)
def test_every_accepted_type_is_stored_by_its_hash(
    content: bytes, filename: str, content_type: str, files_root: Path
) -> None:
    stored = store(content, filename)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (stored.blob_id, stored.content_type) == (sha256, content_type)
    assert stored.blob.path.read_bytes() == content
    assert names(files_root) == [sha256]
    event = Event.objects.get()
    assert (event.kind, event.subject) == ("files.stored", PAPER.uuid)
    assert event.payload["sha256"] == sha256
    assert filename not in str(event.payload)


@pytest.mark.django_db
def test_the_same_content_is_kept_once(files_root: Path) -> None:
    first, second = store(), store(filename="bản sao.pdf")
    assert first.blob == second.blob
    assert len(names(files_root)) == 1
    assert list(queries.files_of(PAPER.kind, PAPER.uuid)) == [first, second]


REFUSED: list[tuple[Callable[[], bytes], str, type[DomainError]]] = [
    (lambda: b"", "a.pdf", errors.FileEmpty),
    (lambda: made.PDF, "a.exe", errors.FileTypeRefused),
    (lambda: made.PDF, "pdf", errors.FileTypeRefused),
    (lambda: made.PDF, "", errors.FileTypeRefused),
    (lambda: made.PDF, "a." + "x" * 300, errors.FileTypeRefused),
    (lambda: b"<svg onload=alert(1)>", "a.svg", errors.FileTypeRefused),
    (lambda: b"<html>", "a.pdf", errors.FileContentMismatch),
    (lambda: b"<html>%PDF-1.4", "a.pdf", errors.FileContentMismatch),
    (lambda: made.image("jpeg"), "a.png", errors.FileContentMismatch),
    (made.docx, "a.xlsx", errors.FileContentMismatch),
    (
        lambda: made.odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "a.odt",
        errors.FileContentMismatch,
    ),
    (lambda: made.package(x=b"x"), "a.docx", errors.FileContentMismatch),
    (lambda: made.PDF[:60], "a.pdf", errors.FileDamaged),
    (lambda: made.PDF.replace(b"\n93\n", b"\n9999999\n"), "a.pdf", errors.FileDamaged),
    (lambda: made.PDF.replace(b"%PDF-1.4", b"%PDF-xyz"), "a.pdf", errors.FileDamaged),
    (lambda: made.image("jpeg")[:100], "a.jpg", errors.FileDamaged),
    (lambda: made.image("png")[:60], "a.png", errors.FileDamaged),
    (lambda: made.docx()[:-30], "a.docx", errors.FileDamaged),
    (lambda: made.docx(**{"word/vbaProject.bin": b"x"}), "a.docx", errors.FileHasMacros),
    (lambda: made.odt(macro=True), "a.odt", errors.FileHasMacros),
    (
        lambda: made.docx(
            **{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled"}
        ),
        "a.docx",
        errors.FileHasMacros,
    ),
    (lambda: b"%PDF-" + b"0" * (20 * 1024 * 1024), "a.pdf", errors.FileTooLarge),
]
EXPANDING: list[Any] = [
    pytest.param(content, name, errors.FileExpandsTooMuch, marks=pytest.mark.slow, id=name)
    for content, name in (
        (made.bomb, "a.docx"),
        (lambda: made.image("png", width=10_000, height=7_000), "a.png"),
    )
]
"""Contents are made when they are refused: some are of many megabytes."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        *(
            pytest.param(*case, id=f"{number}-{case[-1].__name__}")
            for number, case in enumerate(REFUSED, 1)
        ),
        *EXPANDING,
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    content: Callable[[], bytes], filename: str, refusal: type[DomainError], files_root: Path
) -> None:
    with pytest.raises(refusal) as caught:
        store(content(), filename)
    assert str(caught.value)
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    assert not Event.objects.exists()
    assert names(files_root) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\đơn.pdf", "đơn.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("o\u031bn.pdf", "ơn.pdf"),
        ("x" * 200 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 200, "x" * 150),
        ("a." + "x" * 200, "a." + "x" * 148),
    ],
)
def test_names_are_cleaned(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept
