"""Files under fire: damaged, lying, swollen or oddly named; each is kept or refused by name, never a fault."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.fuzz.fire import MULTIPART, STRANGE, fire, multipart
from tinhso.dossiers.tests.conftest import desk
from tinhso.dossiers.tests.factories import Desk
from tinhso.files import checking
from tinhso.files.checking import clean_name
from tinhso.files.errors import (
    FileContentMismatch,
    FileDamaged,
    FileExpandsTooMuch,
    FileHasMacros,
    FileTypeRefused,
)
from tinhso.files.tests.factories import PDF, bomb, docx, image, odt, xlsx
from tinhso.portal.tests.conftest import demonstration
from tinhso.portal.tests.filing import begin
from tinhso.portal.tests.test_applying import address

__all__ = ["demonstration", "desk"]
pytestmark = pytest.mark.fuzz

REFUSALS = (FileContentMismatch, FileDamaged, FileExpandsTooMuch, FileHasMacros, FileTypeRefused)
WHOLE = {
    "don.pdf": PDF,
    "anh.jpg": image("JPEG"),
    "cham.jpg": image("JPEG", width=1, height=1),
    "anh.png": image("PNG"),
    "don.docx": docx(),
    "bang.xlsx": xlsx(),
    "don.odt": odt(),
}
NAMES = st.one_of(
    st.sampled_from(
        [
            *WHOLE,
            "../../don.pdf",
            "..\\..\\don.pdf",
            "\u202efdp.don.pdf",
            "don.pdf\x00.exe",
            "d\x00on.pdf",
            f"{'đ' * 300}.pdf",
            f"don.{'p' * 300}",
            ".pdf",
            "pdf",
            "....pdf",
            "don.pdf.",
            "CON.pdf",
            'd"o;n=\r\nX: 1.pdf',
            "dơn\u0301.PDF",
        ]
    ),
    st.sampled_from(STRANGE),
    st.text(max_size=300),
    st.text(max_size=20).map(lambda stem: f"{stem}.pdf"),
)


@st.composite
def damaged(draw: Any) -> bytes:
    """A whole file, cut off, with bytes turned, put in front or behind, or two files in one."""
    content = bytearray(draw(st.sampled_from(sorted(WHOLE.values()))))
    for _time in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(content)))
        match draw(st.sampled_from(["cut", "turn", "put", "fill", "double"])):
            case "cut":
                del content[place:]
            case "turn":
                content[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "put":
                content[place:place] = draw(st.binary(max_size=12))
            case "fill":
                content[place : place + 4] = draw(st.sampled_from([b"\0" * 4, b"\xff" * 4]))
            case "double":
                content += draw(st.sampled_from(sorted(WHOLE.values())))
    return bytes(content)


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", method) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return written.getvalue()


@fire(500)
@given(damaged(), st.sampled_from(sorted(WHOLE)))
def test_a_damaged_or_lying_file_is_taken_or_refused_by_name(content: bytes, name: str) -> None:
    with suppress(*REFUSALS):
        checking.check(BytesIO(content), filename=name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@fire(60)
@given(st.data())
def test_a_package_packed_otherwise_and_damaged_is_refused_by_name(method: int, data: Any) -> None:
    with zipfile.ZipFile(BytesIO(docx())) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    content = bytearray(zipped(parts, method))
    for _time in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(*REFUSALS):
        checking.check(BytesIO(bytes(content)), filename="don.docx")


@fire(400)
@given(NAMES)
def test_a_name_is_cleaned_of_everything_that_leads_elsewhere(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= checking.LONGEST_NAME
    assert not set(cleaned) & set('/\\"\x00\r\n\u202e')
    assert cleaned not in {".", ".."}


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_a_citizen_s_upload_never_ends_in_a_fault(
    client: Client, desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    client.raise_request_exception = False
    draft = begin(client)
    here = address("step", draft, "giay-to")
    assert desk

    @fire(30)
    @example(bomb(), "don.docx")
    @example(image("PNG", width=1, height=1), "cham.png")
    @example(image("JPEG", width=1, height=1), "cham.jpg")
    @example(PDF + docx(), "don.docx")
    @example(b"", "don.pdf")
    @given(damaged(), NAMES)
    def send(content: bytes, name: str) -> None:
        answer = client.post(here, multipart("paper_1", name, content), content_type=MULTIPART)
        assert answer.status_code in {302, 400, 413, 422}, (answer.status_code, name)
        draft.refresh_from_db()
        for kept in draft.answers["attached"].get("paper_1", ()):
            assert "/" not in kept["name"]
        client.post(
            here,
            {
                "form-detach": [
                    f"paper_1 {kept['key']}"
                    for kept in draft.answers["attached"].get("paper_1", ())
                ]
            },
        )

    send()
