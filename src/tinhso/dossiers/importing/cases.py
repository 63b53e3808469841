"""What a log says of one case, ready for the bulk writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class ImportedStep(NamedTuple):
    """A step of another system (bước đã làm): what, when (UTC), by whom and where, as written."""

    activity: str
    at: datetime
    resource: str
    department: str
    place: str


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A dossier of another system (hồ sơ nhập); steps by time, equal times in file order."""

    foreign_code: str
    steps: list[ImportedStep]
    channel: str
    deadline: datetime | None
    finished_at: datetime | None
    attributes: dict[str, str]


def in_order(steps: list[ImportedStep]) -> list[ImportedStep]:
    """Sort steps by time in place; the sort is stable, so that equal times keep the file's order."""
    steps.sort(key=_at)
    return steps


def _at(step: ImportedStep) -> datetime:
    return step.at
