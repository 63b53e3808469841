"""What a pack's folder holds once read: entries, cases, and where each word stands in its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: `("steps", 0, "name")`."""


@dataclass(frozen=True, order=True)
class Position:
    """Line and column in a file, both counted from 1."""

    line: int = 1
    column: int = 1


TOP = Position()


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a pack: file below the pack root, place, what is wrong, what was expected.

    `found` and `expected` are Vietnamese; a pack with a problem is never applied.
    """

    file: str
    position: Position
    found: str
    expected: str = ""

    def __str__(self) -> str:
        expected = f"; cần: {self.expected}" if self.expected else ""
        place = f"{self.file}:{self.position.line}:{self.position.column}"
        return f"{place}: {self.found}{expected}"


@dataclass(frozen=True)
class LegalArticle:
    """One article that an entry rests on (căn cứ pháp lý).

    `verified` is false until somebody compared the entry with the text of the article.
    """

    document: str
    article: str
    verified: bool
    file: str
    position: Position

    def __str__(self) -> str:
        return f"{self.document}, {self.article}" if self.article else self.document


@dataclass(frozen=True)
class Document:
    """A YAML file as plain JSON values, with the place of every value."""

    file: str
    value: Any
    positions: Mapping[Path, Position]

    def position(self, *path: str | int) -> Position:
        """The place of the value at the path, else of its nearest parent that exists."""
        for length in range(len(path), -1, -1):
            if found := self.positions.get(path[:length]):
                return found
        return TOP

    def problem(self, *path: str | int, found: str, expected: str = "") -> Problem:
        """A problem at the value that the path leads to."""
        return Problem(self.file, self.position(*path), found, expected)


@dataclass(frozen=True)
class PackHeader:
    """The first words of a pack: `pack.yaml`."""

    code: str
    name: str
    version: str
    requires: tuple[str, ...]
    legal_basis: tuple[LegalArticle, ...]
    document: Document


@dataclass(frozen=True)
class Case:
    """One example (ca thử) of what an entry does: given, when, then, in the words of its kind."""

    name: str
    given: Any
    when: Any
    then: Any
    document: Document
    path: Path

    def problem(self, *path: str | int, found: str, expected: str = "") -> Problem:
        """A problem inside the case; the path starts at `given`, `when` or `then`."""
        return self.document.problem(*self.path, *path, found=found, expected=expected)


@dataclass(frozen=True)
class Source:
    """One entry of a pack as it stands in the folder, read and valid by the schema of its kind.

    `files` are the other files of the entry's own folder, by relative path (`workflow.bpmn`); an
    entry that does not have a folder of its own has none. `digest` is the SHA-256 of the content:
    comments and spacing do not count.
    """

    pack: PackHeader
    kind: str
    code: str
    version: str
    document: Document
    files: Mapping[str, bytes]
    digest: str
    legal_basis: tuple[LegalArticle, ...] = ()
    cases: tuple[Case, ...] = ()
    around: Sequence[Source] = field(default=(), repr=False, compare=False)

    @property
    def value(self) -> Any:
        """The declared content as JSON values: numbers, strings, lists, dicts, booleans, None."""
        return self.document.value

    @property
    def folder(self) -> str:
        """The entry's own folder, relative to the pack root."""
        return self.document.file.rpartition("/")[0]

    def others(self, kind: str) -> list[Source]:
        """Entries of a kind in the same pack and in the packs that it requires."""
        packs = {self.pack.code, *self.pack.requires}
        return [
            source for source in self.around if source.kind == kind and source.pack.code in packs
        ]

    def problem(self, *path: str | int, found: str, expected: str = "") -> Problem:
        """A problem at a value of the document."""
        return self.document.problem(*path, found=found, expected=expected)

    def problem_in(
        self, name: str, *, found: str, expected: str = "", line: int = 1, column: int = 1
    ) -> Problem:
        """A problem in one of the `files` (its name as in `files`)."""
        return Problem(f"{self.folder}/{name}", Position(line, column), found, expected)
