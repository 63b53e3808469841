from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tinhso.files import keeping
from tinhso.files.health import DISK
from tinhso.files.models import StoredFile
from tinhso.files.tests import factories as made
from tinhso.files.tests.test_storing import names, store
from tinhso.kernel.health import State

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400


class ActGaveUp(Exception):
    pass


def give_up_after_storing() -> None:
    with suppress(ActGaveUp), transaction.atomic():
        store()
        raise ActGaveUp


@pytest.mark.django_db
def test_what_no_act_kept_is_swept_after_a_day(files_root: Path) -> None:
    give_up_after_storing()
    kept = store(made.image("png"), "a.png")
    (files_root / "incoming" / "half").write_bytes(b"half")
    assert len(names(files_root)) == 3
    now = time.time()
    assert keeping.sweep(older_than_seconds=DAY, now=now) == 0
    assert keeping.sweep(older_than_seconds=DAY, now=now + DAY + 60) == 2
    assert names(files_root) == [kept.blob_id]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_content_that_is_just_stored_again_is_not_swept() -> None:
    give_up_after_storing()
    swept: list[int] = []

    def sweep() -> None:
        swept.append(keeping.sweep(older_than_seconds=DAY, now=time.time() + 2 * DAY))
        connection.close()

    thread = threading.Thread(target=sweep)
    with transaction.atomic():
        store()
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join()
    assert swept == [0]
    assert StoredFile.objects.get().blob.path.exists()


@pytest.mark.django_db
def test_the_commands_sweep_and_name_what_was_altered(
    files_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = store()
    call_command("files", "verify")
    stored.blob.path.write_bytes(made.PDF.replace(b"Catalog", b"catalog"))
    with pytest.raises(CommandError):
        call_command("files", "verify")
    assert stored.blob_id in capsys.readouterr().err
    (files_root / "incoming" / "half").write_bytes(b"half")
    call_command("files", "sweep", "--older-than-hours=0")
    assert "Đã dọn 1" in capsys.readouterr().out


def test_the_disk_is_asked_even_before_the_first_file() -> None:
    assert DISK.run().state is State.OK
