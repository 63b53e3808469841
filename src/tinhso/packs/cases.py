"""Run the examples of a pack (ca thử) through the kinds of their entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.packs.kinds import kinds

if TYPE_CHECKING:
    from tinhso.packs.loading import Book
    from tinhso.packs.sources import Case, Problem, Source


@dataclass(frozen=True)
class CaseResult:
    """One example and what did not come out as it says; none means passed."""

    source: Source
    case: Case
    problems: tuple[Problem, ...]

    @property
    def has_passed(self) -> bool:
        """Whether everything came out as the example says."""
        return not self.problems


def run(book: Book) -> list[CaseResult]:
    """All examples of the book, in the order of application; nothing is written."""
    return [
        CaseResult(source, case, tuple(_run(source, case)))
        for pack in book.packs
        for source in pack.sources
        for case in source.cases
    ]


def _run(source: Source, case: Case) -> list[Problem]:
    run_case = kinds[source.kind].run_case
    if run_case is None:
        found = f"loại “{source.kind}” không chạy được ca thử"
        return [case.document.problem("kind", found=found, expected="loại có ca thử")]
    try:
        return run_case(source, case)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        found = f"ca thử không chạy được ({error})"
        return [case.problem("given", found=found, expected="giá trị đúng kiểu, ngày có thật")]
