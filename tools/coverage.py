"""`tools/coverage.py`: keep `docs/coverage.yaml` in step with the sources.

`missing FOLDER` prints a skeleton of each system, figure and difficulty that `FOLDER/systems.md` lists and the file
lacks; `place FOLDER` writes where each marked phrase stands in `FOLDER/sources`. Names, states and reasons are written
by hand; nothing here runs in the house.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[1] / "docs" / "coverage.yaml"
KINDS = {"S": "system", "I": "figure", "X": "difficulty"}
LONGEST_QUOTE = 12  # words
ROW = re.compile(r"^\| ([SIX]\d+) \| (.+)$", re.MULTILINE)
QUOTE = re.compile(r"`([^`]+)`")
SOURCES = re.compile(r"\(((?:\d{3})(?:, \d{3})*)\)")


def texts(folder: Path) -> dict[str, str]:
    """The sources by number, blanks made plain."""
    return {
        path.name[:3]: " ".join(path.read_text(encoding="utf-8").split())
        for path in sorted((folder / "sources").glob("[0-9]*.txt"))
    }


def marks_of(cell: str, known: dict[str, str]) -> list[dict[str, str]]:
    """Each quotation of a cell with the first source that it names and stands in; long ones cut."""
    found = []
    for quote in QUOTE.finditer(cell):
        named = SOURCES.search(cell, quote.end())
        phrase = " ".join(quote[1].split()[:LONGEST_QUOTE])
        numbers = named[1].split(", ") if named else list(known)
        found += [
            {"source": number, "quote": phrase}
            for number in numbers
            if phrase in known.get(number, "")
        ]
    return found


def missing(folder: Path) -> list[dict[str, object]]:
    """Skeletons of what the list names and the file lacks."""
    known = texts(folder)
    have = {entry["id"] for entry in _document()["entries"]}
    skeletons: list[dict[str, object]] = []
    for identifier, rest in ROW.findall((folder / "systems.md").read_text(encoding="utf-8")):
        if identifier in have:
            continue
        have.add(identifier)
        cells = rest.split(" | ")
        name = re.split(r" — |: `", cells[1] if identifier[0] == "I" else cells[0])[0]
        skeletons.append(
            {
                "id": identifier,
                "kind": KINDS[identifier[0]],
                "english": name,
                "status": "none",
                "marks": marks_of(cells[0], known),
            }
        )
    return skeletons


def place(folder: Path) -> None:
    """Write each phrase's place; one that is not in its source ends the run."""
    known = texts(folder)
    document = _document()
    for entry in document["entries"]:
        for mark in entry["marks"]:
            at = known[mark["source"]].find(mark["quote"])
            if at < 0:
                raise SystemExit(f"{entry['id']}: {mark['quote']!r} is not in {mark['source']}")
            mark["at"] = at
    write(document)


def write(document: dict[str, object]) -> None:
    """Write the file: members in the order of reading, one line a sentence."""
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100_000)
    FILE.write_text(text, encoding="utf-8")


def _document() -> dict[str, list[dict[str, object]]]:
    if not FILE.exists():
        return {"sources": [], "entries": []}
    loaded: dict[str, list[dict[str, object]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    if len(arguments) != 2 or arguments[0] not in {"missing", "place"}:  # noqa: PLR2004
        sys.stderr.write("tools/coverage.py missing|place FOLDER\n")
        return 2
    folder = Path(arguments[1])
    if arguments[0] == "place":
        place(folder)
        return 0
    yaml.safe_dump(missing(folder), sys.stdout, allow_unicode=True, sort_keys=False, width=100_000)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
