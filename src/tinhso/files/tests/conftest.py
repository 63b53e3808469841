from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tinhso.files import access
from tinhso.files.services import Subject

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.kernel.actors import Actor

PAPER = Subject("files-test", UUID(int=1))
SECRET = Subject("files-test", UUID(int=2))


def _may_read(actor: Actor, subject: UUID, at: datetime) -> bool:
    del at
    return subject == PAPER.uuid and actor.key != "visitor:anonymous"


access.register("files-test", _may_read)


@pytest.fixture(autouse=True)
def files_root(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    settings.CLAMD = ""
    return tmp_path / "files"
