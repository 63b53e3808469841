"""Contents on the disk: written aside, flushed, then named by their hash, before the act commits.

A content without a file is an orphan, of an act that did not commit or of files that were
discarded; `sweep` removes it. An advisory
lock per hash, shared by those who store and held until their commit, keeps the sweep away from a
content that is just being stored again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from django.conf import settings
from django.db import connection, transaction

from tinhso.files.errors import FileEmpty, FileTooLarge
from tinhso.files.models import Blob, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 20 * 1024 * 1024
CHUNK = 1024 * 1024
PRIVATE = 0o700


class Readable(Protocol):
    """Anything that gives bytes piece by piece: an upload, an open file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Incoming:
    """A content written aside, not yet named."""

    path: Path
    sha256: str
    size: int
    stream: IO[bytes]


@contextmanager
def receive(upload: Readable) -> Iterator[Incoming]:
    """Write an upload aside on the same disk, hashing it; what was not kept is removed."""
    aside = Path(settings.FILES_ROOT) / "incoming"
    aside.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=aside, delete=False) as stream:
        path = Path(stream.name)
        try:
            while chunk := upload.read(CHUNK):
                size += len(chunk)
                if size > LARGEST:
                    raise FileTooLarge(limit_mb=LARGEST // CHUNK)
                digest.update(chunk)
                stream.write(chunk)
            if not size:
                raise FileEmpty
            stream.flush()
            yield Incoming(path, digest.hexdigest(), size, stream)
        finally:
            path.unlink(missing_ok=True)


def keep(incoming: Incoming) -> None:
    """Name the content by its hash, durably; call inside the transaction that writes its row."""
    _lock(incoming.sha256, shared=True)
    target = path_of(incoming.sha256)
    if target.exists() and target.stat().st_size == incoming.size:
        return
    target.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    os.fsync(incoming.stream.fileno())
    incoming.path.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _flush_folder(folder)


def sweep(*, older_than_seconds: float, now: float) -> int:
    """Remove contents without a file, and uploads cut short, that are older than given; how many."""
    root = Path(settings.FILES_ROOT)
    removed = 0
    for path in [*root.glob("incoming/*"), *root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")]:
        if path.is_file() and now - path.stat().st_mtime > older_than_seconds:
            removed += _remove_if_orphan(path)
    return removed


def altered() -> list[str]:
    """Hashes whose bytes are missing or no longer have that hash; reads every content."""
    return [
        sha256 for sha256 in Blob.objects.values_list("sha256", flat=True) if not _holds(sha256)
    ]


@transaction.atomic
def _remove_if_orphan(path: Path) -> bool:
    if path.parent.name != "incoming":
        _lock(path.name, shared=False)
        Blob.objects.filter(sha256=path.name, files=None).delete()
        if Blob.objects.filter(sha256=path.name).exists():
            return False
    path.unlink(missing_ok=True)
    return True


def _lock(sha256: str, *, shared: bool) -> None:
    """Hold the content until the end of the transaction."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    key = int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])


def _holds(sha256: str) -> bool:
    try:
        with path_of(sha256).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
