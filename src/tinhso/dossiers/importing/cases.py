"""What a log says of one case, ready for the bulk writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from tinhso.dossiers.importing.mapping import LogMap


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


class Instants:
    """Reads times: with their zone as given, else in the map's zone. Raises `ValueError`."""

    def __init__(self, log_map: LogMap) -> None:
        self.zone = log_map.zone
        self.format = log_map.time_format

    def read(self, text: str) -> datetime:
        """The instant in UTC."""
        at = self._as_written(text)
        if at.tzinfo is None:
            at = at.replace(tzinfo=self.zone)
        try:
            return at.astimezone(UTC)
        except OverflowError:
            raise ValueError(text) from None

    def _as_written(self, text: str) -> datetime:
        if self.format is None:
            return datetime.fromisoformat(text)
        return datetime.strptime(text, self.format)  # noqa: DTZ007 - the zone follows


def in_order(steps: list[ImportedStep]) -> list[ImportedStep]:
    """Sort steps by time in place; the sort is stable, so that equal times keep the file's order."""
    steps.sort(key=_at)
    return steps


def _at(step: ImportedStep) -> datetime:
    return step.at
