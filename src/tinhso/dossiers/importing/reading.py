"""Read another system's event log: cases one after another, whatever the size of the file.

    for case in read(path, log_map):   # ImportedCase, its steps in order of time
        …

Nothing here asks the database or the settings. The first thing amiss ends the reading with a
`LogRefused`, also late in the file: a writer publishes only after the last case.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from tinhso.dossiers.importing.cases import ImportedCase, ImportedStep
from tinhso.dossiers.importing.errors import LogEmpty
from tinhso.dossiers.importing.mapping import LogMap
from tinhso.dossiers.importing.opening import LogFormat, Progress, content_hash, opened
from tinhso.dossiers.importing.tables import read_table
from tinhso.dossiers.importing.xes import read_xes

__all__ = ["ImportedCase", "ImportedStep", "content_hash", "read"]


def read(
    path: Path, log_map: LogMap | None = None, progress: Progress | None = None
) -> Iterator[ImportedCase]:
    """The cases of a log in the order of the file.

    XES: a trace is a case, `concept:name` of an event its activity. CSV: a line is an event. Times
    keep their zone; those without one are in the map's (Asia/Ho_Chi_Minh). Raises a `LogRefused`.
    """
    log_map = log_map or LogMap()
    is_empty = True
    with ExitStack() as files:
        stream, log_format = files.enter_context(opened(path, progress))
        if log_format is LogFormat.XES:
            cases = read_xes(stream, path.name, log_map)
        else:

            def open_again() -> BinaryIO:
                return files.enter_context(opened(path, progress))[0]

            cases = read_table(open_again, path.name, log_map)
        for case in cases:
            is_empty = False
            yield case
    if is_empty:
        raise LogEmpty(file=path.name, where="")
