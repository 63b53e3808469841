"""What is kept in the process is given to who asked, whatever other threads let go of."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import pytest

from tinhso.kernel.kept import Kept, editions

if TYPE_CHECKING:
    from uuid import UUID


class Emptied(OrderedDict["UUID", str]):
    """As if other threads had let go of everything at once."""

    def __setitem__(self, key: UUID, value: str) -> None:
        super().__setitem__(key, value)
        self.clear()


@pytest.mark.django_db
def test_what_another_thread_let_go_of_meanwhile_is_given_all_the_same() -> None:
    kept = Kept(next(iter(editions())), lambda: "laid out")
    assert kept.now() == "laid out"
    kept._held = Emptied()
    assert [kept.now(), kept.now()] == ["laid out", "laid out"]
