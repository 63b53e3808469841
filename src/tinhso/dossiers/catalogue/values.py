"""What was read from an entry of the catalogue, each value with the place in the source where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

NOTHING = frozenset({"", "không có thông tin", "-", "--", "không có"})


class Unit(StrEnum):
    """In what a deadline is counted (đơn vị thời hạn)."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    WEEKS = "weeks"
    YEARS = "years"


class FeeKind(StrEnum):
    """What the catalogue says of the fee (phí, lệ phí).

    `NOTED`: the cell says "free", its note names sums, shares or another rule; the note counts, not the cell.
    """

    AMOUNT = "amount"
    FREE = "free"
    NOTED = "noted"


class Reason(StrEnum):
    """Why something could not be read; it is shown as written and never guessed."""

    NO_UNIT = "no_unit"
    GLUED_NUMBERS = "glued_numbers"
    SUM_TOO_SMALL = "sum_too_small"
    NOT_UNDERSTOOD = "not_understood"
    WRONG_PART = "wrong_part"


@dataclass(frozen=True)
class Span:
    """A piece of the source: `source[start:end]` of the field `column` is `text`."""

    column: str
    start: int
    end: int
    text: str

    @property
    def says_nothing(self) -> bool:
        """Whether the catalogue itself says that there is nothing to say."""
        return self.text.strip().lower() in NOTHING


@dataclass(frozen=True)
class Source:
    """One text of an entry, from which pieces are cut."""

    column: str
    text: str

    def cut(self, start: int, end: int) -> Span:
        """The piece from `start` to `end` without the blanks at its ends."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        return Span(self.column, start, start + len(piece.strip()), piece.strip())


@dataclass(frozen=True)
class Unread:
    """A value that stands in the source and was not read, and why."""

    kind: str
    reason: Reason
    at: Span


@dataclass(frozen=True)
class Amount:
    """A number with its unit, and where both stand; `case` is what the source says of when it holds."""

    number: int
    unit: str
    at: Span
    case: str = ""


@dataclass(frozen=True)
class Fee:
    """What is to be paid: the sum of the cell, the note beside it, the sums and shares that the note names."""

    kind: FeeKind
    at: Span
    sum: Amount | None = None
    note: Span | None = None
    noted: tuple[Amount, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way of filing (cách thức thực hiện): channel, deadline, fee, and the words that say for which case."""

    channel: str
    at: Span
    deadline: Amount | None = None
    words: Span | None = None
    fee: Fee | None = None
    description: Span | None = None


@dataclass(frozen=True)
class Paper:
    """A paper of the file (thành phần hồ sơ): name, form to fill in, originals and copies, the case it belongs to."""

    name: Span
    group: str
    originals: int | None = None
    copies: int | None = None
    count_at: Span | None = None
    form: Span | None = None


@dataclass(frozen=True)
class Basis:
    """A document that the procedure rests on (căn cứ pháp lý); `day` as ISO date if the source states one."""

    number: str
    at: Span
    title: Span
    day: str = ""
    day_at: Span | None = None


@dataclass(frozen=True)
class Outcome:
    """What one gets in the end (kết quả), with its code in the national list."""

    name: Span
    code: str = ""


@dataclass
class Reading:
    """How the fields of an entry went, by kind: tried and read, tried and not read, empty in the source."""

    read: dict[str, int] = field(default_factory=dict)
    empty: dict[str, int] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def got(self, kind: str, count: int = 1) -> None:
        """Values of this kind were read."""
        self.read[kind] = self.read.get(kind, 0) + count

    def nothing(self, kind: str) -> None:
        """The source says nothing of this kind: neither read nor unread."""
        self.empty[kind] = self.empty.get(kind, 0) + 1

    def missed(self, kind: str, reason: Reason, at: Span) -> None:
        """The source says something of this kind that cannot be read for certain."""
        self.unread.append(Unread(kind, reason, at))


@dataclass(frozen=True)
class Entry:
    """One procedure of the catalogue, read."""

    code: str
    name: str
    sector: str
    levels: tuple[str, ...]
    objects: tuple[str, ...]
    ways: tuple[Way, ...]
    papers: tuple[Paper, ...]
    bases: tuple[Basis, ...]
    outcomes: tuple[Outcome, ...]
    source: dict[str, str]
    reading: Reading

    def numbers(self) -> Iterator[tuple[int, Span]]:
        """Every number that was read, and the piece of the source where it must stand."""
        for way in self.ways:
            if way.deadline:
                yield way.deadline.number, way.deadline.at
            if way.fee:
                for amount in (way.fee.sum, *way.fee.noted):
                    if amount:
                        yield amount.number, amount.at
        for paper in self.papers:
            for count in (paper.originals, paper.copies):
                if count is not None and paper.count_at:
                    yield count, paper.count_at
