from __future__ import annotations

import socketserver
import struct
import threading
from typing import TYPE_CHECKING

import pytest

from tinhso.events.models import Event
from tinhso.files.errors import FileInfected, ScannerUnavailable
from tinhso.files.health import SCANNER
from tinhso.files.models import StoredFile
from tinhso.files.tests import factories as made
from tinhso.files.tests.test_storing import names, store
from tinhso.kernel.health import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

MARK = b"MALWARE-FOR-TESTS"


class Clamd(socketserver.StreamRequestHandler):
    """As much of clamd's protocol as a client can meet."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        if b"LIMIT" in content:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif b"SILENT" not in content:
            self.wfile.write(b"stream: Test.Mark FOUND\0" if MARK in content else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Settings) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()
        thread.join()


def pdf_with(mark: bytes) -> bytes:
    return made.PDF.replace(b"xref\n", b"%" + mark + b"\nxref\n", 1)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("clamd")
def test_a_clean_file_is_stored() -> None:
    assert store().pk
    assert SCANNER.run().state is State.OK


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("clamd")
def test_what_the_scanner_names_is_refused(files_root: Path) -> None:
    with pytest.raises(FileInfected):
        store(pdf_with(MARK))
    assert not StoredFile.objects.exists()
    assert not Event.objects.exists()
    assert names(files_root) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("clamd")
@pytest.mark.parametrize("mark", [b"LIMIT", b"SILENT"])
@pytest.mark.slow
def test_an_answer_that_is_not_a_clean_bill_refuses(mark: bytes) -> None:
    with pytest.raises(ScannerUnavailable):
        store(pdf_with(mark))
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere", "127.0.0.1:x"])
def test_nothing_is_taken_in_while_the_scanner_is_away(settings: Settings, address: str) -> None:
    settings.CLAMD = address
    with pytest.raises(ScannerUnavailable):
        store()
    assert not StoredFile.objects.exists()
    assert SCANNER.run().state is State.FAILED


def test_a_house_without_scanner_says_so() -> None:
    assert SCANNER.run().state is State.WARNING
