"""What a case of a log becomes as a dossier here: pure, from the case and what holds for the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime

from tinhso.calendars.clock import day_of
from tinhso.dossiers.importing.cases import ImportedCase
from tinhso.dossiers.importing.errors import LogTimeUnreadable, LogValueUnfit
from tinhso.dossiers.importing.mapping import PURPOSES
from tinhso.dossiers.models.channels import Channel
from tinhso.dossiers.models.dossiers import State
from tinhso.kernel.folding import fold, tokens

AUTHORITY = "foreign"
"""Who says where imported history stands: the system that it came from."""
LONGEST_CODE = 80
ONLINE = "online"
CHANNEL_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("internet", "web", "online", "portal", "truc tuyen", "qua mang", "cong dich vu cong"),
        ONLINE,
    ),
    **dict.fromkeys(("cong dich vu cong quoc gia", "dvcqg", "national"), Channel.NATIONAL.value),
    **dict.fromkeys(
        ("desk", "counter", "truc tiep", "tai quay", "mot cua", "truc tiep tai quay"),
        Channel.COUNTER.value,
    ),
    **dict.fromkeys(
        ("post", "mail", "buu chinh", "buu dien", "buu chinh cong ich"), Channel.POST.value
    ),
    **dict.fromkeys(("helper", "nop ho", "ho tro nop"), Channel.HELPER.value),
}
"""Words of other systems, folded, for the ways of filing. What is not here came by a system that told it: `api`."""


@dataclass(frozen=True)
class Version:
    """A version of the procedure and when it is in force; None is without end."""

    key: int
    begins: date | None
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force that day."""
        begun = self.begins is None or self.begins <= day
        return begun and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Placing:
    """What holds for all cases of a batch: where they are laid to, and the rules by day.

    `versions` are those of the procedure, the first published first; `portal` are the days on which the province's
    own portal was open.
    """

    agency: int
    versions: Sequence[Version]
    portal: Sequence[tuple[date | None, date | None]]
    file: str


@dataclass(frozen=True, slots=True)
class PlannedDossier:
    """The columns of an imported dossier that its case decides."""

    procedure: int
    channel: str
    state: str
    began: datetime
    key: str
    words: list[str]


def plan_import(case: ImportedCase, placing: Placing, ordinal: int) -> PlannedDossier:
    """The dossier that a case becomes (nhập lịch sử).

    Raises `LogValueUnfit` for a code that none can carry, `LogTimeUnreadable` for a year of no calendar.

    It began with its first step: it counts as handed in and received then. With a day of finishing it counts as
    handed over; without one as in process, since the log ends before the case does. The version is the one in force
    on its first day, or the first ever published when the case is older than that.
    """
    refuse_unfit(case, placing.file, ordinal)
    code, began = case.foreign_code, case.steps[0].at
    day = day_of(began)
    return PlannedDossier(
        procedure=_version_on(day, placing.versions),
        channel=_channel(case.channel, day, placing.portal),
        state=(State.HANDED_OVER if case.finished_at else State.IN_PROCESS).value,
        began=began,
        key="".join(code.split()).upper()[:LONGEST_CODE],
        words=tokens(code),
    )


def fitting(cases: Iterable[ImportedCase], file: str) -> Iterator[ImportedCase]:
    """The cases, each once it is known that it could be kept: what is only read is refused for the same."""
    for ordinal, case in enumerate(cases, 1):
        refuse_unfit(case, file, ordinal)
        yield case


def refuse_unfit(case: ImportedCase, file: str, ordinal: int) -> None:
    """Raise `LogValueUnfit` for a code that none can carry, `LogTimeUnreadable` for a year of no calendar."""
    if len(case.foreign_code) > LONGEST_CODE or "\x00" in case.foreign_code:
        raise unfit(file, ordinal, "case")
    _refuse_far_times(case, file, ordinal)


def unfit(file: str, ordinal: int, purpose: str) -> LogValueUnfit:
    """The refusal for a value that cannot be kept."""
    return LogValueUnfit(
        file=file, where=f"hồ sơ thứ {ordinal}", purpose=PURPOSES[purpose], limit=LONGEST_CODE
    )


def _refuse_far_times(case: ImportedCase, file: str, ordinal: int) -> None:
    """Pages show times in our zone, which the first and the last day of all have not."""
    for at in (case.steps[0].at, case.steps[-1].at, case.deadline, case.finished_at):
        if at is not None and not MINYEAR < at.year < MAXYEAR:
            raise LogTimeUnreadable(
                file=file, where=f"hồ sơ thứ {ordinal}", value=f"{at}", column=PURPOSES["time"]
            )


def _version_on(day: date, versions: Sequence[Version]) -> int:
    for version in reversed(versions):
        if version.holds_on(day):
            return version.key
    return versions[0].key


def _channel(word: str, day: date, portal: Sequence[tuple[date | None, date | None]]) -> str:
    meant = CHANNEL_WORDS.get(" ".join(fold(word).split()), Channel.API.value)
    if meant != ONLINE:
        return meant
    own = any(
        (begins is None or begins <= day) and (ends is None or day < ends)
        for begins, ends in portal
    )
    return (Channel.PORTAL if own or not portal else Channel.NATIONAL).value
