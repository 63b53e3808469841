"""Two who bring in the same file at the same time: one batch comes of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tinhso.dossiers.errors import FileImportedBefore
from tinhso.dossiers.services import importing
from tinhso.dossiers.tests.factories import make_desk
from tinhso.dossiers.tests.importing.logs import bring, left, many, xes

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.agencies.models import Agency


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_one_of_two_at_once_is_told_that_the_file_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    log = xes(tmp_path, many(200))
    both_staged = Barrier(2, timeout=20)
    publish = importing._publish

    def published(*arguments: object, **facts: object) -> None:
        both_staged.wait()
        publish(*arguments, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_publish", published)
    with ThreadPoolExecutor(2) as two:
        outcomes = list(two.map(lambda _each: outcome(log, desk.commune), range(2)))
    assert sorted(outcomes) == ["brought", "known"]
    assert left() == {
        "Dossier": 200,
        "DossierKey": 200,
        "DossierSearch": 200,
        "ImportBatch": 1,
        "ImportedStep": 400,
        "events": 1,
    }


def outcome(log: Path, agency: Agency) -> str:
    """What became of one of them."""
    try:
        bring(log, agency)
    except FileImportedBefore:
        return "known"
    else:
        return "brought"
    finally:
        connection.close()
