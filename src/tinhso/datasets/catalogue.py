"""Data sets in force: the newest published entry of each."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tinhso.datasets.definitions import dataset_of
from tinhso.datasets.errors import DatasetUnknown
from tinhso.packs import queries as packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.datasets.definitions import Dataset

KIND = "dataset"


def in_force() -> Mapping[str, Dataset]:
    """All of them, by their codes."""
    return _read(packs.newest_of_kind(KIND))


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, Dataset]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    return {
        entry.code: dataset_of(entry.content, code=entry.code, version=entry.version)
        for entry in packs.entries_of_kind(KIND)
    }


def dataset(code: str) -> Dataset:
    """The version in force. Raises `DatasetUnknown`."""
    found = in_force().get(code)
    if found is None:
        raise DatasetUnknown(dataset=code)
    return found
